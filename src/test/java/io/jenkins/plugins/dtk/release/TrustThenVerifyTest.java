package io.jenkins.plugins.dtk.release;

import static io.jenkins.plugins.dtk.release.PayloadWorld.IMAGES;
import static io.jenkins.plugins.dtk.release.PayloadWorld.K84;
import static io.jenkins.plugins.dtk.release.PayloadWorld.K86;
import static io.jenkins.plugins.dtk.release.PayloadWorld.PAYLOADS;
import static io.jenkins.plugins.dtk.release.PayloadWorld.image;
import static io.jenkins.plugins.dtk.release.PayloadWorld.legacy;
import static io.jenkins.plugins.dtk.release.PayloadWorld.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.http.HttpSettings;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.matrix.BaseImagePattern;
import io.jenkins.plugins.dtk.matrix.MatrixComputation;
import io.jenkins.plugins.dtk.matrix.MatrixKernel;
import io.jenkins.plugins.dtk.matrix.MatrixProgress;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.testing.FakeImage;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import io.jenkins.plugins.dtk.testing.ScriptedServer;
import io.jenkins.plugins.dtk.testing.Tar;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The start of a layer is believed at first, and what is wrong does not stay")
class TrustThenVerifyTest {

    private static final String LAYERS = "/v2/" + PAYLOADS + "/blobs/.*";

    @TempDir
    private Path folder;

    @AutoClose
    private final PayloadWorld world = new PayloadWorld();

    @AutoClose
    private final ScriptedServer graph = ScriptedServer.start();

    private final List<String> warnings = new ArrayList<>();
    private int releases;

    private final MatrixProgress progress = new MatrixProgress() {
        @Override
        public void done(String what, int done, int total) {}

        @Override
        public void warn(String line) {
            warnings.add(line);
        }
    };

    private MatrixComputation computation() {
        Releases source = new Releases(
                new ReleaseSources(URI.create("http://" + graph.address() + "/graph"), Optional.empty()),
                world.registry.client(),
                HttpSettings.standard(),
                ReleaseCache.in(folder, warning -> {
                    throw new IllegalStateException(warning);
                }));
        return new MatrixComputation(source, world.registry.client(), progress);
    }

    private static MatrixRequest request() {
        return new MatrixRequest(
                ReleaseRange.parse("4.8"),
                Set.of(Architecture.X86_64),
                "candidate",
                BaseImagePattern.parse(""),
                false,
                false);
    }

    private List<String> kernels(MatrixComputation computation) throws Exception {
        return computation.compute(request()).kernels().stream()
                .map(MatrixKernel::kernel)
                .map(KernelVersion::nvr)
                .toList();
    }

    /** The layer of a payload, of more than 64 KiB, with image-references at its start. */
    private byte[] layer(String release, String kernel) {
        FakeImage node = legacy(kernel + ".x86_64");
        String references = new ImageReferences()
                .named(release)
                .tag("machine-os-content", world.registry.push(IMAGES, node).toString(), "")
                .text();
        byte[] noise = new byte[200_000];
        new Random(releases++).nextBytes(noise);
        return new Tar()
                .file(Payload.PATH, references)
                .file("noise", noise)
                .end()
                .plain();
    }

    private ImageReference publish(byte[] layer) {
        return world.registry.push(PAYLOADS, image().layer(layer));
    }

    private void inGraph(ImageReference... payloads) {
        List<String> nodes = new ArrayList<>();
        for (int i = 0; i < payloads.length; i++) {
            nodes.add("{\"version\": \"4.8." + (10 + i) + "\", \"payload\": \"" + payloads[i] + "\"}");
        }
        graph.on("GET", "/graph.*", ScriptedReply.json(200, "{\"nodes\": [" + String.join(",", nodes) + "]}"));
    }

    /** A mirror that serves the start of another layer for ranged requests, and the true one for whole reads. */
    private void mixUpStarts(byte[] served) {
        world.registry.server().on("GET", LAYERS, request -> {
            ScriptedReply reply = world.registry.answer(request);
            return request.header("range") == null ? reply : reply.body(Arrays.copyOf(served, reply.body().length));
        });
    }

    @Test
    @DisplayName("A payload that says it is another release is refused, however little of it was read")
    void name() {
        Release asked = release("4.8.10", Architecture.X86_64, publish(layer("4.8.10", K84)));
        mixUpStarts(layer("4.8.11", K86));

        assertThatThrownBy(() -> world.releases().nodeOs(asked))
                .isInstanceOf(Failure.class)
                .hasMessage("release 4.8.10 (x86_64): its payload " + asked.payload()
                        + " says that it is release '4.8.11'");
    }

    @Test
    @DisplayName("A payload for several architectures may be named so")
    void multi() throws Exception {
        for (String name : List.of("4.8.10", "4.8.10-multi")) {
            Release asked = release("4.8.10", Architecture.X86_64, publish(layer(name, K84)));
            assertThat(world.releases().nodeOs(asked)).hasSize(1);
        }
    }

    @Test
    @DisplayName("A node OS image for another architecture is refused")
    void architecture() {
        FakeImage node = image().label("com.coreos.rpm.kernel", K84).on(Architecture.AARCH64);
        String references = new ImageReferences()
                .tag("machine-os-content", world.registry.push(IMAGES, node).toString(), "")
                .text();
        Release asked = release(
                "4.8.10", Architecture.X86_64, world.registry.push(PAYLOADS, image().file(Payload.PATH, references)));

        assertThatThrownBy(() -> world.releases().nodeOs(asked))
                .hasMessageEndingWith("is for linux/arm64, not for linux/amd64");
    }

    @Test
    @DisplayName("A wrong fact is corrected by the next run that reads the layer whole, with a line that says so")
    void corrected() throws Exception {
        inGraph(publish(layer("4.8.10", K84)));
        mixUpStarts(layer("4.8.10", K86));
        assertThat(kernels(computation())).as("believed").containsExactly(K86);
        assertThat(computation().wanted(request()).kernels())
                .as("never for a deletion")
                .containsExactly(KernelVersion.parse(K84));
        assertThat(warnings).isEmpty();
    }

    @Test
    @DisplayName("Each run verifies some, and what was verified is not read again")
    void someInEachRun() throws Exception {
        inGraph(publish(layer("4.8.10", K84)));
        mixUpStarts(layer("4.8.10", K86));
        assertThat(kernels(computation())).containsExactly(K86);

        assertThat(kernels(computation().verifyingSome())).containsExactly(K84);
        assertThat(warnings)
                .containsExactly("release 4.8.10 (x86_64): read whole, its layers say " + K84 + ", not " + K86
                        + " as their start did; corrected");
        long asked = world.registry.server().requests().size();
        assertThat(kernels(computation().verifyingSome())).containsExactly(K84);
        assertThat(kernels(computation())).containsExactly(K84);
        assertThat(world.registry.server().requests()).hasSize((int) asked);
    }

    @Test
    @DisplayName("A run verifies 16 releases, the newest first, and the next run the rest")
    void bounded() throws Exception {
        ImageReference[] payloads = new ImageReference[20];
        for (int i = 0; i < payloads.length; i++) {
            payloads[i] = publish(layer("4.8." + (10 + i), K84));
        }
        inGraph(payloads);
        List<Long> whole = new ArrayList<>();
        for (int run = 0; run < 3; run++) {
            long before = wholeLayers();
            kernels(computation().verifyingSome());
            whole.add(wholeLayers() - before);
        }

        assertThat(whole).containsExactly(16L, 4L, 0L);
    }

    private long wholeLayers() {
        return world.registry.server().requests().stream()
                .filter(request -> request.path().matches(LAYERS) && request.header("range") == null)
                .count();
    }

    @Test
    @DisplayName("A layer that is not as its digest says makes the release unreadable, and is not remembered")
    void broken() throws Exception {
        byte[] published = layer("4.8.10", K84);
        byte[] served = layer("4.8.10", K86);
        inGraph(publish(published));
        world.registry.server().on("GET", LAYERS, request -> {
            ScriptedReply reply = world.registry.answer(request);
            return reply.body(Arrays.copyOf(served, reply.body().length));
        });
        assertThat(kernels(computation())).containsExactly(K86);

        assertThatThrownBy(() -> computation().verifyingSome().compute(request()))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("release 4.8.10 (x86_64): ")
                .hasMessageEndingWith("its content has another digest");
        world.registry.server().on("GET", LAYERS, world.registry::answer);
        assertThat(kernels(computation())).as("read again").containsExactly(K84);
    }

    @Test
    @DisplayName("A layer that fits into the first request is verified at once")
    void small() throws Exception {
        String references = new ImageReferences()
                .tag(
                        "machine-os-content",
                        world.registry.push(IMAGES, legacy(K84 + ".x86_64")).toString(),
                        "")
                .text();
        inGraph(world.registry.push(PAYLOADS, image().file(Payload.PATH, references)));
        kernels(computation());
        int asked = world.registry.server().requests().size();

        kernels(computation().verifyingSome());

        assertThat(world.registry.server().requests()).hasSize(asked);
    }
}
