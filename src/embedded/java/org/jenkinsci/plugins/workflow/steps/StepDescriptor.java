package org.jenkinsci.plugins.workflow.steps;

import hudson.ExtensionList;
import hudson.model.Descriptor;
import io.jenkins.plugins.dtk.embedded.StepArguments;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** What is known of a kind of step: its name, what it needs around it and what it gives to its block. */
public abstract class StepDescriptor extends Descriptor<Step> {

    /** What must be around the step. */
    public abstract Set<? extends Class<?>> getRequiredContext();

    /** What the step puts around its block. */
    public Set<? extends Class<?>> getProvidedContext() {
        return Set.of();
    }

    /** The name in a pipeline. */
    public abstract String getFunctionName();

    /** Makes the step of a pipeline's arguments. */
    @Deprecated
    public Step newInstance(Map<String, Object> arguments) throws Exception {
        return new StepArguments(this).bind(arguments);
    }

    /** Whether the step takes a block. */
    public boolean takesImplicitBlockArgument() {
        return false;
    }

    /** Fails when something that the step needs is not around it. */
    public final void checkContextAvailability(StepContext context)
            throws MissingContextVariableException, IOException, InterruptedException {
        for (Class<?> type : getRequiredContext()) {
            if (context.get(type) == null) {
                throw new MissingContextVariableException(type, this);
            }
        }
    }

    public static ExtensionList<StepDescriptor> all() {
        return ExtensionList.lookup(StepDescriptor.class);
    }

    /** The step of this name; null when there is none. */
    public static StepDescriptor byFunctionName(String name) {
        for (StepDescriptor descriptor : all()) {
            if (descriptor.getFunctionName().equals(name)) {
                return descriptor;
            }
        }
        return null;
    }
}
