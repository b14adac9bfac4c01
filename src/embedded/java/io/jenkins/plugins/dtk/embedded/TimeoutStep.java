package io.jenkins.plugins.dtk.embedded;

import hudson.Util;
import hudson.model.Result;
import java.io.PrintStream;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import jenkins.model.CauseOfInterruption;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code timeout}: ends its block when it takes longer; in minutes by default. */
final class TimeoutStep extends BuiltIn {
    private final long time;
    private TimeUnit unit = TimeUnit.MINUTES;

    @DataBoundConstructor
    TimeoutStep(long time) {
        this.time = time;
    }

    @DataBoundSetter
    public void setUnit(TimeUnit unit) {
        this.unit = unit;
    }

    @Override
    Object run(EngineContext context) throws Exception {
        PrintStream log = FlowSteps.log(context);
        log.println("Timeout set to expire in " + Util.getTimeSpanString(unit.toMillis(time)));
        Alarm alarm = new Alarm(context.branch(), log);
        ScheduledFuture<?> clock = Timer.get().schedule(alarm::ring, time, unit);
        try {
            return context.runBody();
        } catch (FlowInterruptedException e) {
            alarm.passed(e);
            throw e;
        } finally {
            clock.cancel(false);
            alarm.off();
        }
    }

    /** Ends a branch once, unless it is switched off before. */
    private static final class Alarm {
        private final FlowInterruptedException over =
                new FlowInterruptedException(Result.ABORTED, true, new TimeIsOver());
        private final PipelineThread branch;
        private final PrintStream log;
        private boolean off;

        Alarm(PipelineThread branch, PrintStream log) {
            this.branch = branch;
            this.log = log;
        }

        synchronized void ring() {
            if (!off) {
                log.println("Cancelling nested steps due to timeout");
                branch.interrupt(over);
            }
        }

        /** Outside of its own block, a timeout is a failure like any other; as in Jenkins. */
        void passed(FlowInterruptedException ended) {
            if (ended == over) {
                ended.setActualInterruption(false);
            }
        }

        synchronized void off() {
            off = true;
            branch.withdraw(over);
        }
    }

    private static final class TimeIsOver extends CauseOfInterruption {
        private static final long serialVersionUID = 1L;

        @Override
        public String getShortDescription() {
            return "Timeout has been exceeded";
        }
    }
}
