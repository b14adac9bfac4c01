package io.jenkins.plugins.dtk.embedded;

import hudson.model.Action;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;

/** How {@link org.jenkinsci.plugins.workflow.cps.CpsBodyInvoker} reaches the engine that it belongs to. */
@FunctionalInterface
public interface BodyStarter {

    /**
     * Starts a block as a branch of its own.
     *
     * @param contexts what is around the block, in place of what is there of the same type
     * @param startActions a {@link org.jenkinsci.plugins.workflow.actions.ThreadNameAction} names the branch
     */
    BodyExecution start(List<Object> contexts, List<Action> startActions, List<BodyExecutionCallback> callbacks);
}
