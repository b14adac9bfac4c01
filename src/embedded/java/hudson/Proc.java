package hudson;

import hudson.util.DaemonThreadFactory;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.logging.Logger;

/** A program that was started by a {@link Launcher}. */
public abstract class Proc {

    private static final Logger LOGGER = Logger.getLogger(Proc.class.getName());

    protected Proc() {}

    public abstract boolean isAlive() throws IOException, InterruptedException;

    /** Waits for the program and for the end of its output; returns its exit code. */
    public abstract int join() throws IOException, InterruptedException;

    /** A program on this machine. */
    public static final class LocalProc extends Proc {

        private static final ThreadFactory THREADS = new DaemonThreadFactory();
        private static final int LONGEST_PAUSE_MILLIS = 20;

        private final Process process;
        private final List<Thread> outputs = new ArrayList<>();
        private volatile IOException broken;

        LocalProc(Launcher.ProcStarter starter) throws IOException {
            ProcessBuilder builder = new ProcessBuilder(starter.cmds());
            if (starter.pwd() != null) {
                builder.directory(new File(starter.pwd().getRemote()));
            }
            Map<String, String> environment = builder.environment();
            for (String variable : starter.envs()) {
                int equals = variable.indexOf('=');
                environment.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
            boolean oneStream = starter.stderr() == null && !starter.reverseStderr;
            builder.redirectErrorStream(oneStream);
            process = builder.start();
            if (!starter.reverseStdout) {
                outputs.add(start("output", () -> drain(process.getInputStream(), starter.stdout())));
            }
            if (!oneStream && !starter.reverseStderr) {
                outputs.add(start("errors", () -> drain(process.getErrorStream(), starter.stderr())));
            }
            if (!starter.reverseStdin) {
                start("input", () -> feed(starter.stdin()));
            }
        }

        private Thread start(String name, Copy copy) {
            Thread thread = THREADS.newThread(() -> {
                try {
                    copy.run();
                } catch (IOException e) {
                    broken = e;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            thread.setName(name + " of process " + process.pid());
            thread.start();
            return thread;
        }

        /** Until the program has ended and all that it wrote is read; what it leaves behind may keep the pipe open. */
        private void drain(InputStream from, OutputStream to) throws IOException, InterruptedException {
            byte[] buffer = new byte[8192];
            int pause = 1;
            for (boolean more = true; more; ) {
                boolean alive = process.isAlive();
                int length = from.available();
                if (length > 0) {
                    int read = from.read(buffer, 0, Math.min(length, buffer.length));
                    to.write(buffer, 0, read);
                    to.flush();
                    pause = 1;
                } else if (alive) {
                    Thread.sleep(pause);
                    pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
                }
                more = alive || length > 0;
            }
        }

        private void feed(InputStream from) {
            try (OutputStream to = process.getOutputStream()) {
                from.transferTo(to);
            } catch (IOException e) {
                return; // a program need not read all of its input
            }
        }

        @Override
        public boolean isAlive() {
            return process.isAlive();
        }

        @Override
        public int join() throws IOException, InterruptedException {
            int code = process.waitFor();
            for (Thread output : outputs) {
                output.join();
            }
            if (broken != null) {
                throw broken;
            }
            return code;
        }

        private interface Copy {
            void run() throws IOException, InterruptedException;
        }
    }
}
