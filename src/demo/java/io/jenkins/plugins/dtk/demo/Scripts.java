package io.jenkins.plugins.dtk.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the scripts that fetch what the demo is made of and does not bring along. */
final class Scripts {

    private static final List<String> ALL = List.of("fetch-busybox.sh", "fetch-debs.sh", "fetch-toolkits.sh");
    private static final int LIMIT_SECONDS = 300;
    private static final int LAST_SECONDS = 10;

    private Scripts() {}

    /**
     * Runs one to its end. When this thread is interrupted, it is ended with all that it started.
     *
     * @throws IOException when it fails, or takes longer than five minutes; one line
     */
    static void run(String name, String... arguments) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("dtk-scripts-");
        try {
            for (String script : ALL) {
                Files.write(folder.resolve(script), Resources.bytes(script));
            }
            List<String> command =
                    new ArrayList<>(List.of("sh", folder.resolve(name).toString()));
            command.addAll(Arrays.asList(arguments));
            run(name, command, folder.resolve("log"));
        } finally {
            remove(folder);
        }
    }

    private static void run(String name, List<String> command, Path log) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = false;
        try {
            ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        } finally {
            if (!ended) {
                end(process);
            }
        }
        if (!ended) {
            throw new IOException(name + " took longer than " + LIMIT_SECONDS + " s");
        }
        if (process.exitValue() != 0) {
            List<String> said =
                    Files.readString(log, StandardCharsets.UTF_8).lines().toList();
            throw new IOException(said.isEmpty() ? name + " failed" : said.get(said.size() - 1));
        }
    }

    /** It removes its own files once what it waits for has ended. */
    private static void end(Process process) {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroy();
        started.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(LAST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Removes a folder with all that is in it; nothing happens when there is none. */
    static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
