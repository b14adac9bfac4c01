package io.jenkins.plugins.dtk.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.Payload.NodeOsTag;
import io.jenkins.plugins.dtk.testing.Tar;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

@Label("Whatever a registry sends,")
class PayloadPropertiesTest {

    private static final ImageReference IMAGE = ImageReference.parse("quay.io/acme/os@sha256:" + "a".repeat(64));
    private static final String PATH = "a/b";
    private static final byte[] LAYER = new Tar()
            .directory("a/")
            .file("a/a", "x".repeat(700))
            .file(PATH, "{}")
            .end()
            .plain();

    private static final byte[] REFERENCES = new ImageReferences()
            .tag("machine-os-content", IMAGE.toString(), "machine-os=48.84.202206081501-0")
            .tag("rhel-coreos", IMAGE.toString(), "machine-os=9.6.20260616-0", "rhel-9")
            .tag("rhel-coreos-extensions", IMAGE.toString(), "")
            .json();

    private static final byte[] EXTENSIONS = ("{\"kernel-rt-core\": \"" + PayloadWorld.K96
                    + ".x86_64\", \"kernel-64k-core\": \"0:" + PayloadWorld.K96 + ".aarch64\"}")
            .getBytes(StandardCharsets.UTF_8);

    private static final byte[] META =
            PayloadWorld.meta(PayloadWorld.K96, "x86_64").getBytes(StandardCharsets.UTF_8);

    /** A text with a few of its bytes changed, a part taken out, or cut. */
    private static Arbitrary<byte[]> spoiled(byte[] text) {
        Arbitrary<Integer> places = Arbitraries.integers().between(0, text.length - 1);
        Arbitrary<Byte> values = Arbitraries.oneOf(
                Arbitraries.bytes(),
                Arbitraries.of((byte) 0, (byte) '"', (byte) '{', (byte) ']', (byte) '7', (byte) -1));
        Arbitrary<byte[]> changed = Combinators.combine(places, values, places, values)
                .as((p, v, q, w) -> {
                    byte[] copy = text.clone();
                    copy[p] = v;
                    copy[q] = w;
                    return copy;
                });
        Arbitrary<byte[]> cut = places.map(length -> Arrays.copyOf(text, length));
        return Arbitraries.oneOf(
                changed, cut, Arbitraries.bytes().array(byte[].class).ofMaxSize(2000));
    }

    @Provide
    Arbitrary<byte[]> layers() {
        return spoiled(LAYER);
    }

    @Provide
    Arbitrary<byte[]> gzippedLayers() {
        return Arbitraries.oneOf(spoiled(Tar.gzip(LAYER)), spoiled(LAYER).map(Tar::gzip));
    }

    @Provide
    Arbitrary<byte[]> zstdLayers() {
        return Arbitraries.oneOf(spoiled(Tar.zstd(LAYER)), spoiled(LAYER).map(Tar::zstd));
    }

    @Provide
    Arbitrary<byte[]> extensions() {
        return spoiled(EXTENSIONS);
    }

    @Provide
    Arbitrary<byte[]> references() {
        return spoiled(REFERENCES);
    }

    @Provide
    Arbitrary<byte[]> packageLists() {
        return spoiled(META);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Label("a plain layer is read, or refused in one line")
    void plain(@ForAll("layers") byte[] layer) {
        find(layer);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Label("a gzipped layer is read, or refused in one line")
    void gzipped(@ForAll("gzippedLayers") byte[] layer) {
        find(layer);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Label("a layer packed with zstd is read, or refused in one line")
    void zstd(@ForAll("zstdLayers") byte[] layer) {
        find(layer);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Label("extensions name their kernels, or are refused in one line")
    void extensions(@ForAll("extensions") byte[] json) throws IOException {
        try {
            assertThat(ExtensionsReader.FILE.parse(new ByteArrayInputStream(json), IMAGE))
                    .isNotNull();
        } catch (Failure e) {
            assertThat(e.getMessage())
                    .startsWith("Tried to read ")
                    .doesNotContain("\n")
                    .hasSizeLessThan(600);
        }
    }

    private static void find(byte[] layer) {
        try {
            assertThat(LayerFiles.find(
                            new ByteArrayInputStream(layer), PATH, new UnpackLimit(), InputStream::readAllBytes))
                    .isNotNull();
        } catch (IOException e) {
            assertThat(Text.reason(e)).isNotBlank().hasSizeLessThan(200).doesNotContain("\n");
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Label("image-references name node operating systems with images, or are refused in one line")
    void references(@ForAll("references") byte[] json) throws IOException {
        try {
            assertThat(Payload.parse(new ByteArrayInputStream(json)).nodeOs())
                    .isNotEmpty()
                    .map(NodeOsTag::image)
                    .doesNotContainNull();
        } catch (Failure e) {
            assertThat(e.getMessage())
                    .startsWith("its image-references")
                    .doesNotContain("\n")
                    .hasSizeLessThan(600);
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Label("a package list names a kernel, or is refused in one line")
    void packages(@ForAll("packageLists") byte[] json) throws IOException {
        try {
            assertThat(KernelVersion.isKernelVersion(MetaJson.kernel(new ByteArrayInputStream(json), IMAGE)
                            .toString()))
                    .isTrue();
        } catch (Failure e) {
            assertThat(e.getMessage())
                    .startsWith("meta.json of ")
                    .doesNotContain("\n")
                    .hasSizeLessThan(600);
        }
    }
}
