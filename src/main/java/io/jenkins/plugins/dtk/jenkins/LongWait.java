package io.jenkins.plugins.dtk.jenkins;

import hudson.model.Executor;
import hudson.model.Result;
import hudson.model.Run;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/**
 * Waits in the program's own thread for work that may be long: says so in the log every half minute, and ends at once
 * when somebody ends the build. Jenkins notifies a step of that in the same thread, so it is asked for.
 */
final class LongWait {

    private static final int HEARTBEAT = 30;

    private final Run<?, ?> run;
    private final PrintStream log;

    LongWait(Run<?, ?> run, PrintStream log) {
        this.run = run;
        this.log = log;
    }

    /** Does the work in another thread, which is interrupted when the wait ends before it. */
    <T> T of(Callable<T> work) throws IOException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "dtk-rhsm");
        thread.setDaemon(true);
        thread.start();
        try {
            for (int seconds = 1; ; seconds++) {
                try {
                    return task.get(1, TimeUnit.SECONDS);
                } catch (TimeoutException e) {
                    endIfAborted();
                    if (seconds % HEARTBEAT == 0) {
                        log.println("dtk: still waiting for RHSM after " + seconds + " s");
                    }
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            task.cancel(true);
        }
    }

    private void endIfAborted() throws FlowInterruptedException {
        Executor executor = run.getExecutor();
        if (executor != null && !executor.getCausesOfInterruption().isEmpty()) {
            throw new FlowInterruptedException(
                    Result.ABORTED, true, executor.getCausesOfInterruption().toArray(new CauseOfInterruption[0]));
        }
    }
}
