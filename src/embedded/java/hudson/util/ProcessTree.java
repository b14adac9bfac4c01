package hudson.util;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.util.SystemProperties;

/**
 * The processes of this machine, and how to end some of them: first a TERM, so that traps run, then, after a while,
 * a KILL.
 */
public abstract class ProcessTree {

    private static final ProcessTree LOCAL = new Local();

    private ProcessTree() {}

    public static ProcessTree get() {
        return LOCAL;
    }

    /** Ends every process whose environment has all of these variables, and what they started; waits until then. */
    public abstract void killAll(Map<String, String> modelEnvVars) throws InterruptedException;

    private static final class Local extends ProcessTree {

        private static final Path PROC = Path.of("/proc");

        @Override
        public void killAll(Map<String, String> modelEnvVars) throws InterruptedException {
            if (!modelEnvVars.isEmpty()) {
                end(() -> having(modelEnvVars));
            }
        }

        /** What is started while the others end, such as the commands of a trap, gets no TERM but is waited for. */
        static void end(Find find) throws InterruptedException {
            Set<ProcessHandle> running = find.running();
            Set<ProcessHandle> tree = new LinkedHashSet<>(running);
            for (ProcessHandle handle : running) {
                handle.descendants().forEach(tree::add);
            }
            tree.forEach(ProcessHandle::destroy);
            long grace = SystemProperties.getInteger(ProcessTree.class.getName() + ".softKillWaitSeconds", 20);
            long deadline = System.nanoTime() + grace * 1_000_000_000L;
            for (long pause = 5; !running.isEmpty(); pause = Math.min(pause * 2, 100), running = find.running()) {
                if (System.nanoTime() > deadline) {
                    running.forEach(ProcessHandle::destroyForcibly);
                }
                Thread.sleep(pause);
            }
        }

        private static Set<ProcessHandle> having(Map<String, String> variables) {
            if (!Files.isDirectory(PROC.resolve("self"))) {
                return Set.of();
            }
            Set<String> wanted = variables.entrySet().stream()
                    .map(variable -> variable.getKey() + '=' + variable.getValue())
                    .collect(Collectors.toSet());
            Set<ProcessHandle> found = new LinkedHashSet<>();
            long self = ProcessHandle.current().pid();
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
                for (Path folder : folders) {
                    long pid = Long.parseLong(folder.getFileName().toString());
                    if (pid != self && environmentOf(folder).containsAll(wanted)) {
                        ProcessHandle.of(pid).ifPresent(found::add);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return found;
        }

        /** Empty for a process that is gone, that has only not been reaped yet, or that is someone else's. */
        private static Set<String> environmentOf(Path folder) {
            try {
                byte[] bytes = Files.readAllBytes(folder.resolve("environ"));
                return new HashSet<>(List.of(new String(bytes, StandardCharsets.UTF_8).split("\0")));
            } catch (IOException e) {
                return Set.of();
            }
        }

        private interface Find {
            Set<ProcessHandle> running();
        }
    }
}
