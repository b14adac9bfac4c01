package io.jenkins.plugins.dtk.jenkins;

import hudson.model.Result;
import hudson.model.TaskListener;
import hudson.util.StreamTaskListener;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What a step is in, with a log and without a run; it says how the step ended, also when it was stored in between. */
final class LoggingContext extends StepContext {
    private static final long serialVersionUID = 1L;

    static final BlockingQueue<Object> ENDS = new ArrayBlockingQueue<>(10);
    static final ByteArrayOutputStream LOG = new ByteArrayOutputStream();

    @Override
    public <T> T get(Class<T> key) {
        return key == TaskListener.class ? key.cast(new StreamTaskListener(LOG, StandardCharsets.UTF_8)) : null;
    }

    @Override
    public void onSuccess(Object result) {
        ENDS.add(result);
    }

    @Override
    public void onFailure(Throwable failure) {
        ENDS.add(failure);
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public boolean hasBody() {
        return false;
    }

    @Override
    public BodyInvoker newBodyInvoker() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setResult(Result result) {
        ENDS.add(result);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return 1;
    }
}
