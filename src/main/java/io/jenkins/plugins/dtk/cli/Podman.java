package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.text.Quote;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs podman on this machine. A run that is interrupted is ended. */
final class Podman {

    private static final int MOST_OUTPUT = 1 << 20;

    private final Map<String, String> environment;

    /** @param environment what podman gets in addition to this program's own */
    Podman(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Reads what a program writes. */
    @FunctionalInterface
    interface Reader<T> {
        T of(InputStream output) throws IOException, InterruptedException;
    }

    /** Runs podman; all it says is appended to the log. Returns its exit code. */
    int logged(Path log, List<String> arguments) throws Failure, InterruptedException {
        Process process = start(new ProcessBuilder(command(arguments))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
        return ended(process);
    }

    /** What podman writes to its standard output, at most 1 MiB. */
    String said(String... arguments) throws Failure, InterruptedException {
        return reading(output -> new String(output.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8).strip(), arguments);
    }

    /** Reads what podman writes to its standard output; a run that fails is a failure. */
    <T> T reading(Reader<T> reader, String... arguments) throws Failure, InterruptedException {
        Process process =
                start(new ProcessBuilder(command(List.of(arguments))).redirectError(ProcessBuilder.Redirect.DISCARD));
        try (InputStream output = process.getInputStream()) {
            T read = reader.of(output);
            output.transferTo(java.io.OutputStream.nullOutputStream());
            int exit = ended(process);
            if (exit != 0) {
                throw new Failure(Failure.Kind.LOCAL, "podman " + arguments[0] + " ended with exit code " + exit);
            }
            return read;
        } catch (Failure e) {
            throw e;
        } catch (IOException e) {
            throw new Failure(Failure.Kind.LOCAL, Quote.shorten(String.valueOf(e.getMessage())), e);
        } finally {
            process.destroy();
        }
    }

    /** Reads what a container of an image would see. Nothing of it is run: it may be for another architecture. */
    <T> T exporting(String image, Reader<T> reader) throws Failure, InterruptedException {
        String container = said("create", image, "/none");
        try {
            return reading(reader, "export", container);
        } finally {
            said("rm", "--force", container);
        }
    }

    private static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("podman"));
        command.addAll(arguments);
        return command;
    }

    private Process start(ProcessBuilder builder) throws Failure {
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new Failure(Failure.Kind.LOCAL, "podman cannot be run: " + Quote.shorten(e.getMessage()), e)
                    .advising("install it");
        }
    }

    private static int ended(Process process) throws InterruptedException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            throw e;
        }
    }
}
