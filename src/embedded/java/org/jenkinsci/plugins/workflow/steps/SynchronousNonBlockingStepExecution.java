package org.jenkinsci.plugins.workflow.steps;

import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A step that does its work on a thread of its own.
 *
 * @param <T> what it returns
 */
public abstract class SynchronousNonBlockingStepExecution<T> extends StepExecution {

    private static final long serialVersionUID = 1L;

    private static final ExecutorService THREADS =
            Executors.newCachedThreadPool(new NamingThreadFactory(new DaemonThreadFactory(), "step"));

    private transient volatile Future<?> task;
    private transient volatile String threadName;
    private transient volatile Throwable stopCause;

    protected SynchronousNonBlockingStepExecution(StepContext context) {
        super(context);
    }

    /** Does the work; interrupted when the step is stopped. */
    protected abstract T run() throws Exception;

    @Override
    public final boolean start() throws Exception {
        task = submit(() -> {
            threadName = Thread.currentThread().getName();
            try {
                getContext().onSuccess(run());
            } catch (Throwable failure) {
                if (stopCause == null) {
                    getContext().onFailure(failure);
                } else {
                    stopCause.addSuppressed(failure);
                }
            } finally {
                threadName = null;
            }
        });
        return false;
    }

    @Override
    public void stop(Throwable cause) throws Exception {
        if (task != null) {
            stopCause = cause;
            task.cancel(true);
        }
        super.stop(cause);
    }

    @Override
    public String getStatus() {
        return threadName == null ? "not yet scheduled" : "running in thread: " + threadName;
    }

    static Future<?> submit(Runnable work) {
        return THREADS.submit(work);
    }
}
