package org.jenkinsci.plugins.workflow.steps;

import java.util.Set;
import java.util.stream.Collectors;

/** A step needs something around it, such as an agent, that is not there. */
public class MissingContextVariableException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Class<?> type;
    private final String step;

    /** @param descriptor the step that needs it; may be null */
    public MissingContextVariableException(Class<?> type, StepDescriptor descriptor) {
        this.type = type;
        this.step = descriptor == null ? null : descriptor.getFunctionName();
    }

    /** The steps that put it around their block without needing it themselves. */
    private String providers() {
        return StepDescriptor.all().stream()
                .filter(step -> isIn(step.getProvidedContext()) && !isIn(step.getRequiredContext()))
                .map(StepDescriptor::getFunctionName)
                .collect(Collectors.joining(", "));
    }

    private boolean isIn(Set<? extends Class<?>> types) {
        return types.stream().anyMatch(type::isAssignableFrom);
    }

    @Override
    public String getMessage() {
        String missing = "Required context " + type + " is missing";
        String providers = providers();
        if (providers.isEmpty()) {
            return missing;
        }
        return missing + "\nPerhaps you forgot to surround the " + (step == null ? "" : step + ' ')
                + "step with a step that provides this, such as: "
                + providers;
    }
}
