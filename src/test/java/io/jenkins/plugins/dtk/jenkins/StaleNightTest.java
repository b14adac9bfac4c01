package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.demo.Busybox;
import io.jenkins.plugins.dtk.demo.RhsmServer;
import io.jenkins.plugins.dtk.demo.StandInBase;
import io.jenkins.plugins.dtk.embedded.RunOutcome.Result;
import io.jenkins.plugins.dtk.jenkins.PipelineSite.Ended;
import io.jenkins.plugins.dtk.testing.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights between which Red Hat publishes a base image anew, with images that podman really builds. */
class StaleNightTest {

    private static final String OF_9_2 = "5.14.0-284.45.1.el9_2";
    private static final String OF_9_4 = "5.14.0-427.61.1.el9_4";

    @TempDir
    private Path folder;

    @Test
    void aNewBaseImageRebuildsTheImagesOnItAndNoOther() throws Exception {
        Parts.need("podman", "docker-registry");
        Path busybox = Busybox.fetch(Path.of("target/busybox").toAbsolutePath());
        try (PipelineSite site = new PipelineSite(folder, "4.14.7", "4.18.6");
                RhsmServer rhsm = RhsmServer.start(PipelineSite.ORG, PipelineSite.KEY)) {
            StandInBase.of(busybox).rhsm(rhsm.url()).publish(site.registry(), List.of("9.2", "9.4"));
            Ended first = night(site);
            String old = baseOf(site, OF_9_4);

            StandInBase.of(busybox)
                    .rhsm(rhsm.url())
                    .file("etc/update", "a fix\n")
                    .publish(site.registry(), List.of("9.4"));
            Ended second = night(site);
            Ended third = night(site);

            assertThat(first.log())
                    .contains(OF_9_2 + ".x86_64] dtk: pushed", OF_9_4 + ".x86_64] dtk: pushed")
                    .doesNotContain("on another base");
            assertThat(second.log())
                    .contains("lacks 0 images, 1 are on another base", "dtk: 1 image to build for 1 kernel")
                    .contains(OF_9_4 + ".x86_64] dtk: pushed")
                    .doesNotContain(OF_9_2 + ".x86_64]");
            assertThat(baseOf(site, OF_9_4)).startsWith("sha256:").isNotEqualTo(old);
            assertThat(third.log()).contains("lacks nothing").doesNotContain(".x86_64]");
        }
    }

    private Ended night(PipelineSite site) throws IOException {
        Path storage = Files.writeString(
                folder.resolve("storage.conf"),
                "[storage]\ndriver = \"vfs\"\ngraphroot = \"%1$s/images\"\nrunroot = \"%1$s/run\"\n"
                        .formatted(folder.resolve("podman")));
        Ended night = site.run(matrix()
                + """
                dtkBuild(matrix: matrix, image: 'quay.io/acme/nightly', rebuild: 'stale',
                         registryCredentialsId: 'quay-push',
                         rhsmOrgId: 'rhsm-org', rhsmActivationKeyId: 'rhsm-activation-key') {
                    node('podman') {
                        withEnv(['CONTAINERS_STORAGE_CONF=%s', 'BUILDAH_ISOLATION=chroot']) { dtkImage() }
                    }
                }
                """
                        .formatted(storage));
        assertThat(night.result()).as(night.log()).isEqualTo(Result.SUCCESS);
        return night;
    }

    /** The digest of the base image as it is now, on which the kernel's image is; empty when that is on another. */
    private static String baseOf(PipelineSite site, String kernel) throws IOException {
        String log = site.run(matrix()
                        + """
                        def base = matrix.versions.find { it.kernel == '%1$s' }.baseDigest
                        def there = dtkTagExists(image: 'quay.io/acme/nightly', tag: '%1$s', baseDigest: base,
                                                 registryCredentialsId: 'quay-push')
                        echo "base=${there ? base : ''}"
                        """
                                .formatted(kernel))
                .log();
        return log.lines()
                .filter(line -> line.startsWith("base="))
                .findFirst()
                .map(line -> line.substring("base=".length()))
                .orElseThrow(() -> new AssertionError(log));
    }

    private static String matrix() {
        return """
                def matrix = dtkMatrix(releases: '4.14.7,4.18.6', architectures: ['x86_64'], image: 'quay.io/acme/nightly',
                                       pullSecretId: 'openshift-pull-secret', baseImage: 'quay.io/ubi{major}/ubi:{rhel}')
                """;
    }
}
