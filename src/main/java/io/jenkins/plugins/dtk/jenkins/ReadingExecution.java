package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;

/** Runs a step that reads registries, off the pipeline's own thread. After a restart it has to be run again. */
abstract class ReadingExecution<T> extends SynchronousNonBlockingStepExecution<T> {

    private static final long serialVersionUID = 1L;

    ReadingExecution(StepContext context) {
        super(context);
    }

    /** Does the reading. */
    abstract T read() throws Exception;

    /** Jenkins logs what a step throws when it is stopped, trace and all: of an abort one line is enough. */
    @Override
    protected final T run() throws Exception {
        try {
            return read();
        } catch (InterruptedException e) {
            AbortException ended = new AbortException("interrupted while it read a registry");
            ended.setStackTrace(new StackTraceElement[0]);
            throw ended;
        }
    }
}
