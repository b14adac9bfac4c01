package io.jenkins.plugins.dtk.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dtk.testing.Parts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerTest {

    @Test
    void tarAndGzipReadALayerThatEndsInASharedTail(@TempDir Path folder) throws Exception {
        Parts.need("tar", "gzip", "sha256sum");
        byte[] big = "0123456789".repeat(20_000).getBytes(StandardCharsets.UTF_8);
        Layer.Tail tail = Layer.Tail.of(new TarWriter().file("d/tail", big).symlink("d/link", "tail"));
        Layer layer = tail.after(new TarWriter().directory("d/").file("d/head", "first\n"));
        Path file = Files.write(folder.resolve("layer"), layer.blob().bytes());

        assertThat(Shell.text("tar", "-tzf", file.toString())).isEqualTo("d/\nd/head\nd/tail\nd/link");
        assertThat(Shell.bytes("tar", "-xzOf", file.toString(), "d/tail")).isEqualTo(big);
        assertThat("sha256:" + Shell.text("sha256sum", file.toString()).substring(0, 64))
                .isEqualTo(layer.blob().digest());
        Path plain = Files.write(folder.resolve("plain"), Shell.bytes("gzip", "-dc", file.toString()));
        assertThat("sha256:" + Shell.text("sha256sum", plain.toString()).substring(0, 64))
                .isEqualTo(layer.diffId());
    }

    @Test
    void theFirstFileOfAPayloadIsWithinTheFirst64KiB() {
        Release release = OpenShiftWorld.of("4.22.11").releases().get(0);
        byte[] references = new ImageReferences(release, "x86_64", Map.of()).json();
        TarWriter head = new TarWriter().file("release-manifests/image-references", references);
        int withTail = ReleaseManifests.TAIL.after(head).blob().size();
        assertThat(withTail - ReleaseManifests.TAIL.deflated().length).isBetween(10_000, 60_000);
        assertThat(withTail).isGreaterThan(128 * 1024);
    }

    @Test
    void theSameFilesGiveTheSameLayer() {
        assertThat(Layer.of(new TarWriter().file("a", "1")))
                .extracting(layer -> layer.blob().digest(), Layer::diffId)
                .isEqualTo(List.of(
                        Layer.of(new TarWriter().file("a", "1")).blob().digest(),
                        Layer.of(new TarWriter().file("a", "1")).diffId()));
        assertThat(Layer.of(new TarWriter().file("a", "1")).blob().digest())
                .isNotEqualTo(Layer.of(new TarWriter().file("a", "2")).blob().digest());
    }

    @Test
    void aPathThatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> new TarWriter().file("x".repeat(101), ""))
                .hasMessageStartingWith("longer than 100 bytes: x");
    }
}
