package org.jenkinsci.plugins.workflow.actions;

import hudson.model.Action;

/** An action that Jenkins keeps with a node of the flow graph. */
public interface PersistentAction extends Action {}
