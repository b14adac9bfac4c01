package io.jenkins.plugins.dtk.embedded;

import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** How {@link StepDescriptor#newInstance} reaches the engine. */
public final class StepFactory {

    private StepFactory() {}

    /** Makes a step of its arguments, as Jenkins' describable model does. */
    public static Step make(StepDescriptor descriptor, Map<String, Object> arguments) throws Exception {
        return new StepArguments(descriptor).bind(arguments);
    }
}
