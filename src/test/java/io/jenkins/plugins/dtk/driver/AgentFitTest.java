package io.jenkins.plugins.dtk.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.kmod.SigningKey;
import io.jenkins.plugins.dtk.release.ImageTree;
import io.jenkins.plugins.dtk.testing.Commands;
import io.jenkins.plugins.dtk.testing.ForeignModule;
import io.jenkins.plugins.dtk.testing.Parts;
import io.jenkins.plugins.dtk.testing.SigningPair;
import io.jenkins.plugins.dtk.testing.Tar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("An image that a build on an agent has made")
class AgentFitTest {

    private static final String KERNEL = "5.14.0-427.61.1.el9_4.x86_64";
    private static final String PATH = "opt/lib/modules/" + KERNEL + "/extra/acme_nic.ko";
    private static final String NONE = "does not fit: the image has no module for kernel " + KERNEL;
    private static final byte[] SYMVERS = bytes("0x00000007\t_printk\tvmlinux\tEXPORT_SYMBOL\t\n");

    private static byte[] module;

    @TempDir
    private Path folder;

    @BeforeAll
    static void compile(@TempDir Path work) throws IOException, InterruptedException {
        Parts.need("gcc");
        module = Files.readAllBytes(ForeignModule.compile(work, "gcc", KERNEL, "_printk", 7));
    }

    @BeforeEach
    void asked() throws IOException {
        Files.write(folder.resolve("symvers"), SYMVERS);
        Files.writeString(folder.resolve("mode"), "kernel\n");
        Files.writeString(folder.resolve("config"), "1001|3|{}\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] image() {
        return new Tar().file(PATH, module).end().plain();
    }

    private List<String> answer(byte[] image) throws IOException, InterruptedException {
        return answer(image, Optional.empty());
    }

    private List<String> answer(byte[] image, Optional<ModuleSigning> signing)
            throws IOException, InterruptedException {
        Files.write(folder.resolve("image.tar"), image);
        new AgentFit(folder).answer(KERNEL, signing);
        return Files.readAllLines(folder.resolve("verdict"));
    }

    static Stream<Arguments> images() {
        byte[] none = new byte[0];
        String deep = "a/".repeat(200_000);
        return Stream.of(
                Arguments.of("a good one", image(), "fits"),
                Arguments.of("an empty file", none, NONE),
                Arguments.of("text", bytes("fits\n".repeat(300)), "unknown: "),
                Arguments.of("half an archive", Arrays.copyOf(image(), 1024), "unknown: "),
                Arguments.of(
                        "a file of a petabyte",
                        new Tar()
                                .entry('0', PATH, Tar.octal(1L << 33, 12), none)
                                .plain(),
                        "unknown: "),
                Arguments.of(
                        "a header that never ends",
                        new Tar().entry('L', "x", Tar.octal(1L << 32, 12), none).plain(),
                        "unknown: the layer has a header of more than 1 MiB"),
                Arguments.of(
                        "a very deep path",
                        new Tar()
                                .entry('L', "x", Tar.octal(deep.length(), 12), bytes(deep))
                                .file("x", "y")
                                .end()
                                .plain(),
                        NONE),
                Arguments.of(
                        "text for a module",
                        new Tar().file(PATH, "#!/bin/sh").end().plain(),
                        "unknown: " + PATH),
                Arguments.of(
                        "a link for a module",
                        new Tar().entry('2', PATH, Tar.octal(0, 12), none).end().plain(),
                        NONE),
                Arguments.of(
                        "a path out of the image",
                        new Tar().file("../../" + PATH, module).end().plain(),
                        NONE),
                Arguments.of(
                        "a path out of the image, in two lines",
                        new Tar().file("a\n/../" + PATH, module).end().plain(),
                        NONE),
                Arguments.of(
                        "a path that forges the answer",
                        new Tar().file("a.ko\nfits\nb.ko", "x").end().plain(),
                        "unknown: a.ko fits b.ko: "));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("gets an answer whose first line is the verdict, whatever it holds")
    @MethodSource("images")
    void verdict(String what, byte[] image, String expected) throws IOException, InterruptedException {
        List<String> lines = answer(image);

        assertThat(lines.get(0)).startsWith(expected);
        assertThat(lines.subList(1, lines.size())).allMatch(line -> line.startsWith("warning: "));
    }

    @Test
    @DisplayName("gets an answer whatever its bytes are, because a build without one waits for ever")
    void anyBytes() throws IOException, InterruptedException {
        Random random = new Random(20261);
        for (int run = 0; run < Integer.getInteger("dtk.random.runs", 10_000) / 20; run++) {
            byte[] changed = image();
            for (int i = 0; i < 1 + random.nextInt(8); i++) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            assertThat(answer(changed).get(0)).matches("fits|does not fit: .*|unknown: .*");
        }
    }

    /** What an agent does, in a process that may have little memory. */
    public static final class SmallAgent {
        public static void main(String[] arguments) throws IOException, InterruptedException {
            new AgentFit(Path.of(arguments[0])).answer(KERNEL, Optional.empty());
        }
    }

    @Test
    @DisplayName("gets an answer where the agent has too little memory for a module")
    void littleMemory() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] zeros = new byte[1 << 20];
            for (int mebibytes = 0; mebibytes < 200; mebibytes++) {
                gzip.write(zeros);
            }
        }
        Files.write(
                folder.resolve("image.tar"),
                new Tar().file(PATH + ".gz", packed.toByteArray()).end().plain());

        Commands.run(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                SmallAgent.class.getName(),
                folder.toString());

        assertThat(Files.readAllLines(folder.resolve("verdict")))
                .containsExactly(
                        "unknown: the agent's Java has too little memory to read the modules: give it more (-Xmx)");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("gets an answer also where the files beside it are damaged")
    @MethodSource("files")
    void damaged(String file, byte[] content, String expected) throws IOException, InterruptedException {
        Files.write(folder.resolve(file), content);

        assertThat(answer(image()).get(0)).startsWith(expected);
    }

    static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of("symvers", bytes("hello\n"), "unknown: the table of kernel " + KERNEL),
                Arguments.of("others.1", bytes("hello\n"), "unknown: a file of 'symvers'"),
                Arguments.of("mode", bytes("maybe\n"), "unknown: "),
                Arguments.of("config", bytes("1001|many|{}\n"), "unknown: "),
                Arguments.of("config", new byte[] {(byte) 0xff, 0}, "fits"));
    }

    @Test
    @DisplayName("may hold the kernel's own modules: they take no part in the check, and keep the kernel's signature")
    void wholeKernel(@TempDir Path work) throws IOException, InterruptedException {
        Parts.need("openssl");
        byte[] inTree =
                Files.readAllBytes(ForeignModule.compile(work, "gcc -DIN_TREE", KERNEL, "_not_in_the_table", 9));
        String path = "opt/lib/modules/" + KERNEL + "/kernel/drivers/gpu/amdgpu.ko";
        byte[] ofKernel = new Tar().file(path, inTree).end().plain();
        Files.writeString(folder.resolve("symvers"), "0x00000009\t_not_in_the_table\tvmlinux\tEXPORT_SYMBOL\t\n");
        assertThat(answer(ofKernel, signing(work, "RedHat")).get(0)).isEqualTo("sign");
        byte[] signed = signed(path);
        Files.delete(folder.resolve("signatures"));
        Files.write(folder.resolve("symvers"), SYMVERS);

        byte[] amd = new Tar().file(path, signed).file(PATH, module).end().plain();
        List<String> lines = answer(amd, signing(work, "AcmeDrivers"));

        assertThat(lines).containsExactly("sign");
        assertThat(Files.readAllLines(folder.resolve("signatures")))
                .hasSize(1)
                .first()
                .asString()
                .startsWith(PATH + "\t");
        assertThat(answer(amd).get(0)).isEqualTo("fits");
        assertThat(answer(new Tar().file(path, inTree).file(PATH, module).end().plain())
                        .get(0))
                .as("without the kernel's signature it is the vendor's")
                .startsWith("does not fit: " + path);
    }

    private static Optional<ModuleSigning> signing(Path work, String name) throws IOException, InterruptedException {
        Path key = work.resolve(name + ".pem");
        Path certificate = work.resolve(name + ".crt");
        SigningPair.make(key, certificate, name);
        return Optional.of(new ModuleSigning(
                SigningKey.read(Files.readAllBytes(key), Files.readAllBytes(certificate)), List.of()));
    }

    /** A module in the layer that was made. */
    private byte[] signed(String path) throws IOException {
        List<byte[]> found = new ArrayList<>();
        try (InputStream layer = Files.newInputStream(folder.resolve("signed.tar"))) {
            ImageTree.unpack(layer, new ImageTree.Files() {
                @Override
                public boolean wants(String one) {
                    return one.equals(path);
                }

                @Override
                public void take(String one, InputStream content) throws IOException {
                    found.add(content.readAllBytes());
                }
            });
        }
        return found.get(0);
    }

    @Test
    @DisplayName("gets an answer where it is not there")
    void absent() throws IOException, InterruptedException {
        new AgentFit(folder).answer(KERNEL, Optional.empty());

        assertThat(Files.readAllLines(folder.resolve("verdict")).get(0)).startsWith("unknown: ");
    }
}
