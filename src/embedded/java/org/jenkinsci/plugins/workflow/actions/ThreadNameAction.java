package org.jenkinsci.plugins.workflow.actions;

/** Names a branch; the log shows it as {@code [name]} before each of its lines. */
public interface ThreadNameAction extends PersistentAction {

    String getThreadName();
}
