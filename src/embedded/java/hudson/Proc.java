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

        private static final ThreadFactory PUMPS = new DaemonThreadFactory();

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
                outputs.add(pump(process.getInputStream(), starter.stdout(), false));
            }
            if (!oneStream && !starter.reverseStderr) {
                outputs.add(pump(process.getErrorStream(), starter.stderr(), false));
            }
            if (!starter.reverseStdin) {
                pump(starter.stdin(), process.getOutputStream(), true);
            }
        }

        private Thread pump(InputStream from, OutputStream to, boolean input) {
            Thread thread = PUMPS.newThread(() -> {
                try (from) {
                    byte[] buffer = new byte[8192];
                    for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                        to.write(buffer, 0, n);
                        to.flush();
                    }
                    if (input) {
                        to.close();
                    }
                } catch (IOException e) {
                    // A program need not read all of its input, nor outlive the reader of its output.
                    broken = input || !process.isAlive() ? broken : e;
                }
            });
            thread.setName("stream of process " + process.pid());
            thread.start();
            return thread;
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
    }
}
