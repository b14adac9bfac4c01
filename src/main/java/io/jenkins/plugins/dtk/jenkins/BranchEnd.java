package io.jenkins.plugins.dtk.jenkins;

import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Tells the step that one of its branches has ended. One failure ends no other branch. */
final class BranchEnd extends BodyExecutionCallback {

    private static final long serialVersionUID = 1L;

    private final BuildExecution execution;
    private final String branch;

    BranchEnd(BuildExecution execution, String branch) {
        this.execution = execution;
        this.branch = branch;
    }

    @Override
    public void onSuccess(StepContext context, Object result) {
        execution.branchEnded(branch, null);
    }

    @Override
    public void onFailure(StepContext context, Throwable failure) {
        execution.branchEnded(branch, failure);
    }
}
