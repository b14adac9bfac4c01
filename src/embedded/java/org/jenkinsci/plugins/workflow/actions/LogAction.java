package org.jenkinsci.plugins.workflow.actions;

/** The log of a node of the flow graph. The embedded engine has one log for all. */
public abstract class LogAction implements PersistentAction {}
