package io.jenkins.plugins.dtk.jenkins;

import hudson.model.Result;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
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

    /** Jenkins logs what a step throws when it is stopped, trace and all, unless it is an interruption of its own kind. */
    @Override
    protected final T run() throws Exception {
        try {
            return read();
        } catch (InterruptedException e) {
            throw e instanceof FlowInterruptedException ? e : new FlowInterruptedException(Result.ABORTED);
        }
    }
}
