package io.jenkins.plugins.dtk.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.testing.Parts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The world that the benchmark serves")
class ServedWorldTest {

    /** One release of each minor version from 4.12 to 4.22, for two architectures. */
    private static final int PAYLOADS = 22;

    @TempDir
    private Path folder;

    @BeforeEach
    void parts() {
        Parts.need("docker-registry", "skopeo", "curl", "jq");
    }

    @Test
    @DisplayName("has the kernels that it says, as the shell loop of the benchmark finds too")
    void kernels() throws Exception {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServedWorld.class.getName(),
                        folder.toString(),
                        Integer.toString(PAYLOADS))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            Properties site = site(server);
            List<String> payloads = shellLoop(site, "list", "");
            assertThat(payloads).hasSize(PAYLOADS).doesNotHaveDuplicates();

            List<String> found = shellLoop(site, "loop", String.join("\n", payloads) + "\n");
            assertThat(new TreeSet<>(found)).containsExactlyElementsOf(Files.readAllLines(folder.resolve("kernels")));
        } finally {
            server.getOutputStream().close();
            assertThat(server.waitFor()).isZero();
        }
    }

    private Properties site(Process server) throws IOException, InterruptedException {
        Path file = folder.resolve("site");
        while (!Files.exists(file)) {
            assertThat(server.isAlive()).as("the server runs").isTrue();
            Thread.sleep(50);
        }
        Properties site = new Properties();
        try (var text = Files.newBufferedReader(file)) {
            site.load(text);
        }
        return site;
    }

    private static List<String> shellLoop(Properties site, String command, String input)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("bench/shell-loop", command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("REGISTRY", site.getProperty("registry"));
        builder.environment().put("GRAPH", site.getProperty("graph"));
        Process process = builder.start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output.lines().toList();
    }
}
