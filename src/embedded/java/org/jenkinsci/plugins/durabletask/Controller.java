package org.jenkinsci.plugins.durabletask;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;

/** A {@link DurableTask} as it runs. */
public abstract class Controller implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Passes on what the task has written to its log since the last call; false when there was nothing. */
    public abstract boolean writeLog(FilePath workspace, OutputStream sink) throws IOException, InterruptedException;

    /** The exit code; null while the task runs. */
    public Integer exitStatus(FilePath workspace, Launcher launcher, TaskListener logger)
            throws IOException, InterruptedException {
        return exitStatus(workspace, launcher);
    }

    /** The exit code; null while the task runs. */
    public Integer exitStatus(FilePath workspace, Launcher launcher) throws IOException, InterruptedException {
        throw new UnsupportedOperationException("no exit code in " + getClass().getName());
    }

    /** What an ended task wrote to its standard output, if that was to be kept. */
    public byte[] getOutput(FilePath workspace, Launcher launcher) throws IOException, InterruptedException {
        throw new IOException("Did not implement getOutput in " + getClass().getName());
    }

    /** Ends the task and what it started. */
    public void stop(FilePath workspace, Launcher launcher) throws IOException, InterruptedException {
        throw new UnsupportedOperationException("no way to stop " + getClass().getName());
    }

    /** Removes what the task has left on the agent. */
    public abstract void cleanup(FilePath workspace) throws IOException, InterruptedException;
}
