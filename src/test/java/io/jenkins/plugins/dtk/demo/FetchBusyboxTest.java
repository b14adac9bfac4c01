package io.jenkins.plugins.dtk.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.testing.Parts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that fetches busybox, with an apt-get of our own: no test downloads anything. */
class FetchBusyboxTest {

    private static final String SCRIPT = "src/demo/sh/fetch-busybox.sh";

    @TempDir
    private Path folder;

    @BeforeEach
    void parts() {
        Parts.need("sh");
    }

    @Test
    void aFilledFolderIsLeftAlone() throws Exception {
        Files.writeString(folder.resolve("busybox-x86_64"), "x");
        Files.writeString(folder.resolve("busybox-aarch64"), "a");
        assertThat(run("exit 1")).isEqualTo("0: ");
        assertThat(folder.resolve("busybox-x86_64")).hasContent("x");
        assertThat(folder.resolve("busybox-aarch64")).hasContent("a");
    }

    @Test
    void aFailedDownloadIsToldInOneLineAndLeavesNothing() throws Exception {
        assertThat(run("echo E: Temporary failure resolving; exit 100"))
                .isEqualTo("1: fetch-busybox: cannot download busybox-static of amd64: E: Temporary failure resolving");
        assertThat(folder.resolve("busybox-x86_64")).doesNotExist();
    }

    @Test
    void onlyTheMissingOneIsFetched() throws Exception {
        Files.writeString(folder.resolve("busybox-x86_64"), "x");
        assertThat(run("echo \"$*\" | grep -q APT::Architecture=arm64 || exit 9; echo no; exit 1"))
                .isEqualTo("1: fetch-busybox: cannot download busybox-static of arm64: no");
    }

    @Test
    void shellcheckFindsNothing() throws Exception {
        Parts.need("shellcheck");
        assertThat(Shell.text("shellcheck", SCRIPT)).isEmpty();
    }

    /** Runs the script with an apt-get that does this; returns its status and what it printed. */
    private String run(String aptGet) throws IOException, InterruptedException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path program = Files.writeString(bin.resolve("apt-get"), "#!/bin/sh\n" + aptGet + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        ProcessBuilder builder = new ProcessBuilder("sh", SCRIPT, folder.toString()).redirectErrorStream(true);
        builder.environment().merge("PATH", bin.toString(), (path, own) -> own + ":" + path);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return process.waitFor() + ": " + output;
    }
}
