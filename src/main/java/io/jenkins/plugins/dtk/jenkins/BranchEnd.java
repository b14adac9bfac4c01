package io.jenkins.plugins.dtk.jenkins;

import java.io.IOException;
import org.jenkinsci.plugins.workflow.actions.LogAction;
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

    /**
     * The last step up to the failure that has a log: {@code error} writes none, and neither do the ends of blocks. Empty
     * when there is none.
     */
    private static String failedAt(StepContext context) {
        try {
            FlowNode node = context.get(FlowNode.class);
            while (node != null && !hasLog(node)) {
                boolean first = node.getParents().isEmpty() || node.getAction(BranchAction.class) != null;
                node = first ? null : node.getParents().get(0);
            }
            return node == null ? "" : node.getId();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static boolean hasLog(FlowNode node) {
        return node.getAction(LogAction.class) != null
                && !node.getDisplayFunctionName().equals("error");
    }
}
