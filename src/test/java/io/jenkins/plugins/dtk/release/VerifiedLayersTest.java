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
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.testing.FakeImage;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import io.jenkins.plugins.dtk.testing.Tar;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A registry that gives a layer another content than its digest says")
class VerifiedLayersTest {

    private static final String LAYERS = "/v2/" + PAYLOADS + "/blobs/.*";

    @TempDir
    Path folder;

    @AutoClose
    private final PayloadWorld world = new PayloadWorld();

    private Releases releases() {
        return new Releases(
                new ReleaseSources(URI.create("http://127.0.0.1:1/graph"), Optional.empty()),
                world.registry.client(),
                HttpSettings.standard(),
                ReleaseCache.in(folder, warning -> {
                    throw new IllegalStateException(warning);
                }));
    }

    private String references(String kernel) {
        FakeImage node = legacy(kernel + ".x86_64");
        return new ImageReferences()
                .tag("machine-os-content", world.registry.push(IMAGES, node).toString(), "")
                .text();
    }

    /** A layer of more than 64 KiB, with what we look for before or behind bytes that cannot be made smaller. */
    private static byte[] layer(String references, boolean early) {
        byte[] noise = new byte[200_000];
        new Random(1).nextBytes(noise);
        Tar tar = early ? new Tar().file(Payload.PATH, references) : new Tar();
        tar.file("noise", noise);
        return (early ? tar : tar.file(Payload.PATH, references)).end().plain();
    }

    /** A release whose layer the registry serves with another kernel in it than was published. */
    private Release falsified(boolean early) {
        byte[] published = layer(references(K84), early);
        byte[] served = layer(references(K86), early);
        assertThat(served).hasSameSizeAs(published);
        ImageReference payload =
                world.registry.push(PAYLOADS, image().file("below", "x").layer(published));
        world.registry.server().on("GET", LAYERS, request -> {
            ScriptedReply reply = world.registry.answer(request);
            return reply.body(Arrays.copyOf(served, reply.body().length));
        });
        return release("4.8.36", Architecture.X86_64, payload);
    }

    @Test
    @DisplayName("is believed for the first 64 KiB, unless layers are verified; then nothing of it is, nor remembered")
    void early() throws Exception {
        Release release = falsified(true);

        assertThat(releases().nodeOs(release).get(0).kernel().nvr()).isEqualTo(K86);
        assertThat(releases().nodeOs(release)).as("from the cache").hasSize(1);
        assertThatThrownBy(() -> releases().verifyingLayers().nodeOs(release))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("release 4.8.36 (x86_64): Tried to read the blob sha256:")
                .hasMessageEndingWith("its content has another digest");
    }

    @Test
    @DisplayName("is not believed where the layer had to be read whole")
    void late() {
        Release release = falsified(false);

        assertThatThrownBy(() -> releases().nodeOs(release)).hasMessageEndingWith("its content has another digest");
    }

    @ParameterizedTest(name = "early: {0}")
    @DisplayName("aside: a layer that is as its digest says passes, once for all who verify and all who do not")
    @ValueSource(booleans = {true, false})
    void truth(boolean early) throws Exception {
        ImageReference payload = world.registry.push(PAYLOADS, image().layer(layer(references(K84), early)));
        Release release = release("4.8.36", Architecture.X86_64, payload);

        NodeOs verified = releases().verifyingLayers().nodeOs(release).get(0);
        world.registry.close();

        assertThat(verified.kernel().nvr()).isEqualTo(K84);
        assertThat(releases().verifyingLayers().nodeOs(release)).containsExactly(verified);
        assertThat(releases().nodeOs(release)).containsExactly(verified);
    }
}
