package org.jenkinsci.plugins.durabletask;

import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;

/** A program that runs on an agent for a long time; in Jenkins it outlives a restart of the controller. */
public abstract class DurableTask extends AbstractDescribableImpl<DurableTask> implements ExtensionPoint {}
