package io.jenkins.plugins.dtk.embedded;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** The blocks of one step that run now. */
final class Bodies {

    private final Set<Body> running = new LinkedHashSet<>();

    synchronized void started(Body body) {
        running.add(body);
    }

    synchronized void ended(Body body) {
        running.remove(body);
    }

    private synchronized List<Body> now() {
        return new ArrayList<>(running);
    }

    /** Ends them; false when there are none. */
    boolean cancel(Throwable cause) {
        List<Body> bodies = now();
        bodies.forEach(body -> body.cancel(cause));
        return !bodies.isEmpty();
    }

    /** The innermost steps in them. */
    List<StepExecution> innermost() {
        List<StepExecution> innermost = new ArrayList<>();
        now().forEach(body -> innermost.addAll(body.getCurrentExecutions()));
        return innermost;
    }
}
