package io.jenkins.plugins.dtk.embedded;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jenkinsci.plugins.workflow.graph.FlowNode;

/** A call of a step, as what actions are attached to. */
final class StepNode extends FlowNode {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String step;

    StepNode(String step) {
        super(null, Integer.toString(COUNT.incrementAndGet()), List.of());
        this.step = step;
    }

    @Override
    protected String getTypeDisplayName() {
        return step;
    }
}
