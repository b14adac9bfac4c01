package io.jenkins.plugins.dtk.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The static busybox programs of both architectures, which the stand-in base images are made of. */
public final class Busybox {

    private static final String SCRIPT = "fetch-busybox.sh";
    private static final int LIMIT_SECONDS = 300;

    private Busybox() {}

    /** Whether both are in a folder. */
    public static boolean isIn(Path folder) {
        return List.of("busybox-x86_64", "busybox-aarch64").stream()
                .allMatch(name -> Files.isExecutable(folder.resolve(name)));
    }

    /**
     * Brings those that are not in a folder from Debian's mirrors, and returns the folder.
     *
     * @throws IOException when that fails; one line
     */
    public static Path fetch(Path folder) throws IOException, InterruptedException {
        if (!isIn(folder)) {
            Path script = Files.createTempFile("dtk", SCRIPT);
            Path log = Files.createTempFile("dtk", ".log");
            try (InputStream text = Busybox.class.getResourceAsStream(SCRIPT)) {
                Files.write(script, text.readAllBytes());
                run(List.of("sh", script.toString(), folder.toString()), log);
            } finally {
                Files.delete(script);
                Files.delete(log);
            }
        }
        return folder;
    }

    private static void run(List<String> command, Path log) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("fetching busybox took longer than " + LIMIT_SECONDS + " s");
            }
        } finally {
            process.destroy();
        }
        if (process.exitValue() != 0) {
            List<String> said =
                    Files.readString(log, StandardCharsets.UTF_8).lines().toList();
            throw new IOException(said.isEmpty() ? "busybox could not be fetched" : said.get(said.size() - 1));
        }
    }
}
