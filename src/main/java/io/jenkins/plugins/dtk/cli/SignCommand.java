package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.kmod.ModuleSigner;
import io.jenkins.plugins.dtk.text.Quote;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Signs modules by a command of the user's, for keys that are in an HSM or a signing service. The module's path is its
 * last argument, and it signs that file in place, as the kernel's sign-file does. Secrets reach it by the environment or
 * by files, as the user has them: nothing is added to its arguments but the path.
 */
final class SignCommand implements ModuleSigner {

    private static final int MOST_OUTPUT = 64 << 10;
    private static final int MOST_BYTES = 512 << 20;
    private static final int MOST_MINUTES = 10;

    private final String command;
    private final Optional<X509Certificate> certificate;

    SignCommand(String command, Optional<X509Certificate> certificate) {
        this.command = command;
        this.certificate = certificate;
    }

    @Override
    public Optional<X509Certificate> certificate() {
        return certificate;
    }

    @Override
    public byte[] sign(byte[] module) throws IOException, InterruptedException {
        Path file = Files.createTempFile("dtk-sign", ".ko");
        Path log = Files.createTempFile("dtk-sign", ".log");
        try {
            Files.write(file, module);
            run(file, log);
            try (InputStream signed = Files.newInputStream(file)) {
                return signed.readNBytes(MOST_BYTES);
            }
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(log);
        }
    }

    /** What it says goes to a file, because a child that it leaves behind could keep a pipe open. */
    private void run(Path file, Path log) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", command + " \"$1\"", "sh", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(new File("/dev/null"))
                .start();
        try {
            if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
                throw new IOException("the command that signs did not end in " + MOST_MINUTES + " minutes");
            }
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new IOException(
                    "the command that signs ended with exit code " + process.exitValue() + ": " + said(log));
        }
    }

    private static String said(Path log) throws IOException {
        try (InputStream text = Files.newInputStream(log)) {
            String all = new String(text.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8).strip();
            return Quote.shorten(all.substring(all.lastIndexOf('\n') + 1));
        }
    }
}
