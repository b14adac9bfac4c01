package io.jenkins.plugins.dtk.jenkins;

import java.io.IOException;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Notifies the step when one of its branches starts and ends. */
final class BranchEnd extends BodyExecutionCallback {

    private static final long serialVersionUID = 1L;

    private final Branch branch;

    BranchEnd(Branch branch) {
        this.branch = branch;
    }

    /** The branch itself has no log; the step that builds, or that fails, has. */
    @Override
    public void onStart(StepContext context) {
        branch.started("", "");
    }

    @Override
    public void onSuccess(StepContext context, Object result) {
        branch.ended(null);
    }

    @Override
    public void onFailure(StepContext context, Throwable failure) {
        branch.failedAt(failedAt(context));
        branch.ended(failure);
    }

    /** The step where it failed: the failure marks it, and the ends of all blocks around it. Empty when unknown. */
    private static String failedAt(StepContext context) {
        try {
            FlowNode node = context.get(FlowNode.class);
            FlowNode end = node;
            while (node != null
                    && !node.getParents().isEmpty()
                    && node.getParents().get(0).getError() != null) {
                node = node.getParents().get(0);
            }
            return node == end ? "" : node.getId();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
