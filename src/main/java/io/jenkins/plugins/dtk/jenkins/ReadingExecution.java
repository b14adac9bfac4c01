package io.jenkins.plugins.dtk.jenkins;

import hudson.model.Result;
import hudson.model.TaskListener;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;

/** Runs a step that only reads, off the pipeline's own thread. After a restart of Jenkins it reads again. */
abstract class ReadingExecution<T> extends SynchronousNonBlockingStepExecution<T> {

    private static final long serialVersionUID = 1L;

    ReadingExecution(StepContext context) {
        super(context);
    }

    /** As nothing was changed, what was lost is read again. */
    @Override
    public void onResume() {
        Background.submit(this, this::again);
    }

    /** Waits for the build to be loaded: for a background thread only. */
    private void again() {
        try {
            getContext()
                    .get(TaskListener.class)
                    .getLogger()
                    .println("dtk: Jenkins was restarted while this step read; it reads again");
            start();
        } catch (Exception e) {
            getContext().onFailure(e);
        }
    }

    /** Does the reading. */
    abstract T read() throws Exception;

    /** Jenkins logs what a step throws when it is stopped, trace and all, unless it is an interruption of its own kind. */
    @Override
    protected final T run() throws Exception {
        try {
            MirrorNotes.log(getContext());
            return read();
        } catch (InterruptedException e) {
            throw e instanceof FlowInterruptedException ? e : new FlowInterruptedException(Result.ABORTED);
        }
    }
}
