package io.jenkins.plugins.dtk.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Ends processes of this machine: first by a TERM, so that traps run, then, after a while, by a KILL. */
final class LocalProcesses {

    private static final Path PROC = Path.of("/proc");
    private static final long GRACE_SECONDS = 20;

    private LocalProcesses() {}

    /**
     * Ends every process whose environment has this variable, and what they started; waits until then. What is started
     * while the others end, such as the commands of a trap, gets no TERM but is waited for.
     */
    static void end(String variable, String value) throws InterruptedException {
        String cookie = variable + '=' + value;
        Set<ProcessHandle> running = having(cookie);
        Set<ProcessHandle> tree = new LinkedHashSet<>(running);
        running.forEach(handle -> handle.descendants().forEach(tree::add));
        tree.forEach(ProcessHandle::destroy);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GRACE_SECONDS);
        for (long pause = 5; !running.isEmpty(); pause = Math.min(pause * 2, 100), running = having(cookie)) {
            if (System.nanoTime() > deadline) {
                running.forEach(ProcessHandle::destroyForcibly);
            }
            Thread.sleep(pause);
        }
    }

    private static Set<ProcessHandle> having(String cookie) {
        Set<ProcessHandle> found = new LinkedHashSet<>();
        if (!Files.isDirectory(PROC.resolve("self"))) {
            return found;
        }
        long self = ProcessHandle.current().pid();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path folder : folders) {
                long pid = Long.parseLong(PROC.relativize(folder).toString());
                if (pid != self && has(folder, cookie)) {
                    ProcessHandle.of(pid).ifPresent(found::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** Not for a process that is gone, that has only not been reaped yet, or that is someone else's. */
    private static boolean has(Path folder, String cookie) {
        try {
            byte[] environment = Files.readAllBytes(folder.resolve("environ"));
            return Arrays.asList(new String(environment, StandardCharsets.UTF_8).split("\0"))
                    .contains(cookie);
        } catch (IOException e) {
            return false;
        }
    }
}
