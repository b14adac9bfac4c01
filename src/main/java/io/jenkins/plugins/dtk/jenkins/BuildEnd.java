package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import io.jenkins.plugins.dtk.plan.BuildLedger;
import java.io.IOException;
import java.io.Serializable;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Ends {@code dtkBuild} when its books are closed: with what it returns, unstable or not, or as a failure. */
final class BuildEnd implements Serializable {

    private static final long serialVersionUID = 1L;

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
     * @param stopped what ended it from outside; null when nothing did
     */
    void report(BuildLedger ledger, Throwable stopped) {
        if (stopped != null) {
            context.onFailure(interruption(ledger, stopped));
        } else if (ledger.failure().isEmpty()) {
            context.onSuccess(ledger.toMap());
        } else if (failureIsUnstable && ledger.hasSucceeded()) {
            unstable(ledger);
        } else {
            context.onFailure(new AbortException(failure(ledger)));
        }
    }

    /** What has failed before the end is said, too, as {@code parallel} does. */
    private static Throwable interruption(BuildLedger ledger, Throwable stopped) {
        ledger.failure().ifPresent(failure -> stopped.addSuppressed(new AbortException("dtkBuild: " + failure)));
        return stopped;
    }

    private void unstable(BuildLedger ledger) {
        try {
            UnstableBuild.mark(context, ledger.failure().get(), failure(ledger));
            context.onSuccess(ledger.toMap());
        } catch (IOException | InterruptedException e) {
            context.onFailure(e);
        }
    }

    private static String failure(BuildLedger ledger) {
        String others = ledger.built() == 0 ? "" : " (" + ledger.built() + " other images were built and published)";
        return "dtkBuild: " + ledger.failure().get() + others;
    }
}
