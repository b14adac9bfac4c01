package io.jenkins.plugins.dtk.kmod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.testing.ForeignModule;
import io.jenkins.plugins.dtk.testing.Parts;
import io.jenkins.plugins.dtk.testing.Tar;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A file that is no module, or a damaged one,")
class HostileModulesTest {

    private static final String MARK = "~Module signature appended~\n";

    @TempDir
    static Path work;

    private static byte[] module;

    @BeforeAll
    static void compile() throws IOException, InterruptedException {
        Parts.need("gcc");
        module = Files.readAllBytes(ForeignModule.compile(work, "gcc", "5.14.0-427.61.1.el9_4.x86_64", "_printk", 7));
    }

    private static KernelModule read(byte[] file) throws IOException {
        return KernelModule.read("opt/acme.ko", new ByteArrayInputStream(file));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] joined(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }

    private static byte[] with(int at, long value, int bytes) {
        byte[] changed = module.clone();
        ByteBuffer file = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes == 8) {
            file.putLong(at, value);
        } else {
            file.putShort(at, (short) value);
        }
        return changed;
    }

    static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of("an empty file", new byte[0], "it is no ELF file"),
                Arguments.of("text", ascii("#!/bin/sh\n".repeat(50)), "it is no ELF file"),
                Arguments.of("gzipped text", Tar.gzip(ascii("text")), "it is no ELF file"),
                Arguments.of("half a gzip", Arrays.copyOf(Tar.gzip(ascii("text".repeat(999))), 30), "Unexpected end"),
                Arguments.of("half a zstd", Arrays.copyOf(Tar.zstd(ascii("text".repeat(999))), 12), "opt/acme.ko: "),
                Arguments.of("a program", with(16, 2, 2), "no object file as modules are"),
                Arguments.of("its first half", Arrays.copyOf(module, module.length / 2), "outside of the file"),
                Arguments.of("headers far outside", with(40, Long.MAX_VALUE, 8), "outside of the file"),
                Arguments.of("headers before its start", with(40, -64, 8), "outside of the file"),
                Arguments.of("too many sections", with(60, 0xfff0, 2), "outside of the file"),
                Arguments.of("sections without size", with(58, 0, 2), "ELF header is damaged"),
                Arguments.of("names in no section", with(62, 0xff00, 2), "have no names"),
                Arguments.of(
                        "a signature longer than itself",
                        joined(module, new byte[] {0, 0, 2, 0, 0, 0, 0, 0, 0x7f, 0, 0, 0}, ascii(MARK)),
                        "signature is damaged"),
                Arguments.of(
                        "a signature of zeros",
                        joined(module, new byte[64], new byte[] {0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 64}, ascii(MARK)),
                        "signature is damaged"),
                Arguments.of(
                        "a signature of another kind",
                        joined(module, new byte[64], new byte[] {0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 64}, ascii(MARK)),
                        "another kind than PKCS#7"));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("is reported in one line that names it")
    @MethodSource("files")
    void reported(String what, byte[] file, String reason) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("opt/acme.ko: ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("\n");
    }

    @Test
    @DisplayName("is never anything else than a module or a report, whatever bytes are changed")
    void anyBytes() {
        Random random = new Random(20260);
        for (int run = 0; run < Integer.getInteger("dtk.random.runs", 10_000) / 5; run++) {
            byte[] changed = Arrays.copyOf(module, run % 3 == 0 ? random.nextInt(module.length) : module.length);
            for (int i = 0; i < random.nextInt(8) && changed.length > 0; i++) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            assertThatCode(() -> {
                        try {
                            read(changed);
                        } catch (Failure e) {
                            assertThat(e.getMessage()).startsWith("opt/acme.ko: ");
                        }
                    })
                    .doesNotThrowAnyException();
        }
    }

    @Test
    @DisplayName("that unpacks without end is not unpacked to its end")
    void bomb() {
        byte[] zeros = Tar.gzip(new byte[32 << 20]);
        InputStream bomb = new SequenceInputStream(
                java.util.Collections.enumeration(java.util.Collections.nCopies(9, zeros).stream()
                        .map(ByteArrayInputStream::new)
                        .toList()));

        assertThatThrownBy(() -> KernelModule.read("opt/acme.ko.gz", bomb))
                .isInstanceOf(Failure.class)
                .hasMessage("opt/acme.ko.gz: it is larger than 256 MiB");
    }

    static Stream<Arguments> tables() {
        return Stream.of(
                Arguments.of("an empty file", new byte[0], "it is empty"),
                Arguments.of("text", ascii("hello\n"), "line 1 is not a checksum, a symbol and a module"),
                Arguments.of(
                        "a broken line",
                        ascii("0x0000000a\tprintk\tvmlinux\tEXPORT_SYMBOL\n0x12\n"),
                        "line 2 is not a checksum"),
                Arguments.of("a checksum that is no number", ascii("0xzz\ta\tvmlinux\t\n"), "is no Module.symvers"),
                Arguments.of("a damaged gzip", Arrays.copyOf(Tar.gzip(ascii("0x1\ta\tb\n")), 15), "Unexpected end"));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("given as a table of symbols, is reported in one line")
    @MethodSource("tables")
    void table(String what, byte[] file, String reason) {
        assertThatThrownBy(() -> Symvers.read("ofed.symvers", new ByteArrayInputStream(file)))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("ofed.symvers is no Module.symvers: ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("\n");
    }
}
