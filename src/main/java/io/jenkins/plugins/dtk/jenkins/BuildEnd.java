package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.model.TaskListener;
import io.jenkins.plugins.dtk.plan.BuildLedger;
import io.jenkins.plugins.dtk.report.Shown;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Ends {@code dtkBuild} when its books are closed: with what it returns, unstable or not, or as a failure. */
final class BuildEnd implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final Logger LOGGER = Logger.getLogger(BuildEnd.class.getName());

    private final StepContext context;
    private final boolean failureIsUnstable;

    /**
     * @param failureIsUnstable whether the build goes on, unstable, when some images failed and others did not
     */
    BuildEnd(StepContext context, boolean failureIsUnstable) {
        this.context = context;
        this.failureIsUnstable = failureIsUnstable;
    }

    /**
     * Ends the step.
     *
     * @param result what it returns
     * @param stopped what ended it from outside; null when nothing did
     */
    void report(BuildLedger ledger, Map<String, Object> result, Throwable stopped) {
        ledger.kept().ifPresent(this::log);
        if (stopped != null) {
            context.onFailure(interruption(ledger, stopped));
        } else if (ledger.failure().isEmpty()) {
            context.onSuccess(result);
        } else if (failureIsUnstable && ledger.hasSucceeded()) {
            unstable(ledger, result);
        } else {
            context.onFailure(new AbortException(failure(ledger)));
        }
    }

    /** What has failed before the end is said, too, as {@code parallel} does. */
    private static Throwable interruption(BuildLedger ledger, Throwable stopped) {
        ledger.failure().ifPresent(failure -> stopped.addSuppressed(new AbortException("dtkBuild: " + failure)));
        return stopped;
    }

    private void unstable(BuildLedger ledger, Map<String, Object> result) {
        try {
            UnstableBuild.mark(context, ledger.failure().get(), failure(ledger));
            context.onSuccess(result);
        } catch (IOException | InterruptedException e) {
            context.onFailure(e);
        }
    }

    private void log(String kept) {
        try {
            context.get(TaskListener.class).getLogger().println("dtk: kept as it is: " + kept);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "no log to write to", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String failure(BuildLedger ledger) {
        long built = ledger.built();
        String others = built == 0
                ? ""
                : " (" + Shown.count(built, "other image") + (built == 1 ? " was" : " were") + " built and published)";
        return "dtkBuild: " + ledger.failure().get() + others;
    }
}
