package org.jenkinsci.plugins.workflow.steps;

import hudson.model.Result;
import java.io.Serializable;
import java.util.Collection;
import java.util.concurrent.Future;
import jenkins.model.CauseOfInterruption;

/** A block as it runs. */
public abstract class BodyExecution implements Future<Object>, Serializable {

    private static final long serialVersionUID = 1L;

    /** The innermost steps of the block that run now. */
    public abstract Collection<StepExecution> getCurrentExecutions();

    /** Ends the block early; false when it had ended. */
    public abstract boolean cancel(Throwable cause);

    /** Ends the block early as aborted; false when it had ended. */
    public boolean cancel(CauseOfInterruption... causes) {
        return cancel(new FlowInterruptedException(Result.ABORTED, true, causes));
    }

    @Override
    public final boolean cancel(boolean mayInterruptIfRunning) {
        return mayInterruptIfRunning && cancel(new CauseOfInterruption[0]);
    }
}
