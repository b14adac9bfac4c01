package org.jenkinsci.plugins.workflow.steps;

/**
 * A step that is done as soon as it is started; for short work that waits for nothing.
 *
 * @param <T> what it returns
 */
public abstract class SynchronousStepExecution<T> extends StepExecution {

    private static final long serialVersionUID = 1L;

    private transient volatile Thread executing;

    protected SynchronousStepExecution(StepContext context) {
        super(context);
    }

    protected abstract T run() throws Exception;

    @Override
    public final boolean start() throws Exception {
        executing = Thread.currentThread();
        try {
            getContext().onSuccess(run());
        } finally {
            executing = null;
        }
        return true;
    }

    @Override
    public void stop(Throwable cause) throws Exception {
        Thread thread = executing;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
