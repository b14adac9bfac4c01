package io.jenkins.plugins.dtk.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.testing.Parts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shell scripts are clean in the eyes of shellcheck, and none echoes its commands. */
class ShellScriptsTest {

    private static final List<Path> FOLDERS = List.of(
            Path.of("resources"),
            Path.of("src/demo/resources/io/jenkins/plugins/dtk/demo/standin"),
            Path.of("src/demo/sh"),
            Path.of("src/test/sh"));

    static List<Path> scripts() throws Exception {
        return FOLDERS.stream()
                .flatMap(ShellScriptsTest::list)
                .filter(file -> file.toString().endsWith(".sh")
                        || !file.getFileName().toString().contains("."))
                .filter(file -> !file.endsWith("Containerfile"))
                .toList();
    }

    private static Stream<Path> list(Path folder) {
        try {
            return Files.list(folder);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void shellcheckHasNothingToSay(Path script) throws Exception {
        assertThat(shellcheck(script)).isEmpty();
    }

    @Test
    void shellcheckHasNothingToSayOfTheWholeAgentScript(@TempDir Path folder) throws Exception {
        assertThat(shellcheck(Files.writeString(folder.resolve("agent.sh"), AgentScript.text())))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void noScriptEchoesItsCommands(Path script) throws Exception {
        assertThat(Files.readString(script)).doesNotContainPattern("set -[a-z]*x");
    }

    private static String shellcheck(Path script) throws Exception {
        Parts.need("shellcheck");
        Process shellcheck = new ProcessBuilder(
                        "shellcheck", "--external-sources", "--shell=sh", "--format=gcc", script.toString())
                .redirectErrorStream(true)
                .start();
        String findings = new String(shellcheck.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return shellcheck.waitFor() == 0 ? "" : findings;
    }
}
