package io.jenkins.plugins.dtk.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A file system in memory that is soon full. Only root may mount one: without that right the test is skipped, loudly. */
public final class SmallDisk implements AutoCloseable {

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts one on an empty folder. */
    public static SmallDisk mount(Path folder, int bytes) throws InterruptedException {
        try {
            Commands.run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", folder.toString());
        } catch (IOException e) {
            String message = "cannot mount a small file system here (needs root): " + e.getMessage();
            System.err.println("SKIPPED, " + message);
            Assumptions.abort(message);
        }
        return new SmallDisk(folder);
    }

    /** Takes all the room that is left. */
    public void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(ballast())) {
            byte[] block = new byte[1024];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            if (folder.toFile().getUsableSpace() > 0) {
                throw e;
            }
        }
    }

    /** Gives the room back that {@link #fill()} took. */
    public void free() throws IOException {
        Files.delete(ballast());
    }

    private Path ballast() {
        return folder.resolve("ballast");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        Commands.run("umount", folder.toString());
    }
}
