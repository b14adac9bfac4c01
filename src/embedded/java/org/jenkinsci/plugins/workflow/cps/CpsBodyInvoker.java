package org.jenkinsci.plugins.workflow.cps;

import hudson.model.Action;
import io.jenkins.plugins.dtk.embedded.BodyStarter;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;

/** The invoker that a step really gets; beyond {@link BodyInvoker} it can name the branch that it starts. */
public final class CpsBodyInvoker extends BodyInvoker {

    private final BodyStarter engine;
    private final List<Object> contexts = new ArrayList<>();
    private final List<Action> startActions = new ArrayList<>();
    private final List<BodyExecutionCallback> callbacks = new ArrayList<>();
    private boolean started;

    /** As in Jenkins, only the engine makes one. */
    CpsBodyInvoker(BodyStarter engine) {
        this.engine = engine;
    }

    @Override
    public CpsBodyInvoker withContext(Object override) {
        contexts.add(override);
        return this;
    }

    /** Attaches an action to the start of the block. */
    public CpsBodyInvoker withStartAction(Action action) {
        startActions.add(action);
        return this;
    }

    @Override
    public CpsBodyInvoker withCallback(BodyExecutionCallback callback) {
        callbacks.add(callback);
        return this;
    }

    @Override
    public BodyExecution start() {
        if (started) {
            throw new IllegalStateException("Already started");
        }
        started = true;
        return engine.start(contexts, startActions, callbacks);
    }
}
