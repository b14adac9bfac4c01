package com.google.common.util.concurrent;

/**
 * Gets the outcome of work that runs elsewhere; a supertype of
 * {@link org.jenkinsci.plugins.workflow.steps.StepContext}, for which alone it is here.
 *
 * @param <V> the result
 */
public interface FutureCallback<V> {

    void onSuccess(V result);

    void onFailure(Throwable failure);
}
