package io.jenkins.plugins.dtk.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.http.HttpSettings;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.matrix.BaseImagePattern;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixComputation;
import io.jenkins.plugins.dtk.matrix.MatrixKernel;
import io.jenkins.plugins.dtk.matrix.MatrixProgress;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.release.ReleaseCache;
import io.jenkins.plugins.dtk.release.ReleaseRange;
import io.jenkins.plugins.dtk.release.ReleaseSources;
import io.jenkins.plugins.dtk.release.Releases;
import io.jenkins.plugins.dtk.testing.Parts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The matrix that is computed from the images is the one that the facts give. */
class WorldIsReadTest {

    private static final Set<Architecture> TWO = Set.of(Architecture.X86_64, Architecture.AARCH64);

    @BeforeEach
    void parts() {
        Parts.need("docker-registry");
    }

    static Stream<Arguments> worlds() {
        Predicate<Release> from412 =
                release -> release.ocp().from(12) && !release.preRelease() && release.in("candidate");
        Predicate<Release> inChannel = release -> release.in("candidate");
        return Stream.of(
                Arguments.of("demo, 4.12+", OpenShiftWorld.demo(), ReleaseRange.parse("4.12+"), from412, TWO),
                Arguments.of(
                        "all recorded releases, with pre-releases, four architectures",
                        OpenShiftWorld.full(),
                        ReleaseRange.parse("4.8+").withPreReleases(),
                        inChannel,
                        Set.of(Architecture.values())),
                Arguments.of(
                        "400 synthetic payloads",
                        OpenShiftWorld.synthetic(400),
                        ReleaseRange.parse("4.12+"),
                        from412,
                        TWO));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("worlds")
    void theMatrixIsTheTruth(
            String name,
            OpenShiftWorld world,
            ReleaseRange range,
            Predicate<Release> wanted,
            Set<Architecture> architectures)
            throws Exception {
        try (DockerRegistry registry = DockerRegistry.start();
                GraphServer graph = GraphServer.start(world.publish(registry))) {
            KernelMatrix matrix = matrix(registry, graph, range, architectures);
            Truth truth = world.truth(wanted, architectures);
            assertThat(matrix.kernels().stream().map(WorldIsReadTest::row))
                    .containsExactlyInAnyOrderElementsOf(truth.rows());
        }
    }

    private static KernelMatrix matrix(
            DockerRegistry registry, GraphServer graph, ReleaseRange range, Set<Architecture> architectures)
            throws Exception {
        RegistryClient client = RegistryClient.builder()
                .plainHttp(Set.of(registry.address()))
                .locations(Map.of("quay.io", registry.address()))
                .build();
        HttpSettings http = HttpSettings.standard();
        Releases releases = new Releases(ReleaseSources.of(graph.url(), ""), client, http, ReleaseCache.none());
        return new MatrixComputation(releases, client, MatrixProgress.SILENT)
                .compute(new MatrixRequest(
                        range,
                        architectures,
                        "candidate",
                        BaseImagePattern.parse(BaseImagePattern.DEFAULT),
                        false,
                        false));
    }

    private static Truth.Row row(MatrixKernel kernel) {
        return new Truth.Row(
                kernel.stream().name(),
                kernel.rhel().toString(),
                kernel.kernel().nvr(),
                new TreeSet<>(kernel.architectures()),
                List.copyOf(kernel.releases()),
                new TreeSet<>(kernel.builds()),
                nvr(kernel.kernelRt()),
                nvr(kernel.kernel64k()));
    }

    private static String nvr(Optional<KernelVersion> kernel) {
        return kernel.map(KernelVersion::nvr).orElse("");
    }
}
