package org.jenkinsci.plugins.workflow.steps;

/**
 * A step that does its work on a thread of its own.
 *
 * @param <T> what it returns
 */
public abstract class SynchronousNonBlockingStepExecution<T> extends StepExecution {

    private static final long serialVersionUID = 1L;

    private transient volatile Thread thread;
    private transient volatile Throwable stopCause;

    protected SynchronousNonBlockingStepExecution(StepContext context) {
        super(context);
    }

    /** Does the work; interrupted when the step is stopped. */
    protected abstract T run() throws Exception;

    @Override
    public final boolean start() throws Exception {
        thread = new Thread(this::work, "step");
        thread.setDaemon(true);
        thread.start();
        return false;
    }

    private void work() {
        try {
            getContext().onSuccess(run());
        } catch (Throwable failure) {
            if (stopCause == null) {
                getContext().onFailure(failure);
            } else {
                stopCause.addSuppressed(failure);
            }
        }
    }

    @Override
    public void stop(Throwable cause) throws Exception {
        if (thread != null) {
            stopCause = cause;
            thread.interrupt();
        }
        super.stop(cause);
    }
}
