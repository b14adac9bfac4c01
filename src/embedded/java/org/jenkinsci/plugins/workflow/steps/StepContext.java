package org.jenkinsci.plugins.workflow.steps;

import com.google.common.util.concurrent.FutureCallback;
import hudson.model.Result;
import java.io.IOException;
import java.io.Serializable;

/** What a running step knows of its place in the pipeline, and where it reports its outcome. */
public abstract class StepContext implements FutureCallback<Object>, Serializable {

    private static final long serialVersionUID = 1L;

    /** Something around the step, such as its log, workspace or agent; null when there is none. */
    public abstract <T> T get(Class<T> key) throws IOException, InterruptedException;

    /** Ends the step with what it returns. */
    @Override
    public abstract void onSuccess(Object result);

    public abstract boolean isReady();

    /** Makes the result of the whole run worse, without ending the step. */
    public abstract void setResult(Result result);

    /** Prepares one run of the block of the step. */
    public abstract BodyInvoker newBodyInvoker() throws IllegalStateException;

    /** Whether the step was called with a block. */
    public boolean hasBody() {
        return false;
    }
}
