package io.jenkins.plugins.dtk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.demo.AccessLog;
import io.jenkins.plugins.dtk.demo.DockerRegistry;
import io.jenkins.plugins.dtk.demo.GraphServer;
import io.jenkins.plugins.dtk.demo.OpenShiftWorld;
import io.jenkins.plugins.dtk.demo.PublishedWorld;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixJson;
import io.jenkins.plugins.dtk.testing.Parts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixCommandTest {

    private static final String USER = "reader";
    private static final String PASSWORD = "Pa55-of-the-reader";

    @AutoClose
    private static DockerRegistry registry;

    private static PublishedWorld world;

    @AutoClose
    private static GraphServer graph;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        Parts.need("docker-registry");
        registry = DockerRegistry.with().login(USER, PASSWORD).start();
        world = OpenShiftWorld.of("4.14.7", "4.14.8", "4.15.6", "4.22.11").publish(registry);
        graph = GraphServer.start(world);
    }

    private Path login(String name, String password) throws Exception {
        String auth = Base64.getEncoder().encodeToString((USER + ":" + password).getBytes(StandardCharsets.UTF_8));
        return Files.writeString(folder.resolve(name), "{\"auths\":{\"quay.io\":{\"auth\":\"" + auth + "\"}}}");
    }

    private String[] args(String... more) throws Exception {
        return args(login("pull-secret.json", PASSWORD), more);
    }

    private String[] args(Path pullSecret, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "matrix",
                "--graph-url",
                graph.url(),
                "--location",
                "quay.io=" + registry.address(),
                "--plain-http",
                registry.address(),
                "--pull-secret",
                pullSecret.toString(),
                "--cache",
                folder.resolve("cache").toString()));
        args.addAll(List.of(more));
        return args.toArray(String[]::new);
    }

    @Test
    void writesTheMatrixAsOneLineOfJsonAndNothingElseToStandardOutput() throws Exception {
        Dtk dtk = Dtk.run(args("--releases", "4.14-4.15", "--no-base-digest"));
        assertThat(dtk.err()).contains("dtk: 2 kernels, in ").doesNotContain(PASSWORD);
        assertThat(dtk.exit()).isZero();
        assertThat(dtk.out().lines()).hasSize(1);
        assertThat(dtk.out()).startsWith("{\"versions\":[{\"rhel\":\"9.2\",\"kernel\":\"5.14.0-284.");
        KernelMatrix matrix = MatrixJson.parse(dtk.out());
        assertThat(matrix.kernels())
                .extracting(kernel -> kernel.releases().get(0))
                .containsExactly("4.14.7", "4.15.6");
        assertThat(matrix.kernels()).allSatisfy(kernel -> {
            assertThat(kernel.architectures()).hasSize(2);
            assertThat(kernel.base().name()).isEqualTo("registry.access.redhat.com/ubi9/ubi:9.2");
            assertThat(kernel.base().digest()).isEmpty();
            assertThat(kernel.library()).isEmpty();
        });
    }

    @Test
    void looksUpTheBaseImagesAndComparesWithTheLibrary() throws Exception {
        String base = "quay.io/openshift-release-dev/ocp-release:4.14.7-multi";
        Dtk dtk = Dtk.run(args(
                "--releases",
                "4.14",
                "--arch",
                "aarch64",
                "--base-image",
                base,
                "--image",
                "quay.io/acme/driver-toolkit"));
        assertThat(dtk.exit()).as(dtk.err()).isZero();
        assertThat(MatrixJson.parse(dtk.out()).kernels()).singleElement().satisfies(kernel -> {
            assertThat(kernel.base().digestText())
                    .isEqualTo(world.multiPayload("4.14.7").orElseThrow());
            assertThat(kernel.base().digests())
                    .containsOnlyKeys(Architecture.AARCH64)
                    .doesNotContainValue(kernel.base().digest().orElseThrow());
            assertThat(kernel.missing()).hasToString("[aarch64]");
        });
        assertThat(dtk.err()).contains("quay.io/acme/driver-toolkit lacks 1 images");
    }

    @Test
    void showsATableOnRequest() throws Exception {
        Dtk dtk = Dtk.run(args("--releases", "4.22", "--no-base-digest", "--format", "table"));
        assertThat(dtk.exit()).as(dtk.err()).isZero();
        assertThat(dtk.out()).startsWith("RHEL  STREAM").contains("10.2  rhel-10  6.12.0-", "2 kernels, 4 images\n");
    }

    @Test
    void findsTheSameReleasesByTheTagsOfTheRepositoryAsByTheGraph() throws Exception {
        Dtk byGraph = Dtk.run(args("--no-base-digest"));
        Dtk byTags = Dtk.run(args("--no-base-digest", "--discovery", "tags"));
        Dtk byBoth = Dtk.run(args("--no-base-digest", "--discovery", "both", "--verify-layers"));
        assertThat(byTags.exit()).as(byTags.err()).isZero();
        assertThat(byTags.out()).isEqualTo(byGraph.out());
        assertThat(byBoth.out()).isEqualTo(byGraph.out());
    }

    @Test
    void readsNoPayloadTwice() throws Exception {
        Dtk.run(args("--releases", "4.14", "--no-base-digest"));
        AccessLog asked = registry.requests();
        Dtk again = Dtk.run(args("--releases", "4.14", "--no-base-digest"));
        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(asked.since().all()).isEmpty();
        assertThat(Dtk.run(args("--releases", "4.14", "--offline")).out()).isEqualTo(again.out());
    }

    @Test
    void drawsABarForAPersonAndTakesItAway() throws Exception {
        Dtk dtk = Dtk.watched(args("--no-base-digest"));
        assertThat(dtk.exit()).as(dtk.err()).isZero();
        assertThat(dtk.err()).contains("\rpayloads [".replace("\r", "\r\u001b[K"));
        assertThat(dtk.err().substring(dtk.err().lastIndexOf('\r'))).startsWith("\r\u001b[Kdtk: ");
    }

    @Test
    void refusedLoginIsOneLineThatNamesTheReleaseAndNoSecret() throws Exception {
        Dtk dtk = Dtk.run(args(login("wrong.json", "Pa55-that-is-wrong")));
        assertThat(dtk.exit()).isEqualTo(1);
        assertThat(dtk.out()).isEmpty();
        assertThat(dtk.err()).startsWith("dtk: release 4.").doesNotContain("Pa55", "\tat ");
        assertThat(dtk.err().lines()).hasSize(1);
    }

    @Test
    void graphThatDoesNotAnswerIsOneLine() {
        Dtk dtk = Dtk.run("matrix", "--graph-url", "http://127.0.0.1:1/graph", "--cache", folder.toString());
        assertThat(dtk.exit()).isEqualTo(1);
        assertThat(dtk.out()).isEmpty();
        assertThat(dtk.err()).startsWith("dtk: ").contains("127.0.0.1:1/graph");
        assertThat(dtk.err().lines()).hasSize(1);
    }

    @Test
    void releaseThatDoesNotExistIsOneLine() throws Exception {
        Dtk dtk = Dtk.run(args("--releases", "4.14.99", "--no-base-digest"));
        assertThat(dtk.exit()).isEqualTo(1);
        assertThat(dtk.err()).startsWith("dtk: release 4.14.99 does not exist");
        assertThat(dtk.err().lines()).hasSize(1);
    }
}
