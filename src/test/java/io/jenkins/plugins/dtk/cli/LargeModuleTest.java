package io.jenkins.plugins.dtk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A Module of dtk export --format kmm")
class LargeModuleTest {

    /** As the file of many kernels has them. */
    private static Map<String, Object> module(int kernels) {
        List<Map<String, String>> mappings = IntStream.range(0, kernels)
                .mapToObj(i -> Map.of(
                        "literal", "5.14.0-427." + (1000 + i) + ".1.el9_4.x86_64",
                        "containerImage", "quay.io/acme/driver-toolkit@sha256:" + "a".repeat(64)))
                .toList();
        return Map.of("kind", "Module", "spec", Map.of("kernelMappings", mappings));
    }

    @ParameterizedTest(name = "{0} kernels: {1}")
    @DisplayName(
            "that is larger than 'oc apply' takes (apache/solr-operator#732) is written with a warning of what to do")
    @CsvSource({"1000, false", "2500, true"})
    void warning(int kernels, boolean warned) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(OutputStream.nullOutputStream()),
                new PrintStream(said, true, StandardCharsets.UTF_8),
                false);
        String yaml;
        try (TerminalProgress progress = new TerminalProgress(terminal)) {
            yaml = ExportCommand.kmm(module(kernels), progress);
        }
        assertThat(yaml.lines().filter(line -> line.contains("literal: "))).hasSize(kernels);
        String text = said.toString(StandardCharsets.UTF_8);
        if (warned) {
            assertThat(text.lines()).hasSize(1);
            assertThat(text)
                    .contains("more than the 262144 that", "use 'oc apply --server-side', or name fewer releases");
        } else {
            assertThat(text).isEmpty();
        }
    }
}
