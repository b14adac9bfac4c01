package io.jenkins.plugins.dtk.embedded;

import hudson.AbortException;
import hudson.Util;
import hudson.model.Result;
import hudson.model.TaskListener;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The steps that change the run's result and go on: {@code catchError}, {@code warnError}, {@code unstable}. */
final class CatchSteps {

    private CatchSteps() {}

    /** Runs the block; when it fails, says so, makes the run's result worse, and lets the pipeline go on. */
    private static Object guard(EngineContext context, String message, Result onError, boolean catchInterruptions)
            throws Exception {
        try {
            context.runBody();
        } catch (Throwable failure) {
            boolean interruption =
                    failure instanceof FlowInterruptedException interrupted && interrupted.isActualInterruption();
            if (interruption && !catchInterruptions || Failures.endsTheRun(failure, context.run())) {
                throw Sneaky.thrown(failure);
            }
            TaskListener listener = context.get(TaskListener.class);
            if (Util.fixEmptyAndTrim(message) != null) {
                listener.error(message);
            }
            Result told = Failures.tell(failure, context.run(), listener);
            Result result = failure instanceof FlowInterruptedException ? told : onError;
            Result before = context.run().getResult();
            if (result.isWorseThan(before == null ? Result.SUCCESS : before)) {
                listener.getLogger().println("Setting overall build result to " + result);
                context.setResult(result);
            }
        }
        return null;
    }

    /** Fails the run, or another result, when its block fails, and goes on. */
    static final class CatchError extends BuiltIn {
        private String message;
        private Result buildResult = Result.FAILURE;
        private boolean catchInterruptions = true;

        @DataBoundConstructor
        CatchError() {}

        @DataBoundSetter
        public void setMessage(String message) {
            this.message = message;
        }

        @DataBoundSetter
        public void setBuildResult(String buildResult) {
            this.buildResult = result("buildResult", buildResult);
        }

        /** A stage has no result of its own here; only its name is checked. */
        @DataBoundSetter
        public void setStageResult(String stageResult) {
            result("stageResult", stageResult);
        }

        @DataBoundSetter
        public void setCatchInterruptions(boolean catchInterruptions) {
            this.catchInterruptions = catchInterruptions;
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
        Object run(EngineContext context) throws Exception {
            return guard(context, message, buildResult, catchInterruptions);
        }
    }

    /** Makes the run unstable when its block fails, and goes on. */
    static final class WarnError extends BuiltIn {
        private final String message;
        private boolean catchInterruptions = true;

        @DataBoundConstructor
        WarnError(String message) {
            this.message = message;
        }

        @DataBoundSetter
        public void setCatchInterruptions(boolean catchInterruptions) {
            this.catchInterruptions = catchInterruptions;
        }

        @Override
        Object run(EngineContext context) throws Exception {
            return guard(context, message, Result.UNSTABLE, catchInterruptions);
        }
    }

    /** Makes the run unstable, with a message. */
    static final class Unstable extends BuiltIn {
        private final String message;

        @DataBoundConstructor
        Unstable(String message) {
            this.message = message;
        }

        @Override
        Object run(EngineContext context) throws Exception {
            if (message == null) {
                throw new AbortException("unstable: 'message' is missing");
            }
            FlowSteps.log(context).println("WARNING: " + message);
            context.setResult(Result.UNSTABLE);
            return null;
        }
    }
}
