package io.jenkins.plugins.dtk.jenkins;

import java.io.IOException;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Tells the step when one of its branches starts and ends. */
final class BranchEnd extends BodyExecutionCallback {

    private static final long serialVersionUID = 1L;

    private final Branch branch;

    BranchEnd(Branch branch) {
        this.branch = branch;
    }

    @Override
    public void onStart(StepContext context) {
        String node;
        try {
            FlowNode start = context.get(FlowNode.class);
            node = start == null ? "" : start.getId();
        } catch (IOException e) {
            node = "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            node = "";
        }
        branch.started(node);
    }

    @Override
    public void onSuccess(StepContext context, Object result) {
        branch.ended(null);
    }

    @Override
    public void onFailure(StepContext context, Throwable failure) {
        branch.ended(failure);
    }
}
