package io.jenkins.plugins.dtk.embedded;

import hudson.AbortException;
import hudson.model.Result;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * A thread that runs a part of the pipeline: the pipeline itself, or a block that runs beside others. Ending it early
 * means to interrupt the thread; whatever the thread then waits for is ended, and the cause is thrown in its place.
 */
final class PipelineThread {

    private static final ThreadLocal<PipelineThread> CURRENT = new ThreadLocal<>();

    private final LocalRun run;
    private final Thread thread = Thread.currentThread();
    private Contexts contexts;
    private Throwable cause;
    private boolean left;
    private volatile EngineContext waitingFor;

    private PipelineThread(LocalRun run, Contexts contexts) {
        this.run = run;
        this.contexts = contexts;
    }

    /** Starts work in a thread that keeps no process alive. */
    static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Makes the current thread a branch until {@link #leave}. */
    static PipelineThread enter(LocalRun run, Contexts contexts) {
        PipelineThread branch = new PipelineThread(run, contexts);
        CURRENT.set(branch);
        return branch;
    }

    /** From here on nothing interrupts the thread any more. */
    synchronized void leave() {
        left = true;
        takeCause();
        CURRENT.remove();
    }

    /** The branch that calls. */
    static PipelineThread current() throws AbortException {
        PipelineThread branch = CURRENT.get();
        if (branch == null) {
            throw new AbortException("a step was called from a thread that the pipeline started itself; use parallel");
        }
        return branch;
    }

    LocalRun run() {
        return run;
    }

    Contexts contexts() {
        return contexts;
    }

    /** Runs work with more around it. */
    <T> T with(Contexts inner, Work<T> work) throws Exception {
        Contexts outer = contexts;
        contexts = inner;
        try {
            return work.run();
        } finally {
            contexts = outer;
        }
    }

    /** Ends what the branch does now, with this cause. */
    synchronized void interrupt(Throwable why) {
        if (!left) {
            cause = why;
            thread.interrupt();
        }
    }

    /** Takes back a cause that has not been thrown yet. */
    synchronized void withdraw(Throwable why) {
        if (cause == why) {
            takeCause();
        }
    }

    /** Why the thread was interrupted; from here on it is not any more. */
    synchronized Throwable takeCause() {
        Throwable taken = cause;
        cause = null;
        Thread.interrupted();
        return taken != null ? taken : new FlowInterruptedException(Result.ABORTED);
    }

    synchronized boolean isInterrupted() {
        return cause != null || thread.isInterrupted();
    }

    void waitsFor(EngineContext context) {
        waitingFor = context;
    }

    /** The innermost steps that run in the branch. */
    List<StepExecution> innermost() {
        EngineContext context = waitingFor;
        return context == null ? List.of() : context.innermost();
    }

    /** Something that a thread does. */
    interface Work<T> {
        T run() throws Exception;
    }
}
