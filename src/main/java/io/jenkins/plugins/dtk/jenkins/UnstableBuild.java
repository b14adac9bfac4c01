package io.jenkins.plugins.dtk.jenkins;

import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Makes a build unstable, as the step {@code unstable} does: a warning in the log, at the step and for the build. */
final class UnstableBuild {

    private UnstableBuild() {}

    /**
     * Marks a running step.
     *
     * @param warning one line, for the log
     * @param message one line that names the step, for the pages that show it
     */
    static void mark(StepContext context, String warning, String message) throws IOException, InterruptedException {
        context.get(TaskListener.class).getLogger().println("dtk: warning: " + warning);
        context.get(FlowNode.class).addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(message));
        context.get(Run.class).setResult(Result.UNSTABLE);
    }
}
