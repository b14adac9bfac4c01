package io.jenkins.plugins.dtk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.demo.DockerRegistry;
import io.jenkins.plugins.dtk.plan.AgentScript;
import io.jenkins.plugins.dtk.testing.Parts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("dtk doctor")
class DoctorCommandTest {

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void nothingFromOutside() throws IOException {
        Parts.need("curl");
        // A real curl answers for the subscription service, which is on no test machine.
        program("curl", "printf 200");
        environment.put("DTK_RHSM_URL", "https://rhsm.example.com/subscription");
    }

    /** A program that comes first on the PATH. */
    private void program(String name, String text) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + text + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        environment.put("PATH", bin + ":" + System.getenv("PATH"));
    }

    private Dtk doctor() throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", AgentScript.doctor()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Dtk(process.waitFor(), out, "");
    }

    @Test
    @DisplayName("says of a machine with a builder that it can build, after a real build")
    void healthy() throws Exception {
        Parts.need("podman");
        environment.put("DTK_BUILDER", "podman");
        Dtk dtk = doctor();
        assertThat(dtk.out())
                .containsPattern("ok +builder +podman \\d+\\.\\d+\n")
                .contains("an image of one file was built and removed")
                .endsWith("dtk: this machine can build images\n");
        assertThat(dtk.exit()).isZero();
    }

    @Test
    @DisplayName("logs in at the registry as a push does, and names a wrong password")
    void login() throws Exception {
        Parts.need("podman");
        environment.put("DTK_BUILDER", "podman");
        try (DockerRegistry registry =
                DockerRegistry.with().login("pusher", "Pa55-of-the-pusher").start()) {
            environment.put("DTK_IMAGE", registry.address() + "/acme/dtk");
            environment.put("DTK_REGISTRY_USER", "pusher");
            environment.put("DTK_REGISTRY_PASSWORD", "Pa55-of-the-pusher");
            Dtk right = doctor();
            // A registry on loopback speaks plain http, which podman refuses without the agent's permission.
            assertThat(right.out())
                    .containsPattern("(ok +registry +127\\.0\\.0\\.1:\\d+ takes the login of pusher|speaks plain http)")
                    .doesNotContain("Pa55-of-the-pusher");
            environment.put("DTK_REGISTRY_PASSWORD", "hunter2");
            assertThat(doctor().out())
                    .containsPattern("wrong +registry")
                    .doesNotContain("hunter2", "this machine can build images");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    an old builder           | podman   | echo podman version 3.4.1       | wrong +builder +podman 3\\.4 is too old: 4\\.0 or later
                    a builder that is broken | podman   | echo cannot load libc >&2; exit 1 | wrong +builder +podman does not start: cannot load libc
                    an unknown builder       | kaniko   | exit 0                          | wrong +builder +DTK_BUILDER is 'kaniko'
                    docker without buildx    | docker   | case $1 in --version) echo Docker version 24.0.7;; *) exit 1;; esac | wrong +buildx +docker has no buildx
                    docker without a daemon  | docker   | case $1 in --version) echo Docker version 24.0.7;; buildx) ;; *) echo cannot connect; exit 1;; esac | wrong +daemon +docker's daemon does not answer: cannot connect
                    storage that copies      | podman   | case $1 in --version) echo podman version 4.3.1;; info) echo '  graphDriverName: vfs'; echo '  graphRoot: /tmp';; esac | wrong +storage +the driver vfs copies each layer
                    """)
    @DisplayName("says what is wrong with a builder")
    void wrongBuilder(String name, String builder, String program, String line) throws Exception {
        program(builder, program);
        environment.put("DTK_BUILDER", builder);
        Dtk dtk = doctor();
        assertThat(dtk.out()).containsPattern(line);
        assertThat(dtk.exit()).isEqualTo(1);
    }

    @Test
    @DisplayName("says what could not be checked, which is neither right nor wrong")
    void unknown() throws Exception {
        Parts.need("buildah");
        environment.put("DTK_BUILDER", "buildah");
        program("df", "exit 1");
        Dtk dtk = doctor();
        assertThat(dtk.out()).containsPattern("unknown +disk").contains("dtk: nothing wrong, 2 not checked");
        assertThat(dtk.exit()).isEqualTo(3);
    }

    @Test
    @DisplayName("is a command with options for what is to be built, and for where")
    void command() {
        assertThat(Dtk.run("doctor", "--arch", "x86_64,riscv64").err())
                .contains("--arch: unknown architecture 'riscv64'");
        assertThat(Dtk.run("doctor", "--image", "quay.io/acme/dtk:1").err()).contains("--image: 'quay.io/acme/dtk:1'");
        assertThat(Dtk.run("doctor", "--builder", "kaniko").err()).contains("--builder: 'kaniko' is none of");
        Dtk dtk = Dtk.run("doctor", "--rhsm-url", "https://127.0.0.1:1/rhsm", "--image", "127.0.0.1:1/acme/dtk");
        assertThat(dtk.exit()).isEqualTo(1);
        assertThat(dtk.out())
                .containsPattern("wrong +registry +127\\.0\\.0\\.1:1: .*connect")
                .contains("https://127.0.0.1:1/rhsm");
    }
}
