package hudson.model;

import hudson.ExtensionPoint;

/** An item that may stand at the root, directly in {@link jenkins.model.Jenkins}. */
public interface TopLevelItem extends Item, ExtensionPoint {}
