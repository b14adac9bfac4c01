package org.jenkinsci.plugins.workflow.steps;

/** Step executions from functions. */
public class StepExecutions {

    private StepExecutions() {}

    /** Work that is done at once and returns something. */
    @FunctionalInterface
    public interface SynchronousBody {
        Object call(StepContext context) throws Exception;
    }

    public static StepExecution synchronous(StepContext context, SynchronousBody body) {
        return new Synchronous(context, body);
    }

    private static final class Synchronous extends SynchronousStepExecution<Object> {
        private static final long serialVersionUID = 1L;
        private final transient SynchronousBody body;

        Synchronous(StepContext context, SynchronousBody body) {
            super(context);
            this.body = body;
        }

        @Override
        protected Object run() throws Exception {
            return body.call(getContext());
        }
    }
}
