package org.jenkinsci.plugins.workflow.flow;

/** A pipeline as it runs. Only {@link org.jenkinsci.plugins.workflow.graph.FlowNode} names it. */
public abstract class FlowExecution {}
