package org.jenkinsci.plugins.durabletask;

import hudson.EnvVars;
import hudson.ExtensionPoint;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractDescribableImpl;
import hudson.model.TaskListener;
import java.io.IOException;
import java.nio.charset.Charset;

/** A program that runs on an agent for a long time; in Jenkins it outlives a restart of the controller. */
public abstract class DurableTask extends AbstractDescribableImpl<DurableTask> implements ExtensionPoint {

    /** Starts it. */
    public abstract Controller launch(EnvVars env, FilePath workspace, Launcher launcher, TaskListener listener)
            throws IOException, InterruptedException;

    /** Keeps its standard output apart from its log, for {@link Controller#getOutput}. */
    public void captureOutput() throws UnsupportedOperationException {
        throw new UnsupportedOperationException(
                "Capturing of output is not implemented in " + getClass().getName());
    }

    /** The encoding of its output. */
    public void charset(Charset charset) {}
}
