package io.jenkins.plugins.dtk.embedded;

import hudson.AbortException;
import hudson.Util;
import hudson.model.TaskListener;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The steps that lead the flow: {@code stage}, {@code echo}, {@code error}, {@code sleep}, {@code retry}. */
final class FlowSteps {

    private FlowSteps() {}

    static PrintStream log(EngineContext context) throws Exception {
        return context.get(TaskListener.class).getLogger();
    }

    /** A part of the pipeline with a name; STAGE_NAME has it. */
    static final class Stage extends BuiltIn {
        private final String name;

        @DataBoundConstructor
        Stage(String name) {
            this.name = name;
        }

        @Override
        Object run(EngineContext context) throws Exception {
            if (Util.fixEmptyAndTrim(name) == null) {
                throw new AbortException("stage: 'name' is missing");
            }
            log(context).println("[Pipeline] { (" + name + ")");
            return context.runBody(EnvironmentExpander.merge(
                    context.get(EnvironmentExpander.class), EnvironmentExpander.constant(Map.of("STAGE_NAME", name))));
        }
    }

    /** Writes a line to the log. */
    static final class Echo extends BuiltIn {
        private final String message;

        @DataBoundConstructor
        Echo(String message) {
            this.message = message;
        }

        @Override
        Object run(EngineContext context) throws Exception {
            log(context).println(message);
            return null;
        }
    }

    /** Fails with a message. */
    static final class Fail extends BuiltIn {
        private final String message;

        @DataBoundConstructor
        Fail(String message) {
            this.message = message;
        }

        @Override
        Object run(EngineContext context) throws Exception {
            throw new AbortException(message);
        }
    }

    /** Waits; in seconds by default. */
    static final class Sleep extends BuiltIn {
        private final long time;
        private TimeUnit unit = TimeUnit.SECONDS;

        @DataBoundConstructor
        Sleep(long time) {
            this.time = time;
        }

        @DataBoundSetter
        public void setUnit(TimeUnit unit) {
            this.unit = unit;
        }

        @Override
        Object run(EngineContext context) throws Exception {
            log(context).println("Sleeping for " + Util.getTimeSpanString(unit.toMillis(time)));
            unit.sleep(time);
            return null;
        }
    }

    /** Runs its block again when it fails, so many times in all. */
    static final class Retry extends BuiltIn {
        private final int count;
        private List<Described> conditions = List.of();

        @DataBoundConstructor
        Retry(int count) {
            this.count = count;
        }

        /** Conditions are about agents and restarts that are lost, which one process does not have. */
        @DataBoundSetter
        public void setConditions(List<Described> conditions) {
            this.conditions = conditions;
        }

        @Override
        Object run(EngineContext context) throws Exception {
            for (int left = count; ; left--) {
                try {
                    return context.runBody();
                } catch (Throwable failure) {
                    boolean ended = failure instanceof FlowInterruptedException interruption
                            && interruption.isActualInterruption();
                    if (left <= 1 || ended || !conditions.isEmpty() || Failures.endsTheRun(failure, context.run())) {
                        throw Sneaky.thrown(failure);
                    }
                    Failures.tell(failure, context.run(), context.get(TaskListener.class));
                    log(context).println("Retrying");
                }
            }
        }
    }
}
