package org.jenkinsci.plugins.workflow.steps;

import java.io.Serializable;

/** A step as it runs. */
public abstract class StepExecution implements Serializable {

    private static final long serialVersionUID = 1L;

    private StepContext context;

    protected StepExecution() {}

    protected StepExecution(StepContext context) {
        this.context = context;
    }

    public StepContext getContext() {
        if (context == null) {
            throw new IllegalStateException("a step that was read back has its context set by the engine only");
        }
        return context;
    }

    /** Starts the step. True when it has reported its outcome already; false when it will do so later. */
    public abstract boolean start() throws Exception;

    /** Ends the step early. */
    public void stop(Throwable cause) throws Exception {
        getContext().onFailure(cause);
    }

    /** Takes up the work again after Jenkins was restarted; never here, where a run ends with its process. */
    public void onResume() {}

    /** What it is doing, for people; null when it does not say. */
    public String getStatus() {
        return null;
    }
}
