package org.jenkinsci.plugins.workflow.steps;

import java.io.Serializable;

/** Hears of the start and the end of a block. */
public abstract class BodyExecutionCallback implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The block starts. The context is that of the step that runs the block. */
    public void onStart(StepContext context) {}

    /** The block returned. */
    public abstract void onSuccess(StepContext context, Object result);

    /** The block failed. */
    public abstract void onFailure(StepContext context, Throwable failure);
}
