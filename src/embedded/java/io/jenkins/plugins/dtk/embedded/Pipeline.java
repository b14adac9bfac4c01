package io.jenkins.plugins.dtk.embedded;

import groovy.lang.Script;
import hudson.AbortException;
import hudson.model.Result;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import hudson.util.StreamTaskListener;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Runs one pipeline from its first line to the result, and ends it early when the user wants so. */
final class Pipeline {

    /** How long a process that is asked to end waits for the pipeline to clean up. */
    private static final int LAST_SECONDS = 60;

    private static final Pattern DECLARES_PARAMETERS = Pattern.compile("\\bparameters\\s*\\(");

    private final LocalRun run;
    private final TaskListener listener;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch logged = new CountDownLatch(1);
    private PipelineThread root;
    private Result result;
    private Object value;

    Pipeline(LocalRun run) {
        this.run = run;
        this.listener = new StreamTaskListener(run.log().branch(""), StandardCharsets.UTF_8);
    }

    /** Returns the run when it has ended. */
    LocalRun run() {
        Thread hook = new Thread(this::endWithTheProcess, "end of the process");
        Runtime.getRuntime().addShutdownHook(hook);
        boolean interrupted = false;
        try {
            PipelineThread.start("pipeline", this::execute);
            interrupted = await();
        } finally {
            removeHook(hook);
        }
        try {
            run.end(result);
            listener.getLogger().println("Finished: " + run.getResult());
            listener.getLogger().close();
            RunListener.fireFinalized(run);
        } finally {
            logged.countDown();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return run;
    }

    /** What the last statement returned; null where it returned nothing. */
    Object value() {
        return value;
    }

    private boolean await() {
        boolean interrupted = false;
        while (true) {
            try {
                ended.await();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
                interrupt("Interrupted");
            }
        }
    }

    private void execute() {
        root = PipelineThread.enter(run, Contexts.NONE);
        ready.countDown();
        try {
            checkParameters();
            Script script = ScriptLoader.load(run.settings());
            value = script.run();
            result = Result.SUCCESS;
        } catch (Throwable failure) {
            Throwable cause = Failures.ofScript(
                    Failures.causeOf(failure, root), run.settings().scriptName());
            result = Failures.report(cause, run, listener);
        } finally {
            root.leave();
            ended.countDown();
        }
    }

    private void checkParameters() throws AbortException {
        Map<String, String> given = run.settings().parameters();
        if (!given.isEmpty()
                && !DECLARES_PARAMETERS.matcher(run.settings().script()).find()) {
            throw new AbortException(
                    run.settings().scriptName() + " declares no parameters, so there is nothing to give "
                            + String.join(", ", given.keySet()) + " to");
        }
    }

    private void interrupt(String why) {
        run.interrupted();
        try {
            ready.await();
            root.interrupt(Ended.because(why));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void endWithTheProcess() {
        interrupt("A signal ended the process");
        try {
            if (!ended.await(LAST_SECONDS, TimeUnit.SECONDS)) {
                LocalProcesses.end(LocalRun.COOKIE, run.cookie());
                return;
            }
            logged.await(); // the process ends with this thread, and the log should end before
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the process is ending, and the hook with it
        }
    }
}
