package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.embedded.RunOutcome.Result;
import io.jenkins.plugins.dtk.jenkins.PipelineSite.Ended;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.MediaType;
import io.jenkins.plugins.dtk.testing.FakeImage;
import io.jenkins.plugins.dtk.testing.FakeRegistry;
import io.jenkins.plugins.dtk.testing.Parts;
import io.jenkins.plugins.dtk.testing.ReplyText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nights against a registry whose tags can be written once, in real pipelines. */
@DisplayName("Where no tag can be written twice")
class ImmutableTagsTest {

    private static final String KERNEL = "5.14.0-427.61.1.el9_4";
    private static final String ADVICE = "tags there cannot be written twice";

    @TempDir
    private Path folder;

    @AutoClose
    private final FakeRegistry library = new FakeRegistry().immutable();

    @AutoClose
    private PipelineSite site;

    @BeforeEach
    void start() throws IOException {
        Parts.need("docker-registry", "skopeo");
        site = new PipelineSite(folder, "4.18.6");
        site.reachPlainly(library.address());
        for (Architecture architecture : new Architecture[] {Architecture.X86_64, Architecture.AARCH64}) {
            FakeImage image = new FakeImage()
                    .on(architecture)
                    .label("kernel-version", KERNEL + "." + architecture.rpmName())
                    .file("a", "a");
            library.push("acme/dtk", image);
            Files.write(folder.resolve(architecture.rpmName()), image.manifest());
        }
    }

    private Ended night(String options, String broken) throws IOException {
        return site.run(
                """
                def matrix = dtkMatrix(releases: '4.18.6', architectures: ['x86_64', 'aarch64'], image: 'LIBRARY',
                    pullSecretId: 'openshift-pull-secret',
                    baseImage: 'quay.io/openshift-release-dev/ocp-release:4.18.6-multi')
                def result = dtkBuild(matrix: matrix, image: 'LIBRARY'OPTIONS) {
                    node {
                        echo "building ${env.DTK_TAG}"
                        if (env.DTK_ARCH == 'BROKEN') { error 'no agent' }
                        sh \"""curl -sSf -T FOLDER/\\$DTK_ARCH -H 'Content-Type: TYPE' \\
                                http://\\${DTK_IMAGE%%/*}/v2/acme/dtk/manifests/\\$DTK_TAG\"""
                    }
                }
                result.kernels.each { echo "${it.tag} is ${it.index}" }
                """
                        .replace("LIBRARY", library.address() + "/acme/dtk")
                        .replace("OPTIONS", options)
                        .replace("TYPE", MediaType.OCI_MANIFEST)
                        .replace("BROKEN", broken)
                        .replace("FOLDER", folder.toString()));
    }

    @Test
    @DisplayName("the first night publishes all that is new, and later nights have nothing to do")
    void complete() throws IOException {
        Ended first = night("", "none");
        Ended second = night("", "none");

        assertThat(first.result()).as(first.log()).isEqualTo(Result.SUCCESS);
        assertThat(first.log()).contains(":" + KERNEL + " now has [x86_64, aarch64]");
        assertThat(second.result()).as(second.log()).isEqualTo(Result.SUCCESS);
        assertThat(second.log()).contains("lacks nothing").doesNotContain(ADVICE);
    }

    /** Their answers to a tag that is written again: see HabitsTest. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            Harbor            | 412 PRECONDITION: 'dtk:1' configured as immutable.
            GitLab            | 401 {"errors":[{"code":"IMMUTABLE_TAG","message":"no","detail":"tag \\"1\\" is immutable"}]}
            quay              | 409 TAG_IMMUTABLE: tag '1' is immutable
            ECR               | 400 TAG_INVALID: '1' cannot be overwritten because the repository is immutable
            ACR               | 405 REGISTRY_DISALLOWED_OPERATION: disallowed on this registry, repository or image
            Artifact Registry | 400 MANIFEST_INVALID: The repository has enabled tag immutability
            zot               | 403 DENIED: requested access to the resource is denied
            Artifactory       | 400 MANIFEST_INVALID: manifest invalid
            """)
    @DisplayName("whichever registry refuses it, the night that cannot publish says what to do, and the next is green")
    void everyRegistry(String registry, String refusal) throws IOException {
        library.immutable(request -> ReplyText.reply(refusal));
        night("", "aarch64");
        Ended second = night("", "none");
        Ended third = night("", "none");

        assertThat(second.result()).as(second.log()).isEqualTo(Result.UNSTABLE);
        assertThat(second.log()).contains(ADVICE, KERNEL + " is failed");
        assertThat(third.result()).as(third.log()).isEqualTo(Result.SUCCESS);
        assertThat(third.log()).containsOnlyOnce(ADVICE).contains(KERNEL + " is kept");
    }

    @Test
    @DisplayName("an index that lacks an architecture is reported in the night that built it, then kept as it is")
    void incomplete() throws IOException {
        Ended first = night("", "aarch64");
        Ended second = night("", "none");
        Ended third = night("", "none");

        assertThat(first.log()).contains(":" + KERNEL + " now has [x86_64]").doesNotContain(ADVICE);
        assertThat(second.result()).as(second.log()).isEqualTo(Result.UNSTABLE);
        assertThat(second.log())
                .contains("building " + KERNEL + ".aarch64", "index " + KERNEL + ": Tried to write the manifest of ")
                .contains("configured as immutable", ADVICE, "incomplete: 'hold'", KERNEL + " is failed");
        assertThat(third.result()).as(third.log()).isEqualTo(Result.SUCCESS);
        assertThat(third.log())
                .containsOnlyOnce("dtk: kept as it is: index " + KERNEL)
                .containsOnlyOnce(ADVICE)
                .contains(KERNEL + " is kept")
                .doesNotContain("building");
    }

    @Test
    @DisplayName("an index that is published when it is complete is written once, as the advice says")
    void held() throws IOException {
        Ended first = night(", incomplete: 'hold'", "aarch64");
        Ended second = night(", incomplete: 'hold'", "none");
        Ended third = night(", incomplete: 'hold'", "none");

        assertThat(first.log()).contains(KERNEL + " is held");
        assertThat(second.result()).as(second.log()).isEqualTo(Result.SUCCESS);
        assertThat(third.log()).contains("lacks nothing");
    }
}
