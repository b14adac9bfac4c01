package io.jenkins.plugins.dtk.jenkins;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The folder in which what releases ship is remembered. */
final class CacheFolder {

    private static final long MIB = 1 << 20;

    private CacheFolder() {}

    /**
     * Reads a folder as an administrator writes it.
     *
     * @throws IllegalArgumentException when it is not absolute; one line
     */
    static Path parse(String text) {
        Path folder;
        try {
            folder = Path.of(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a folder: '" + text + "'", e);
        }
        if (!folder.isAbsolute()) {
            throw new IllegalArgumentException("not an absolute path: '" + text + "'");
        }
        return folder;
    }

    /** Where it is and how large, for people. */
    static String describe(Path folder) {
        if (!Files.isDirectory(folder)) {
            return folder + ": nothing is cached yet";
        }
        try (Stream<Path> files = Files.walk(folder)) {
            long bytes = files.filter(Files::isRegularFile)
                    .mapToLong(CacheFolder::size)
                    .sum();
            return folder + ": " + (bytes < MIB ? bytes / 1024 + " KiB" : bytes / MIB + " MiB");
        } catch (IOException | UncheckedIOException e) {
            return folder + ": its size is unknown";
        }
    }

    /** A file may vanish meanwhile. */
    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
