package io.jenkins.plugins.dtk.embedded;

import hudson.AbortException;
import hudson.Util;
import hudson.model.Result;
import hudson.model.TaskListener;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** The steps that change the run's result and go on: {@code catchError}, {@code warnError}, {@code unstable}. */
final class CatchSteps {

    private CatchSteps() {}

    /** Runs the block; when it fails, says so, makes the run's result worse, and lets the pipeline go on. */
    private static Object guard(EngineContext context, String message, Result onError, Boolean catchInterruptions)
            throws Exception {
        try {
            context.runBody();
        } catch (Throwable failure) {
            boolean interruption =
                    failure instanceof FlowInterruptedException interrupted && interrupted.isActualInterruption();
            if (interruption && Boolean.FALSE.equals(catchInterruptions)
                    || Failures.endsTheRun(failure, context.run())) {
                throw Sneaky.thrown(failure);
            }
            TaskListener listener = context.get(TaskListener.class);
            if (Util.fixEmptyAndTrim(message) != null) {
                listener.error(message);
            }
            Result reported = Failures.report(failure, context.run(), listener);
            Result result = failure instanceof FlowInterruptedException ? reported : onError;
            Result before = context.run().getResult();
            if (result.isWorseThan(before == null ? Result.SUCCESS : before)) {
                listener.getLogger().println("Setting overall build result to " + result);
                context.setResult(result);
            }
        }
        return null;
    }

    /**
     * Fails the run, or gives it another result, when its block fails, and goes on. A stage has no result of its own
     * here; only its name is checked.
     */
    record CatchError(
            @Optional String buildResult,
            @Optional Boolean catchInterruptions,
            @Optional String message,
            @Optional String stageResult)
            implements BuiltIn {

        CatchError {
            result("buildResult", buildResult);
            result("stageResult", stageResult);
        }

        private static Result result(String parameter, String name) {
            Result result = name == null ? Result.FAILURE : Result.fromString(name);
            if (name != null && !result.toString().equalsIgnoreCase(name)) {
                throw new IllegalArgumentException(
                        "'" + parameter + "' is '" + name + "'; use SUCCESS, UNSTABLE, FAILURE, NOT_BUILT or ABORTED");
            }
            return result;
        }

        @Override
        public Object run(EngineContext context) throws Exception {
            return guard(context, message, result("buildResult", buildResult), catchInterruptions);
        }
    }

    /** Makes the run unstable when its block fails, and goes on. */
    record WarnError(String message, @Optional Boolean catchInterruptions) implements BuiltIn {
        @Override
        public Object run(EngineContext context) throws Exception {
            return guard(context, message, Result.UNSTABLE, catchInterruptions);
        }
    }

    /** Makes the run unstable, with a message. */
    record Unstable(String message) implements BuiltIn {
        @Override
        public Object run(EngineContext context) throws Exception {
            if (message == null) {
                throw new AbortException("unstable: 'message' is missing");
            }
            context.log().println("WARNING: " + message);
            context.setResult(Result.UNSTABLE);
            return null;
        }
    }
}
