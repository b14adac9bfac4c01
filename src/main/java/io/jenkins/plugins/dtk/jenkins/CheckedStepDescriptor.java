package io.jenkins.plugins.dtk.jenkins;

import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Describes a step whose arguments are checked: what is wrong with one is said in one line. */
@Restricted(NoExternalUse.class) // the steps
public abstract class CheckedStepDescriptor extends StepDescriptor {

    CheckedStepDescriptor() {}

    /** A list as a form shows it. */
    public String join(List<String> items) {
        return items == null ? "" : String.join(", ", items);
    }

    /** Makes the step of what a pipeline gives. */
    @Override
    @SuppressWarnings(
            "deprecation") // Jenkins calls it still; what should be used in its place cannot refuse in one line
    public Step newInstance(Map<String, Object> arguments) throws Exception {
        return super.newInstance(StepParameters.check(this, arguments));
    }
}
