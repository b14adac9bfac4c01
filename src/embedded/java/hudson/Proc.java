package hudson;

import hudson.model.TaskListener;
import hudson.util.DaemonThreadFactory;
import hudson.util.ProcessTree;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;

/** A program that was started by a {@link Launcher}. */
public abstract class Proc {

    private static final Logger LOGGER = Logger.getLogger(Proc.class.getName());

    protected Proc() {}

    public abstract boolean isAlive() throws IOException, InterruptedException;

    /** Ends the program and what it started, and waits until they are gone. */
    public abstract void kill() throws IOException, InterruptedException;

    /** Waits for the program and for the end of its output; returns its exit code. */
    public abstract int join() throws IOException, InterruptedException;

    /** Its output, when it was started with {@link Launcher.ProcStarter#readStdout}. */
    public abstract InputStream getStdout();

    /** Its errors, when it was started with {@link Launcher.ProcStarter#readStderr}. */
    public abstract InputStream getStderr();

    /** Its input, when it was started with {@link Launcher.ProcStarter#writeStdin}. */
    public abstract OutputStream getStdin();

    /** Like {@link #join}, but kills the program when it takes longer. */
    public final int joinWithTimeout(long timeout, TimeUnit unit, TaskListener listener)
            throws IOException, InterruptedException {
        Runnable killer = () -> {
            listener.error("Timeout after " + timeout + " " + unit);
            try {
                kill();
            } catch (IOException | InterruptedException e) {
                LOGGER.log(Level.WARNING, "cannot end a program after its time was over", e);
            }
        };
        ScheduledFuture<?> scheduled = Timer.get().schedule(killer, timeout, unit);
        try {
            return join();
        } finally {
            scheduled.cancel(false);
        }
    }

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
        public void kill() throws InterruptedException {
            ProcessTree.get().killAll(process, null);
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

        @Override
        public InputStream getStdout() {
            return process.getInputStream();
        }

        @Override
        public InputStream getStderr() {
            return process.getErrorStream();
        }

        @Override
        public OutputStream getStdin() {
            return process.getOutputStream();
        }

        private interface Copy {
            void run() throws IOException, InterruptedException;
        }
    }
}
