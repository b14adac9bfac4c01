package io.jenkins.plugins.dtk.plan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** Looks over and over at the arguments of all processes on this machine, for such that hold a secret. */
final class ProcessList implements AutoCloseable {

    private final List<String> secrets;
    private final Set<String> showing = new ConcurrentSkipListSet<>();
    private final Thread looking = new Thread(this::look, "look at processes");
    private volatile boolean closed;

    ProcessList(List<String> secrets) {
        this.secrets = secrets;
        looking.start();
    }

    private void look() {
        while (!closed) {
            try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
                for (Path process : processes) {
                    String arguments = arguments(process);
                    if (secrets.stream().anyMatch(arguments::contains)) {
                        showing.add(arguments);
                    }
                }
                Thread.sleep(5); // What is looked at needs the processors too.
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static String arguments(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException e) {
            return ""; // It has ended.
        }
    }

    /** The command lines with a secret that were seen so far. */
    List<String> showing() {
        return List.copyOf(showing);
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        looking.join();
    }
}
