package io.jenkins.plugins.dtk.embedded;

import hudson.AbortException;
import hudson.Util;
import hudson.model.TaskListener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** The steps that lead the flow: {@code stage}, {@code echo}, {@code error}, {@code sleep}, {@code retry}. */
final class FlowSteps {

    private FlowSteps() {}

    /** A part of the pipeline with a name; STAGE_NAME has it. */
    record Stage(String name) implements BuiltIn {
        @Override
        public Object run(EngineContext context) throws Exception {
            if (Util.fixEmptyAndTrim(name) == null) {
                throw new AbortException("stage: 'name' is missing");
            }
            context.log().println("[Pipeline] { (" + name + ")");
            return context.runBodyIn(new EnvironmentStep.Overrides(Map.of("STAGE_NAME", name.replace("$", "$$"))));
        }
    }

    /** Writes a line to the log. */
    record Echo(String message) implements BuiltIn {
        @Override
        public Object run(EngineContext context) throws Exception {
            context.log().println(message);
            return null;
        }
    }

    /** Fails with a message. */
    record Fail(String message) implements BuiltIn {
        @Override
        public Object run(EngineContext context) throws Exception {
            throw new AbortException(message);
        }
    }

    /** Waits; in seconds by default. */
    record Sleep(long time, @Optional TimeUnit unit) implements BuiltIn {
        @Override
        public Object run(EngineContext context) throws Exception {
            TimeUnit each = unit == null ? TimeUnit.SECONDS : unit;
            context.log().println("Sleeping for " + Util.getTimeSpanString(each.toMillis(time)));
            each.sleep(time);
            return null;
        }
    }

    /**
     * Runs its block again when it fails, so many times in all. Conditions are about agents and restarts that are lost,
     * which one process does not have.
     */
    record Retry(int count, @Optional List<Described> conditions) implements BuiltIn {
        @Override
        public Object run(EngineContext context) throws Exception {
            boolean always = conditions == null || conditions.isEmpty();
            for (int left = count; ; left--) {
                try {
                    return context.runBody();
                } catch (Throwable failure) {
                    boolean ended = failure instanceof FlowInterruptedException interruption
                            && interruption.isActualInterruption();
                    if (left <= 1 || ended || !always || Failures.endsTheRun(failure, context.run())) {
                        throw Sneaky.thrown(failure);
                    }
                    Failures.report(failure, context.run(), context.get(TaskListener.class));
                    context.log().println("Retrying");
                }
            }
        }
    }
}
