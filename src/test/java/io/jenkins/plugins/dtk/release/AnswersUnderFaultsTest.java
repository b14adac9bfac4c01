package io.jenkins.plugins.dtk.release;

import static io.jenkins.plugins.dtk.release.PayloadWorld.K84;
import static io.jenkins.plugins.dtk.release.PayloadWorld.K84_RT;
import static io.jenkins.plugins.dtk.release.PayloadWorld.K94;
import static io.jenkins.plugins.dtk.release.PayloadWorld.K96;
import static io.jenkins.plugins.dtk.release.PayloadWorld.extensions;
import static io.jenkins.plugins.dtk.release.PayloadWorld.layered;
import static io.jenkins.plugins.dtk.release.PayloadWorld.legacy;
import static io.jenkins.plugins.dtk.release.PayloadWorld.meta;
import static io.jenkins.plugins.dtk.release.PayloadWorld.onlyPackages;
import static io.jenkins.plugins.dtk.release.PayloadWorld.os;
import static io.jenkins.plugins.dtk.release.PayloadWorld.ostree;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.ParallelTasks;
import io.jenkins.plugins.dtk.http.HttpSettings;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.matrix.BaseImagePattern;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixComputation;
import io.jenkins.plugins.dtk.matrix.MatrixJson;
import io.jenkins.plugins.dtk.matrix.MatrixProgress;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.registry.Scripted;
import io.jenkins.plugins.dtk.release.PayloadWorld.Os;
import io.jenkins.plugins.dtk.testing.FakeImage;
import io.jenkins.plugins.dtk.testing.FakeRegistry;
import io.jenkins.plugins.dtk.testing.Fault;
import io.jenkins.plugins.dtk.testing.InMemory;
import io.jenkins.plugins.dtk.testing.RandomFaults;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import io.jenkins.plugins.dtk.testing.ScriptedServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("While everything on the way goes wrong at random,")
class AnswersUnderFaultsTest {

    private static final int IN_MEMORY = Integer.getInteger("dtk.random.runs", 10_000);
    private static final int OVER_CONNECTIONS = 100;
    private static final int AT_ONCE = 16;
    private static final long SEED = Long.getLong("dtk.random.seed", 42);
    private static final int MANIFESTS = Integer.getInteger("dtk.random.registries", 500);

    private static final HttpSettings HTTP = HttpSettings.standard();

    @Test
    @DisplayName("a matrix is the true one or none, and a failure is reported in one line")
    void inMemory() throws Exception {
        try (PayloadWorld world = new PayloadWorld();
                ScriptedServer graph = ScriptedServer.start()) {
            HttpSettings http = HttpSettings.standard()
                    .through(0, new InMemory(graph)::asBuilder)
                    .patience(Duration.ofSeconds(60), Duration.ofNanos(1));
            trueOrNone(IN_MEMORY, world, graph, number -> Scripted.inMemory(number, world.registry.server()), http);
        }
    }

    @Test
    @DisplayName("a matrix is the true one or none over real connections, too")
    void overConnections() throws Exception {
        try (PayloadWorld world = new PayloadWorld();
                ScriptedServer graph = ScriptedServer.start()) {
            RegistryClient client = Scripted.client(world.registry.server()).build();
            trueOrNone(OVER_CONNECTIONS, world, graph, number -> client, HTTP);
        }
    }

    @Test
    @DisplayName("a manifest that may be there is found as it is, or known to be absent, or none of both in one line")
    void manifest() throws Exception {
        Random random = new Random(SEED);
        int answers = 0;
        for (int run = 0; run < MANIFESTS; run++) {
            answers += hasAnswer(random, random.nextBoolean()) ? 1 : 0;
        }
        assertThat(answers).isGreaterThan(MANIFESTS / 4);
        assertThat(MANIFESTS - answers).isGreaterThan(MANIFESTS / 20);
    }

    /** Asks a registry of its own, as a host remembers what it said; whether there was an answer, which is the true one. */
    private static boolean hasAnswer(Random random, boolean there) throws Exception {
        try (FakeRegistry registry = new FakeRegistry()) {
            FakeImage image = new FakeImage().label("a", "b");
            if (there) {
                registry.push("acme/x", "1", image);
            }
            RandomFaults faults = new RandomFaults(random, 1 / 3.0, Fault.visible());
            registry.spoil(faults::spoil);
            registry.server().on("GET", "/v2/", request -> faults.spoil(ScriptedReply.status(200)));
            RegistryClient client = Scripted.client(registry.server()).build();
            Optional<Manifest> found = client.findManifest(ImageReference.parse(registry.address() + "/acme/x:1"));
            assertThat(found.isPresent()).as("%s", faults.met()).isEqualTo(there);
            found.ifPresent(manifest -> assertThat(manifest.bytes()).isEqualTo(image.manifest()));
            return true;
        } catch (Failure e) {
            assertThat(e.getMessage())
                    .startsWith("Tried to read the manifest of ")
                    .doesNotContain("\n");
            return false;
        }
    }

    /** Several matrices at once, as what takes time is to wait for a server that said to slow down. */
    private static void trueOrNone(
            int runs, PayloadWorld world, ScriptedServer graph, IntFunction<RegistryClient> clients, HttpSettings http)
            throws Exception {
        publish(world, graph);
        KernelMatrix truth = compute(graph, clients.apply(0), http);
        assertThat(truth.kernels()).hasSize(3);
        String expected = MatrixJson.write(truth);
        world.registry.spoil(new RandomFaults(new Random(SEED), 1 / 40.0, Fault.quick())::spoil);
        List<Integer> numbers = IntStream.rangeClosed(1, runs).boxed().toList();
        List<Optional<String>> found =
                ParallelTasks.map(numbers, AT_ONCE, number -> matrixOrFailure(graph, clients.apply(number), http));
        List<String> matrices = found.stream().flatMap(Optional::stream).toList();
        assertThat(matrices).containsOnly(expected);
        assertThat(matrices.size()).isBetween(runs / 20, runs * 19 / 20);
    }

    private static Optional<String> matrixOrFailure(ScriptedServer graph, RegistryClient client, HttpSettings http)
            throws InterruptedException {
        try {
            return Optional.of(MatrixJson.write(compute(graph, client, http)));
        } catch (Failure e) {
            assertThat(e.getMessage())
                    .startsWith("release 4.")
                    .contains("Tried to ")
                    .doesNotContain("\n")
                    .hasSizeLessThan(1000);
            return Optional.empty();
        }
    }

    private static void publish(PayloadWorld world, ScriptedServer graph) {
        graph.on("GET", "/graph.*", ScriptedReply.json(200, "{\"nodes\": []}"));
        List<Os> node94 = os("rhel-coreos", "417.94.202503000000-0", ostree(K94 + ".x86_64"), onlyPackages());
        channel(
                world,
                graph,
                "4.8",
                node(
                        "4.8.36",
                        world,
                        os(
                                "machine-os-content",
                                "48.84.202206081501-0",
                                legacy(K84 + ".x86_64").label("com.coreos.rpm.kernel-rt-core", K84_RT + ".x86_64"))));
        channel(world, graph, "4.17", node("4.17.21", world, node94), node("4.17.22", world, node94));
        channel(
                world,
                graph,
                "4.20",
                node(
                        "4.20.26",
                        world,
                        os(
                                "rhel-coreos",
                                "9.6.20260616-0",
                                layered("true", meta(K96, "x86_64")),
                                extensions("{\"kernel-rt-core\": \"" + K96 + ".x86_64\"}"))));
    }

    private static void channel(PayloadWorld world, ScriptedServer graph, String line, String... nodes) {
        graph.on(
                "GET",
                "/graph\\?channel=candidate-" + line + "&arch=amd64",
                ScriptedReply.json(200, "{\"nodes\": [" + String.join(",", nodes) + "]}"));
    }

    private static String node(String version, PayloadWorld world, List<Os> payload) {
        return "{\"version\": \"" + version + "\", \"payload\": \""
                + world.publish(Architecture.X86_64, payload, version) + "\"}";
    }

    private static KernelMatrix compute(ScriptedServer graph, RegistryClient client, HttpSettings http)
            throws Failure, InterruptedException {
        Releases releases = new Releases(
                new ReleaseSources(URI.create("http://" + graph.address() + "/graph"), Optional.empty()),
                client,
                http,
                ReleaseCache.none());
        return new MatrixComputation(releases, client, MatrixProgress.SILENT)
                .compute(new MatrixRequest(
                        ReleaseRange.parse("4.8,4.17,4.20"),
                        Set.of(Architecture.X86_64),
                        "candidate",
                        BaseImagePattern.parse(""),
                        false,
                        false));
    }
}
