package io.jenkins.plugins.dtk.jenkins;

import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.actions.ThreadNameAction;

/** Names a branch in the log, the stage view and the flow graph. */
final class BranchAction extends LabelAction implements ThreadNameAction {

    private final String name;

    BranchAction(String name) {
        super(name);
        this.name = name;
    }

    @Override
    public String getThreadName() {
        return name;
    }
}
