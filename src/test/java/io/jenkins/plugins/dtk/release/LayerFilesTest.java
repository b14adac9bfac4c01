package io.jenkins.plugins.dtk.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dtk.testing.Tar;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A file in a layer")
class LayerFilesTest {

    private static final String PATH = "release-manifests/image-references";
    private static final String CONTENT = "{\"kind\": \"ImageStream\"}";

    private static Tar tar() {
        return new Tar();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Stream<Arguments> layers() {
        byte[] pax = bytes("30 mtime=1700000000.123456789\n");
        byte[] small = new byte[] {1, 2, 3};
        Tar full = tar().directory("release-manifests/").file(PATH, CONTENT).end();
        return Stream.of(
                Arguments.of("gzipped", full.gzipped()),
                Arguments.of("packed with zstd", full.zstd()),
                Arguments.of("packed by the program zstd, level 19, with a checksum", byProgram()),
                Arguments.of(
                        "in the second of two zstd frames",
                        concatenated(
                                Tar.zstd(tar().file("a", small).plain()),
                                tar().file(PATH, CONTENT).end().zstd())),
                Arguments.of("plain", full.plain()),
                Arguments.of("the first entry", tar().file(PATH, CONTENT).end().gzipped()),
                Arguments.of(
                        "behind others",
                        tar().file("a", small)
                                .file("b", new byte[512])
                                .file(PATH, CONTENT)
                                .end()
                                .gzipped()),
                Arguments.of("under ./", tar().file("./" + PATH, CONTENT).end().gzipped()),
                Arguments.of("under /", tar().file("/" + PATH, CONTENT).end().gzipped()),
                Arguments.of(
                        "behind a PAX header",
                        tar().entry('x', "PaxHeaders.0/image-references", Tar.octal(pax.length, 12), pax)
                                .file(PATH, CONTENT)
                                .end()
                                .gzipped()),
                Arguments.of(
                        "behind a global PAX header",
                        tar().entry('g', "pax_global_header", Tar.octal(pax.length, 12), pax)
                                .file(PATH, CONTENT)
                                .end()
                                .gzipped()),
                Arguments.of(
                        "behind a long name of GNU",
                        tar().entry('L', "././@LongLink", Tar.octal(200, 12), new byte[200])
                                .file("x".repeat(99), small)
                                .file(PATH, CONTENT)
                                .end()
                                .gzipped()),
                Arguments.of(
                        "with its path in two fields",
                        tar().prefixed("release-manifests", "image-references", bytes(CONTENT))
                                .end()
                                .gzipped()),
                Arguments.of(
                        "in a tar as before ustar",
                        tar().oldEntry(PATH, bytes(CONTENT)).end().gzipped()),
                Arguments.of(
                        "without the zeros at the end",
                        tar().file(PATH, CONTENT).gzipped()),
                Arguments.of(
                        "behind a directory and a link of its name",
                        tar().entry('5', PATH, Tar.octal(0, 12), new byte[0])
                                .entry('2', PATH, Tar.octal(0, 12), new byte[0])
                                .file(PATH, CONTENT)
                                .end()
                                .gzipped()),
                Arguments.of(
                        "in the second of two gzip members",
                        concatenated(
                                Tar.gzip(tar().file("a", small).plain()),
                                Tar.gzip(tar().file(PATH, CONTENT).end().plain()))),
                Arguments.of(
                        "with a size in base 256",
                        tar().entry('0', PATH, base256(CONTENT.length()), bytes(CONTENT))
                                .end()
                                .gzipped()));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("is found in whatever form tools write layers")
    @MethodSource("layers")
    void found(String what, byte[] layer) throws IOException {
        assertThat(find(layer)).hasValue(CONTENT);
        assertThat(find(new Trickle(layer)))
                .as("from a network that gives a byte at a time")
                .hasValue(CONTENT);
    }

    static Stream<Arguments> layersWithout() {
        return Stream.of(
                Arguments.of("an empty layer", new byte[0]),
                Arguments.of("only the end", tar().end().gzipped()),
                Arguments.of(
                        "other files", tar().file("etc/os-release", "x").end().gzipped()),
                Arguments.of(
                        "other files and no end",
                        tar().file("etc/os-release", "x").plain()),
                Arguments.of(
                        "a directory of that name",
                        tar().entry('5', PATH, Tar.octal(0, 12), new byte[0])
                                .end()
                                .plain()),
                Arguments.of(
                        "a longer name", tar().file(PATH + ".bak", "x").end().plain()),
                Arguments.of(
                        "the same below another folder",
                        tar().file("tmp/" + PATH, "x").end().plain()),
                Arguments.of(
                        "behind the end", tar().end().file(PATH, CONTENT).end().plain()));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("is not there: that is an answer, and no failure")
    @MethodSource("layersWithout")
    void absent(String what, byte[] layer) throws IOException {
        assertThat(find(layer)).isEmpty();
    }

    @Test
    @DisplayName("is read as it comes, and nothing behind it is")
    void stopsBehindIt() throws IOException {
        byte[] wanted = tar().file("a", "1").file(PATH, CONTENT).plain();
        InputStream cut = new SequenceInputStream(new ByteArrayInputStream(wanted), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("no one should read this far");
            }
        });

        assertThat(find(cut)).hasValue(CONTENT);
    }

    @Test
    @DisplayName("is the one that others find, too: a PAX header or a long name of GNU renames an entry")
    void renamed() throws IOException {
        byte[] away = bytes("22 path=tmp/elsewhere\n");
        byte[] here = bytes(pax("path=" + PATH));
        byte[] larger = bytes(pax("size=" + CONTENT.length()));
        byte[] name = bytes(PATH + "\0");

        assertThat(find(tar().entry('x', "pax", Tar.octal(away.length, 12), away)
                        .file(PATH, "a decoy")
                        .end()
                        .gzipped()))
                .as("a decoy of its name")
                .isEmpty();
        assertThat(find(tar().entry('x', "pax", Tar.octal(away.length, 12), away)
                        .file(PATH, "a decoy")
                        .file(PATH, CONTENT)
                        .end()
                        .gzipped()))
                .as("behind a decoy")
                .hasValue(CONTENT);
        assertThat(find(tar().entry('x', "pax", Tar.octal(here.length, 12), here)
                        .file("tmp/elsewhere", CONTENT)
                        .end()
                        .gzipped()))
                .as("under a PAX name")
                .hasValue(CONTENT);
        assertThat(find(tar().entry('L', "././@LongLink", Tar.octal(name.length, 12), name)
                        .file("tmp/elsewhere", CONTENT)
                        .end()
                        .gzipped()))
                .as("under a name of GNU")
                .hasValue(CONTENT);
        assertThat(find(tar().entry('x', "pax", Tar.octal(larger.length, 12), larger)
                        .entry('0', PATH, Tar.octal(0, 12), bytes(CONTENT))
                        .end()
                        .gzipped()))
                .as("with a PAX size")
                .hasValue(CONTENT);
    }

    private static String pax(String record) {
        return (record.length() + 4) + " " + record + "\n";
    }

    static Stream<Arguments> cuts() {
        byte[] plain = tar().file("a", "x".repeat(2000))
                .file(PATH, CONTENT.repeat(100))
                .end()
                .plain();
        byte[] zipped = noise().gzipped();
        byte[] zstd = noise().zstd();
        return Stream.of(
                Arguments.of("in the header", Arrays.copyOf(plain, 100)),
                Arguments.of("in a file before it", Arrays.copyOf(plain, 1000)),
                Arguments.of("in its header", Arrays.copyOf(plain, 512 + 2048 + 10)),
                Arguments.of("in its content", Arrays.copyOf(plain, 512 + 2048 + 512 + 100)),
                Arguments.of("in the gzip header", Arrays.copyOf(zipped, 5)),
                Arguments.of("in the gzip stream", Arrays.copyOf(zipped, zipped.length / 2)),
                Arguments.of("in the gzip trailer", Arrays.copyOf(zipped, zipped.length - 3)),
                Arguments.of("in the zstd header", Arrays.copyOf(zstd, 5)),
                Arguments.of("in the zstd stream", Arrays.copyOf(zstd, zstd.length / 2)),
                Arguments.of("in zstd's checksum", Arrays.copyOf(zstd, zstd.length - 3)));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("in a layer that is cut short is reported as that, so that the rest can be read")
    @MethodSource("cuts")
    void cutShort(String where, byte[] layer) {
        assertThatThrownBy(() -> find(layer)).isInstanceOf(EOFException.class);
    }

    static Stream<Arguments> noLayers() {
        byte[] broken = tar().file(PATH, CONTENT).end().plain();
        broken[0] = 'X';
        return Stream.of(
                Arguments.of("a web page", bytes("<html>" + " ".repeat(2000) + "</html>"), "no tar archive"),
                Arguments.of("a gzipped web page", Tar.gzip(bytes("<html>" + " ".repeat(2000))), "no tar archive"),
                Arguments.of("a wrong checksum", broken, "checksum is wrong"),
                Arguments.of("a size in letters", sized("4 letters   "), "a size is not a number"),
                Arguments.of("a negative size", sized("-0000000001\0"), "a size is not a number"),
                Arguments.of("a signed size", sized("+0000000001\0"), "a size is not a number"),
                Arguments.of(
                        "a PAX header that is none",
                        tar().entry('x', "pax", Tar.octal(6, 12), bytes("99 x=1"))
                                .end()
                                .gzipped(),
                        "a PAX header that is malformed"),
                Arguments.of(
                        "a PAX header of 2 MiB",
                        tar().entry('x', "pax", Tar.octal(2 << 20, 12), new byte[0])
                                .gzipped(),
                        "a header of more than 1 MiB"),
                Arguments.of("a broken gzip stream", damaged(noise().gzipped()), ""),
                Arguments.of(
                        "an entry of 2 GiB",
                        tar().entry('0', "swap", Tar.octal(2L << 30, 12), new byte[0])
                                .gzipped(),
                        "more than 1024 MiB"),
                Arguments.of(
                        "an entry of 8 EiB",
                        tar().entry('0', "swap", base256(Long.MAX_VALUE), new byte[0])
                                .gzipped(),
                        "more than 1024 MiB"),
                Arguments.of(
                        "a negative size in base 256",
                        tar().entry('0', PATH, negative(), new byte[0]).gzipped(),
                        "more than 1024 MiB"),
                Arguments.of(
                        "the file itself too large",
                        tar().entry('0', PATH, Tar.octal(17 << 20, 12), new byte[0])
                                .gzipped(),
                        "is larger than 16 MiB"),
                Arguments.of("a damaged zstd frame", damaged(noise().zstd()), "no usable zstd"),
                Arguments.of(
                        "zstd with a window of 128 MiB, as zstd --ultra --long writes it",
                        Base64.getDecoder()
                                .decode(
                                        "KLUv/QSITAAACAABAPz/ORACAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACAA=="),
                        "no usable zstd"),
                Arguments.of("zstd with other frames behind", concatenated(noise().zstd(), new byte[99]), "zstd"));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("in what is no layer, or none that should be read, gives one clear failure")
    @MethodSource("noLayers")
    void refused(String what, byte[] layer, String why) {
        assertThatThrownBy(() -> find(layer))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(EOFException.class)
                .hasMessageContaining(why)
                .hasMessageNotContainingAny("\n");
    }

    @Test
    @DisplayName("behind more entries than any image has is not looked for")
    void manyEntries() {
        byte[] entry = tar().directory("d/").plain();

        assertThatThrownBy(() -> find(endless(entry))).hasMessage("the layer has more than 100000 entries");
    }

    @Test
    @DisplayName("behind a gigabyte of zeros that came as a few kilobytes is not looked for")
    void gzipBomb() {
        byte[] member = tar().file("zeros", new byte[16 << 20]).gzipped();
        assertThat(member).hasSizeLessThan(64 << 10);

        assertThatThrownBy(() -> find(endless(member))).hasMessage("the layer unpacks to more than 1024 MiB");
    }

    @Test
    @DisplayName("behind gigabytes of zeros that zstd makes a few bytes is not looked for")
    void zstdBomb() {
        byte[] frame = tar().file("zeros", new byte[16 << 20]).zstd();
        assertThat(frame).hasSizeLessThan(64 << 10);

        assertThatThrownBy(() -> find(endless(frame))).hasMessage("the layer unpacks to more than 1024 MiB");
    }

    private static Optional<String> find(byte[] layer) throws IOException {
        return find(new ByteArrayInputStream(layer));
    }

    private static Optional<String> find(InputStream layer) throws IOException {
        return LayerFiles.find(
                layer, PATH, new UnpackLimit(), file -> new String(file.readAllBytes(), StandardCharsets.UTF_8));
    }

    private static Tar noise() {
        byte[] noise = new byte[10_000];
        new Random(7).nextBytes(noise);
        return tar().file("noise", noise);
    }

    /** A tar of the file and another one, as {@code tar --format=ustar} and {@code zstd -19 --check} write it. */
    private static byte[] byProgram() {
        return Base64.getDecoder()
                .decode(
                        """
                KLUv/WQAJ1UEAKIGFhiAbQ4k/m55NsaYILRwxNnE2oavJgnpVwaTcvyOyBl2hwIMpbzWKIktwdigCp+895d3cIZdE2
                CEX9pjFxzynXdGGZ+nVbM5QihTgdxiraWpuWxYmruFJgcRIDAvLiw2om56MMgrtY2pBDsiH9D0QNXDVcUkRRnYkBhx
                YPj/mXgrEDAowH7KbSK/3jM="""
                                .replace("\n", ""));
    }

    private static byte[] damaged(byte[] zipped) {
        Arrays.fill(zipped, 4000, 4400, (byte) 0x55);
        return zipped;
    }

    private static byte[] sized(String size) {
        return tar().entry('0', PATH, bytes(size), new byte[0]).end().plain();
    }

    private static byte[] base256(long size) {
        byte[] field = new byte[12];
        for (int i = 11; i > 3; i--) {
            field[i] = (byte) (size >> 8 * (11 - i));
        }
        field[0] |= (byte) 0x80;
        return field;
    }

    private static byte[] negative() {
        byte[] field = new byte[12];
        Arrays.fill(field, (byte) 0xff);
        return field;
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static InputStream endless(byte[] part) {
        return new SequenceInputStream(Collections.enumeration(Collections.nCopies(200_000, part).stream()
                .<InputStream>map(ByteArrayInputStream::new)
                .toList()));
    }

    /** Gives one byte at a time and never says how many there are, as a stream from a network may. */
    private static final class Trickle extends FilterInputStream {
        Trickle(byte[] bytes) {
            super(new ByteArrayInputStream(bytes));
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            return super.read(into, from, Math.min(1, length));
        }

        @Override
        public int available() {
            return 0;
        }
    }
}
