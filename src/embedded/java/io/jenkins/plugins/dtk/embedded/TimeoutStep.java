package io.jenkins.plugins.dtk.embedded;

import hudson.Util;
import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** {@code timeout}: ends its block when it takes longer; in minutes by default. */
record TimeoutStep(long time, @Optional TimeUnit unit) implements BuiltIn {

    @Override
    public Object run(EngineContext context) throws Exception {
        TimeUnit each = unit == null ? TimeUnit.MINUTES : unit;
        PrintStream log = context.log();
        log.println("Timeout set to expire in " + Util.getTimeSpanString(each.toMillis(time)));
        Alarm alarm = new Alarm(context.branch(), log);
        CompletableFuture.delayedExecutor(time, each).execute(alarm::ring);
        try {
            return context.runBody();
        } catch (FlowInterruptedException e) {
            alarm.passed(e);
            throw e;
        } finally {
            alarm.off();
        }
    }

    /** Ends a branch once, unless it is switched off before. */
    private static final class Alarm {
        private final FlowInterruptedException over = Ended.because("Timeout has been exceeded");
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
}
