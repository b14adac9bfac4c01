package io.jenkins.plugins.dtk.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Why a builder failed, from what it printed. The folder of outputs was recorded from real runs of these versions against
 * servers on 127.0.0.1 that answer as the file's name says.
 */
class BuilderReasonsTest {

    private static final Path OUTPUTS = Path.of("src/test/resources/builder-output");

    private static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry("unauthorized", "the registry refused the login: "),
            Map.entry("denied", "the registry refused the login: "),
            Map.entry("manifest-unknown", "it is not there: "),
            Map.entry("name-unknown", "it is not there: "),
            Map.entry("no-base", "it is not there: "),
            Map.entry("rate-limit", "the registry's limit of requests is reached: "),
            Map.entry("unavailable", "the registry did not answer properly: "),
            Map.entry("bad-gateway", "the registry did not answer properly: "),
            Map.entry("server-error", "the registry did not answer properly: "),
            Map.entry("hangs-up", "the registry did not answer properly: "),
            Map.entry("refused", "the registry did not answer properly: "),
            Map.entry("no-host", "the registry did not answer properly: "),
            Map.entry("plain-http", "the registry speaks plain HTTP: "),
            Map.entry("unknown-ca", "the registry's certificate is not trusted on this agent: "),
            Map.entry("other-name", "the registry's certificate is for another name: "),
            Map.entry("too-large", "the registry, or a proxy before it, takes no layers of this size: "),
            Map.entry("expired", "the registry's certificate has expired, or the clock of this agent is wrong "),
            Map.entry("immutable", "the registry does not let this tag be written again: its tags are immutable; "),
            Map.entry("no-platform", "it is not there for linux/amd64 "),
            Map.entry("exec-format", "this agent cannot run linux/amd64: "),
            Map.entry("no-space", "the disk is full: "),
            Map.entry("says-why", "kernel X is in none of: a b"),
            Map.entry("exits", "Error: the build's command failed, "),
            Map.entry("killed", "Error: the build's command failed, "));

    @TempDir
    private Path folder;

    static Stream<Arguments> recorded() throws Exception {
        try (Stream<Path> files = Files.walk(OUTPUTS)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream()
                    .map(file -> Arguments.of(
                            file.getParent().getFileName().toString(),
                            file.getFileName().toString().replace(".txt", ""),
                            file));
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("recorded")
    @DisplayName("each recorded failure has its own reason")
    void recordedReason(String program, String failure, Path output) throws Exception {
        assertThat(explain(Files.readString(output), Map.of()))
                .startsWith(REASONS.get(failure.replaceFirst("^(build|pull|push)-", "")));
    }

    @ParameterizedTest(name = "an image named {0}")
    @CsvSource({
        "quay.io/denied/x509-certificate",
        "quay.io/acme/unauthorized",
        "unauthorized.lab/acme/dtk",
        "toomanyrequests.lab:5000/no-space-left/manifest-unknown"
    })
    @DisplayName("no name of ours is taken for a reason")
    void ownNames(String image) throws Exception {
        String output =
                """
                STEP 8/9: RUN --mount=type=secret,id=RHSM_CERTIFICATE sh /tmp/dtk/dtk-install.sh install "${DTK_BUILD}"
                Error: pushing image "localhost/dtk-1" to "docker://%1$s:4.18.0-413.el8": something odd in %1$s
                """
                        .formatted(image);

        assertThat(explain(output, Map.of("DTK_IMAGE", image, "DTK_TAG", "4.18.0-413.el8")))
                .startsWith("Error: pushing image ");
    }

    @Test
    @DisplayName("a program that printed nothing")
    void nothing() throws Exception {
        assertThat(explain("", Map.of())).isEqualTo("podman printed nothing");
    }

    private String explain(String output, Map<String, String> changes) throws Exception {
        Files.writeString(folder.resolve("x.log"), output);
        String script = "set -u; builder=podman private=$1 folder=$1; . resources/dtk-reasons.sh; explain x";
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", script, "sh", folder.toString());
        shell.environment()
                .putAll(Map.of(
                        "DTK_PLATFORM", "linux/amd64",
                        "DTK_IMAGE", "registry.lab/acme/dtk",
                        "DTK_BASE_IMAGE", "registry.lab/ubi8/ubi:8.4",
                        "DTK_TAG", "4.18.0-305.40.1.el8_4.x86_64",
                        "DTK_KERNEL", "4.18.0-305.40.1.el8_4"));
        shell.environment().putAll(changes);
        Process process = shell.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.strip();
    }
}
