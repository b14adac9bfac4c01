package io.jenkins.plugins.dtk.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Runs other people's programs, to read what we wrote. */
final class Shell {

    private Shell() {}

    /** What the command printed; fails with what it complained of when it did not succeed. */
    static byte[] bytes(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        byte[] output = process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + " ended with status " + process.exitValue());
        }
        return output;
    }

    static String text(String... command) throws IOException, InterruptedException {
        return new String(bytes(command), StandardCharsets.UTF_8).strip();
    }
}
