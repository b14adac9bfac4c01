package io.jenkins.plugins.dtk.embedded;

import hudson.model.Result;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** Why the engine ended a part of a run. */
final class Ended extends CauseOfInterruption {

    private static final long serialVersionUID = 1L;

    private final String why;

    private Ended(String why) {
        this.why = why;
    }

    /** What is thrown in the part that ends. */
    static FlowInterruptedException because(String why) {
        return new FlowInterruptedException(Result.ABORTED, true, new Ended(why));
    }

    @Override
    public String getShortDescription() {
        return why;
    }
}
