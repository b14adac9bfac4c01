package org.jenkinsci.plugins.workflow.steps;

import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.List;
import java.util.stream.Collectors;
import jenkins.model.CauseOfInterruption;

/** A step, a block or a whole run was ended early. */
public final class FlowInterruptedException extends InterruptedException {

    private static final long serialVersionUID = 1L;

    private final Result result;
    private final List<CauseOfInterruption> causes;
    private boolean actualInterruption;

    /** Ended from outside, such as by a user. */
    public FlowInterruptedException(Result result, CauseOfInterruption... causes) {
        this(result, true, causes);
    }

    /** @param actualInterruption false when this only carries a result, so that {@code catchError} may catch it */
    public FlowInterruptedException(Result result, boolean actualInterruption, CauseOfInterruption... causes) {
        this.result = result;
        this.actualInterruption = actualInterruption;
        this.causes = List.of(causes);
    }

    /** The result that the run gets. */
    public Result getResult() {
        return result;
    }

    public List<CauseOfInterruption> getCauses() {
        return causes;
    }

    public boolean isActualInterruption() {
        return actualInterruption;
    }

    /** Such as false once it has left the timeout that it came from. */
    public void setActualInterruption(boolean actualInterruption) {
        this.actualInterruption = actualInterruption;
    }

    @Override
    public String getMessage() {
        return causes.stream().map(CauseOfInterruption::getShortDescription).collect(Collectors.joining(", "));
    }

    /** Writes the reasons to the log, and what else failed. */
    public void handle(Run<?, ?> run, TaskListener listener) {
        for (CauseOfInterruption cause : causes) {
            cause.print(listener);
        }
        print(getCause(), run, listener);
        for (Throwable suppressed : getSuppressed()) {
            print(suppressed, run, listener);
        }
    }

    private static void print(Throwable failure, Run<?, ?> run, TaskListener listener) {
        if (failure instanceof AbortException) {
            listener.getLogger().println(failure.getMessage());
        } else if (failure instanceof FlowInterruptedException interruption) {
            interruption.handle(run, listener);
        } else if (failure != null) {
            failure.printStackTrace(listener.getLogger());
        }
    }
}
