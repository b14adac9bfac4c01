package org.jenkinsci.plugins.workflow.steps;

import hudson.model.Result;
import java.io.Serializable;
import java.util.Collection;
import java.util.concurrent.Future;

/** A block as it runs. */
public abstract class BodyExecution implements Future<Object>, Serializable {

    private static final long serialVersionUID = 1L;

    /** The innermost steps of the block that run now. */
    public abstract Collection<StepExecution> getCurrentExecutions();

    /** Ends the block early; false when it had ended. */
    public abstract boolean cancel(Throwable cause);

    @Override
    public final boolean cancel(boolean mayInterruptIfRunning) {
        return mayInterruptIfRunning && cancel(new FlowInterruptedException(Result.ABORTED));
    }
}
