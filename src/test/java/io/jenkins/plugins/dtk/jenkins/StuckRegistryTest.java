package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.embedded.RunOutcome.Result;
import io.jenkins.plugins.dtk.jenkins.PipelineSite.Ended;
import io.jenkins.plugins.dtk.testing.Parts;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import io.jenkins.plugins.dtk.testing.ScriptedServer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A registry that never answers")
class StuckRegistryTest {

    private static final int KERNELS = 8;

    @TempDir
    private Path folder;

    /** Kernels whose images are there, each with an index to publish. */
    private static String indexes(String registry) {
        return IntStream.range(0, KERNELS)
                .mapToObj(i -> "[rhel: '9.4', kernel: '5.14.0-427." + i + ".1.el9_4', archs: 'linux/amd64',"
                        + " stream: 'rhel-9', baseImage: 'quay.io/a/b:1', releases: ['4.18.6'], missing: [],"
                        + " unjoined: ['linux/amd64']]")
                .collect(Collectors.joining(
                        ",\n", "dtkBuild(matrix: [versions: [", "]], image: '" + registry + "/acme/stuck') { }\n"));
    }

    /** The stuck registry answers only when the healthy build is done: were that held up, neither would end well. */
    @Test
    @DisplayName("holds up the eight indexes that are for it, and not another build of the controller")
    void besideAHealthyRun() throws Exception {
        Parts.need("docker-registry", "skopeo");
        CountDownLatch healthy = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(KERNELS);
        try (PipelineSite site = new PipelineSite(folder.resolve("site"), "4.18.6");
                ScriptedServer stuck = ScriptedServer.start()) {
            site.reachPlainly(stuck.address());
            stuck.on("GET", "/v2/acme/stuck/.*", request -> {
                asked.countDown();
                return ScriptedReply.error(404, "MANIFEST_UNKNOWN", "manifest unknown")
                        .heldBy(healthy);
            });
            stuck.on("GET", "/all-are-stuck", ScriptedReply.status(200).heldBy(asked));
            stuck.on("GET", "/healthy-has-ended", request -> {
                healthy.countDown();
                return ScriptedReply.status(200);
            });

            List<Ended> builds = site.runBoth(
                    indexes(stuck.address()),
                    """
                    node { sh 'curl -sSf http://HOST/all-are-stuck' }
                    def matrix = dtkMatrix(releases: '4.18.6', architectures: ['x86_64'],
                        image: 'quay.io/acme/healthy', pullSecretId: 'openshift-pull-secret',
                        baseImage: 'quay.io/openshift-release-dev/ocp-release:4.18.6-multi')
                    dtkBuild(matrix: matrix, image: 'quay.io/acme/healthy', registryCredentialsId: 'quay-push') {
                        node { PUSH }
                    }
                    node { sh 'curl -sSf http://HOST/healthy-has-ended' }
                    """
                            .replace("HOST", stuck.address())
                            .replace("PUSH", StepsTest.pushAnyImage()));

            assertThat(builds)
                    .allSatisfy(
                            build -> assertThat(build.result()).as(build.log()).isEqualTo(Result.SUCCESS));
            assertThat(builds.get(1).log()).contains("quay.io/acme/healthy:5.14.0-427.61.1.el9_4 now has [x86_64]");
            assertThat(builds.get(0).log().lines().filter(line -> line.contains("is there, so it has no index")))
                    .hasSize(KERNELS);
        }
    }
}
