package org.jenkinsci.plugins.workflow.steps;

import com.google.common.util.concurrent.FutureCallback;
import java.io.Serializable;

/** Hears of the start and the end of a block. */
public abstract class BodyExecutionCallback implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The block starts. The context is that of the step that runs the block. */
    public void onStart(StepContext context) {}

    /** The block returned. */
    public abstract void onSuccess(StepContext context, Object result);

    /** The block failed. */
    public abstract void onFailure(StepContext context, Throwable failure);

    /** One that passes the outcome on. */
    public static BodyExecutionCallback wrap(FutureCallback<Object> callback) {
        return new Wrapper(callback);
    }

    private static final class Wrapper extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;
        private final transient FutureCallback<Object> callback;

        Wrapper(FutureCallback<Object> callback) {
            this.callback = callback;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            callback.onSuccess(result);
        }

        @Override
        public void onFailure(StepContext context, Throwable failure) {
            callback.onFailure(failure);
        }
    }
}
