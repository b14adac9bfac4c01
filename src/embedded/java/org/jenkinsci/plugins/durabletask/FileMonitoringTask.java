package org.jenkinsci.plugins.durabletask;

/** A task that is a process. */
public abstract class FileMonitoringTask extends DurableTask {}
