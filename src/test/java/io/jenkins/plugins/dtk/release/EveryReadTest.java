package io.jenkins.plugins.dtk.release;

import static io.jenkins.plugins.dtk.release.PayloadWorld.IMAGES;
import static io.jenkins.plugins.dtk.release.PayloadWorld.K96;
import static io.jenkins.plugins.dtk.release.PayloadWorld.PAYLOADS;
import static io.jenkins.plugins.dtk.release.PayloadWorld.extensions;
import static io.jenkins.plugins.dtk.release.PayloadWorld.image;
import static io.jenkins.plugins.dtk.release.PayloadWorld.layered;
import static io.jenkins.plugins.dtk.release.PayloadWorld.meta;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.ParallelTasks;
import io.jenkins.plugins.dtk.http.HttpSettings;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.matrix.BaseImagePattern;
import io.jenkins.plugins.dtk.matrix.MatrixComputation;
import io.jenkins.plugins.dtk.matrix.MatrixJson;
import io.jenkins.plugins.dtk.matrix.MatrixProgress;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.registry.Scripted;
import io.jenkins.plugins.dtk.testing.FakeImage;
import io.jenkins.plugins.dtk.testing.FakeRegistry;
import io.jenkins.plugins.dtk.testing.Fault;
import io.jenkins.plugins.dtk.testing.InMemory;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import io.jenkins.plugins.dtk.testing.ScriptedServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A matrix, when one of its reads is answered with")
@Timeout(900)
class EveryReadTest {

    /** What is read of one answer is below 33 MiB, and a read is tried five times. */
    private static final long MOST_BYTES = 5L * (33 << 20);

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final FakeImage NODE = layered("true", meta(K96, "x86_64"));
    private static final FakeImage EXTENSIONS = extensions("{\"kernel-rt-core\": \"" + K96 + ".x86_64\"}");

    /** What has no digest: there TLS alone shows a changed bit. */
    private static final Set<Read> WITHOUT_DIGEST = EnumSet.of(Read.GRAPH, Read.LIST_OF_TAGS);

    /** Every request that a matrix makes, by method and path. */
    private enum Read {
        GRAPH("GET", "/graph\\?channel=candidate-4.20&arch=amd64"),
        CHECK_OF_THE_REGISTRY("GET", "/v2/"),
        LIST_OF_TAGS("GET", "/v2/" + PAYLOADS + "/tags/list.*"),
        DIGEST_OF_A_TAG("HEAD", "/v2/" + PAYLOADS + "/manifests/4.20.27-x86_64"),
        MANIFEST_OF_A_PAYLOAD("GET", "/v2/" + PAYLOADS + "/manifests/sha256.*"),
        LAYER_OF_A_PAYLOAD("GET", "/v2/" + PAYLOADS + "/blobs/.*"),
        MANIFEST_OF_A_NODE_IMAGE("GET", "/v2/" + IMAGES + "/manifests/" + NODE.digest()),
        CONFIG_OF_A_NODE_IMAGE("GET", "/v2/" + IMAGES + "/blobs/" + NODE.configDigest()),
        LAYER_OF_A_NODE_IMAGE("GET", "/v2/" + IMAGES + "/blobs/" + NODE.topLayerDigest()),
        MANIFEST_OF_EXTENSIONS("GET", "/v2/" + IMAGES + "/manifests/" + EXTENSIONS.digest()),
        LAYER_OF_EXTENSIONS("GET", "/v2/" + IMAGES + "/blobs/" + EXTENSIONS.topLayerDigest()),
        MANIFEST_OF_A_BASE_IMAGE("GET", "/v2/ubi9/ubi/manifests/9.6");

        private final String method;
        private final String path;

        Read(String method, String path) {
            this.method = method;
            this.path = path;
        }
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName(
            "is the true one, or one clear line says why there is none; once asked again is enough where it passes")
    @EnumSource
    void trueOrOneLine(Fault fault) throws Exception {
        Set<Read> reads = EnumSet.allOf(Read.class);
        if (fault == Fault.OTHER_CONTENT) {
            reads.removeAll(WITHOUT_DIGEST);
        }
        ParallelTasks.map(reads, reads.size(), read -> {
            try {
                assertThat(matrix(read, fault, 1))
                        .as("%s, once, for the %s", fault, read)
                        .matches(answer -> answer.equals(truth(answer)) || (!fault.passes() && isClear(answer)));
                assertThat(matrix(read, fault, Integer.MAX_VALUE))
                        .as("%s, always, for the %s", fault, read)
                        .matches(answer -> answer.equals(truth(answer)) || isClear(answer));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return read;
        });
    }

    /** The true matrix; where it was found, a base image has a digest of its own. */
    private static String truth(String found) {
        return "{\"versions\":[{\"rhel\":\"9.6\",\"kernel\":\"" + K96 + "\",\"archs\":\"linux/amd64\",\"kernelRt\":\""
                + K96 + "\",\"stream\":\"rhel-9\",\"baseImage\":\""
                + found.replaceFirst(".*\"baseImage\":\"([^\"]*)\".*", "$1")
                + "\",\"baseDigest\":\"" + BASE.digest()
                + "\",\"releases\":[\"4.20.26\",\"4.20.27\"],\"builds\":[\"9.6.20260616-0\"]}]}";
    }

    private static boolean isClear(String answer) {
        return answer.matches("(?:release 4\\.20\\.|Tried to |base image 127).{20,960}");
    }

    private static final FakeImage BASE = image().file("etc/os-release", "x");

    private static String matrix(Read read, Fault fault, int times) throws IOException, InterruptedException {
        try (PayloadWorld world = new PayloadWorld();
                ScriptedServer graph = ScriptedServer.start()) {
            String nodes = publish(world, graph);
            ScriptedServer server = read == Read.GRAPH ? graph : world.registry.server();
            server.on(
                    read.method,
                    read.path,
                    times,
                    request -> fault.spoil(
                            switch (read) {
                                case GRAPH -> ScriptedReply.json(200, nodes);
                                case LIST_OF_TAGS -> tags();
                                case CHECK_OF_THE_REGISTRY -> ScriptedReply.status(200);
                                default -> world.registry.answer(request);
                            }));
            RegistryClient client = Scripted.inMemory(NUMBER.incrementAndGet(), world.registry.server());
            try {
                return MatrixJson.write(
                        new MatrixComputation(releases(world.registry, graph, client), client, MatrixProgress.SILENT)
                                .compute(new MatrixRequest(
                                        ReleaseRange.parse("4.20"),
                                        Set.of(Architecture.X86_64),
                                        "candidate",
                                        BaseImagePattern.parse(world.registry.address() + "/ubi{major}/ubi:{rhel}"),
                                        true,
                                        false,
                                        Discovery.BOTH,
                                        false)));
            } catch (Failure e) {
                return e.getMessage();
            } finally {
                assertThat(client.stats().bytes()).isLessThan(MOST_BYTES);
            }
        }
    }

    private static ScriptedReply tags() {
        return ScriptedReply.json(
                200,
                "{\"name\": \"" + PAYLOADS + "\", \"tags\": [\"4.20.26-x86_64\", \"4.20.27-x86_64\", \"latest\"]}");
    }

    /** A world with one release in the graph, and one that has only a tag; gives the graph's answer. */
    private static String publish(PayloadWorld world, ScriptedServer graph) {
        FakeRegistry registry = world.registry;
        String references = new ImageReferences()
                .tag("rhel-coreos", registry.push(IMAGES, NODE).toString(), "machine-os=9.6.20260616-0")
                .tag("rhel-coreos-extensions", registry.push(IMAGES, EXTENSIONS).toString(), "")
                .text();
        ImageReference known = registry.push(PAYLOADS, image().file(Payload.PATH, references));
        registry.push(
                PAYLOADS, "4.20.27-x86_64", image().label("release", "4.20.27").file(Payload.PATH, references));
        registry.push("ubi9/ubi", "9.6", BASE);
        registry.server().on("GET", "/v2/" + PAYLOADS + "/tags/list.*", tags());
        String nodes = "{\"nodes\": [{\"version\": \"4.20.26\", \"payload\": \"" + known + "\"}], \"edges\": []}";
        graph.on("GET", "/graph.*", ScriptedReply.json(200, "{\"nodes\": []}"));
        graph.on("GET", Read.GRAPH.path, ScriptedReply.json(200, nodes));
        return nodes;
    }

    private static Releases releases(FakeRegistry registry, ScriptedServer graph, RegistryClient client) {
        return new Releases(
                new ReleaseSources(
                        URI.create("http://" + graph.address() + "/graph"),
                        Optional.of(ImageReference.parse(registry.address() + "/" + PAYLOADS))),
                client,
                new UpdateGraph(
                        URI.create("http://" + graph.address() + "/graph"),
                        HttpSettings.standard()
                                .through(0, new InMemory(graph)::asBuilder)
                                .patience(Duration.ofMillis(300), Duration.ofNanos(1))),
                ReleaseCache.none(),
                new ImageReader(client, false));
    }
}
