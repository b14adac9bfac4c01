package org.jenkinsci.plugins.workflow.graph;

import hudson.model.Actionable;
import hudson.model.Saveable;
import java.io.IOException;
import java.util.List;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;

/** A step or block of a running pipeline, as others see it. */
public abstract class FlowNode extends Actionable implements Saveable {

    private final String id;
    private final List<FlowNode> parents;

    /** @param parents the nodes before it */
    protected FlowNode(FlowExecution execution, String id, List<FlowNode> parents) {
        this.id = id;
        this.parents = List.copyOf(parents);
    }

    /** What kind of node it is, for people. */
    protected abstract String getTypeDisplayName();

    public String getId() {
        return id;
    }

    public List<FlowNode> getParents() {
        return parents;
    }

    /** The name of its step. */
    public String getDisplayFunctionName() {
        return getTypeDisplayName();
    }

    /** Its label when it has one; otherwise its kind. */
    @Override
    public String getDisplayName() {
        LabelAction label = getAction(LabelAction.class);
        return label == null ? getTypeDisplayName() : label.getDisplayName();
    }

    /** Nodes live as long as the process, so there is nothing to write. */
    @Override
    public void save() throws IOException {}
}
