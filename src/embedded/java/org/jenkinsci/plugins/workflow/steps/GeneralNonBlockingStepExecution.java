package org.jenkinsci.plugins.workflow.steps;

import java.util.concurrent.Future;

/** A step that does parts of its work on threads of its own, such as before and after its block. */
public abstract class GeneralNonBlockingStepExecution extends StepExecution {

    private static final long serialVersionUID = 1L;

    private transient volatile Future<?> task;
    private transient volatile String threadName;
    private transient volatile Throwable stopCause;

    protected GeneralNonBlockingStepExecution(StepContext context) {
        super(context);
    }

    /** Does a part of the work; a failure ends the step. */
    protected final void run(Block block) {
        if (stopCause != null) {
            return;
        }
        task = SynchronousNonBlockingStepExecution.submit(() -> {
            threadName = Thread.currentThread().getName();
            try {
                block.run();
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
    }

    @Override
    public void stop(Throwable cause) throws Exception {
        stopCause = cause;
        if (task != null) {
            task.cancel(true);
        }
        super.stop(cause);
    }

    @Override
    public String getStatus() {
        return threadName == null ? "not currently scheduled, or running blocks" : "running in thread: " + threadName;
    }

    /** A part of the work. */
    @FunctionalInterface
    protected interface Block {
        void run() throws Exception;
    }

    /** Closing work after the block, whatever its outcome, on a thread of its own. */
    protected abstract class TailCall extends BodyExecutionCallback {

        private static final long serialVersionUID = 1L;

        protected abstract void finished(StepContext context) throws Exception;

        @Override
        public final void onSuccess(StepContext context, Object result) {
            run(() -> {
                finished(context);
                context.onSuccess(result);
            });
        }

        @Override
        public final void onFailure(StepContext context, Throwable failure) {
            run(() -> {
                try {
                    finished(context);
                } catch (Exception e) {
                    failure.addSuppressed(e);
                }
                context.onFailure(failure);
            });
        }
    }
}
