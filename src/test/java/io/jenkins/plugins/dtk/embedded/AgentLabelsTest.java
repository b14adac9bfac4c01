package io.jenkins.plugins.dtk.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentLabelsTest {

    @TempDir
    Path bin;

    @TempDir
    Path binfmt;

    @BeforeEach
    void aMachineWithPodmanAndQemuForArm() throws IOException {
        program("podman", "rwxr-xr-x");
        program("docker", "rw-r--r--");
        handler("aarch64", "enabled", "PF");
    }

    @Test
    void theAgentHasItsToolsItsOwnArchitectureAndTheEmulatedOnes() {
        assertThat(AgentLabels.of("/nowhere:" + bin, "amd64", binfmt))
                .containsExactlyInAnyOrder("x86_64", "aarch64", "podman");
    }

    @Test
    void anEmulatorThatIsSwitchedOffGivesNoLabel() throws IOException {
        handler("aarch64", "disabled", "PF");
        assertThat(AgentLabels.of(bin.toString(), "amd64", binfmt)).doesNotContain("aarch64");
    }

    @Test
    void anEmulatorThatDoesNotWorkInContainersGivesNoLabel() throws IOException {
        handler("aarch64", "enabled", "P");
        assertThat(AgentLabels.of(bin.toString(), "amd64", binfmt)).doesNotContain("aarch64");
    }

    @Test
    void aMachineWithoutBinfmtHasItsOwnArchitectureAlone() {
        assertThat(AgentLabels.of("", "aarch64", Path.of("/nowhere"))).containsExactly("aarch64");
    }

    private void program(String name, String permissions) throws IOException {
        Files.setPosixFilePermissions(
                Files.createFile(bin.resolve(name)), PosixFilePermissions.fromString(permissions));
    }

    private void handler(String architecture, String state, String flags) throws IOException {
        Files.writeString(
                binfmt.resolve("qemu-" + architecture),
                state + "\ninterpreter /usr/libexec/qemu-binfmt/" + architecture + "\nflags: " + flags
                        + "\noffset 0\n");
    }
}
