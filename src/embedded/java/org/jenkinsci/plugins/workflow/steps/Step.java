package org.jenkinsci.plugins.workflow.steps;

import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;

/** One call of a step with its arguments; {@link #start} makes what runs it. */
public abstract class Step extends AbstractDescribableImpl<Step> implements ExtensionPoint {

    /** Makes what runs the step. Must not take long. */
    public abstract StepExecution start(StepContext context) throws Exception;

    @Override
    public StepDescriptor getDescriptor() {
        return (StepDescriptor) super.getDescriptor();
    }
}
