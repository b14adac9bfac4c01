package io.jenkins.plugins.dtk.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.demo.AccessLog;
import io.jenkins.plugins.dtk.demo.DockerRegistry;
import io.jenkins.plugins.dtk.demo.GraphServer;
import io.jenkins.plugins.dtk.demo.OpenShiftWorld;
import io.jenkins.plugins.dtk.http.HttpSettings;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.release.ReleaseCache;
import io.jenkins.plugins.dtk.release.ReleaseRange;
import io.jenkins.plugins.dtk.release.ReleaseSources;
import io.jenkins.plugins.dtk.release.Releases;
import io.jenkins.plugins.dtk.testing.Parts;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What the matrix costs a registry")
class MatrixCostTest {

    @TempDir
    Path folder;

    @BeforeEach
    void parts() {
        Parts.need("docker-registry");
    }

    private record Run(KernelMatrix matrix, int payloads, AccessLog.Requests asked) {}

    private Run run(DockerRegistry registry, GraphServer graph, ReleaseCache cache) throws Exception {
        RegistryClient client = RegistryClient.builder()
                .plainHttp(Set.of(registry.address()))
                .locations(Map.of("quay.io", registry.address()))
                .build();
        Releases releases = new Releases(ReleaseSources.of(graph.url(), ""), client, HttpSettings.standard(), cache);
        AtomicInteger payloads = new AtomicInteger();
        MatrixProgress progress = new MatrixProgress() {
            @Override
            public void done(String what, int done, int total) {
                payloads.set(total);
            }

            @Override
            public void warn(String line) {
                throw new IllegalStateException(line);
            }
        };
        AccessLog asked = registry.requests();
        KernelMatrix matrix = new MatrixComputation(releases, client, progress)
                .compute(new MatrixRequest(
                        ReleaseRange.parse("4.8+").withPreReleases(),
                        Set.of(Architecture.values()),
                        "candidate",
                        BaseImagePattern.parse(""),
                        false,
                        false));
        return new Run(matrix, payloads.get(), asked.since());
    }

    @Test
    @DisplayName("is at most four small requests per payload, none of them twice, and none at all the next night")
    void perPayload() throws Exception {
        OpenShiftWorld world = OpenShiftWorld.full();
        try (DockerRegistry registry = DockerRegistry.start();
                GraphServer graph = GraphServer.start(world.publish(registry))) {
            Run cold = run(registry, graph, cache());

            assertThat(cold.payloads()).isGreaterThan(500);
            assertThat(cold.asked().count()).isLessThanOrEqualTo(4 * cold.payloads());
            assertThat(cold.asked().bytes()).isLessThanOrEqualTo(128L * 1024 * cold.payloads());
            assertThat(cold.asked().all().stream().map(request -> request.method() + " " + request.path()))
                    .doesNotHaveDuplicates();

            Run warm = run(registry, graph, cache());
            assertThat(warm.matrix()).isEqualTo(cold.matrix());
            assertThat(warm.asked().all()).isEmpty();
        }
    }

    private ReleaseCache cache() {
        return ReleaseCache.in(folder.resolve("cache"), warning -> {
            throw new IllegalStateException(warning);
        });
    }
}
