package org.jenkinsci.plugins.workflow.steps;

/** Step executions from functions. */
public class StepExecutions {

    private StepExecutions() {}

    /** Work that is done at once and returns something. */
    @FunctionalInterface
    public interface SynchronousBody {
        Object call(StepContext context) throws Exception;
    }

    /** Work that is done at once and returns nothing. */
    @FunctionalInterface
    public interface SynchronousBodyVoid {
        void call(StepContext context) throws Exception;
    }

    /** Sets up the block of a step before it runs. */
    @FunctionalInterface
    public interface BlockBody {
        void call(StepContext context, BodyInvoker invoker) throws Exception;
    }

    public static StepExecution synchronous(StepContext context, SynchronousBody body) {
        return new Synchronous(context, body);
    }

    public static StepExecution synchronousVoid(StepContext context, SynchronousBodyVoid body) {
        return new Synchronous(context, returning(body));
    }

    public static StepExecution synchronousNonBlocking(StepContext context, SynchronousBody body) {
        return new NonBlocking(context, body);
    }

    public static StepExecution synchronousNonBlockingVoid(StepContext context, SynchronousBodyVoid body) {
        return new NonBlocking(context, returning(body));
    }

    /** Runs the block of the step once; the step ends as the block does. */
    public static StepExecution block(StepContext context, BlockBody body) {
        return new Block(context, body);
    }

    private static SynchronousBody returning(SynchronousBodyVoid body) {
        return context -> {
            body.call(context);
            return null;
        };
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

    private static final class NonBlocking extends SynchronousNonBlockingStepExecution<Object> {
        private static final long serialVersionUID = 1L;
        private final transient SynchronousBody body;

        NonBlocking(StepContext context, SynchronousBody body) {
            super(context);
            this.body = body;
        }

        @Override
        protected Object run() throws Exception {
            return body.call(getContext());
        }
    }

    private static final class Block extends StepExecution {
        private static final long serialVersionUID = 1L;
        private final transient BlockBody body;

        Block(StepContext context, BlockBody body) {
            super(context);
            this.body = body;
        }

        @Override
        public boolean start() throws Exception {
            BodyInvoker invoker = getContext().newBodyInvoker();
            body.call(getContext(), invoker);
            invoker.withCallback(BodyExecutionCallback.wrap(getContext())).start();
            return false;
        }
    }
}
