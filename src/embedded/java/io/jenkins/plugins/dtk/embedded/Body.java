package io.jenkins.plugins.dtk.embedded;

import groovy.lang.Closure;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** A block that runs in a thread of its own. */
final class Body extends BodyExecution {

    private static final long serialVersionUID = 1L;

    private final transient EngineContext owner;
    private final transient Closure<?> block;
    private final transient Contexts contexts;
    private final transient List<BodyExecutionCallback> callbacks;
    private final transient CompletableFuture<Object> outcome = new CompletableFuture<>();
    private transient volatile PipelineThread branch;
    private transient volatile Throwable cancelled;

    Body(EngineContext owner, Closure<?> block, Contexts contexts, List<BodyExecutionCallback> callbacks) {
        this.owner = owner;
        this.block = block;
        this.contexts = contexts;
        this.callbacks = callbacks;
    }

    void start() {
        PipelineThread.start("branch " + contexts.branch(), this::run);
    }

    private void run() {
        enter();
        try {
            callbacks.forEach(callback -> callback.onStart(owner));
            outcome.complete(call());
        } catch (Throwable failure) {
            outcome.completeExceptionally(failure);
        }
        branch.leave();
        owner.ended(this);
        try {
            callbacks.forEach(this::report);
        } catch (Throwable failure) {
            owner.onFailure(failure);
        }
    }

    private Object call() throws Throwable {
        try {
            return block.call();
        } catch (Throwable failure) {
            throw Failures.causeOf(failure, branch);
        }
    }

    private synchronized void enter() {
        branch = PipelineThread.enter(owner.run(), contexts);
        if (cancelled != null) {
            branch.interrupt(cancelled);
        }
    }

    private void report(BodyExecutionCallback callback) {
        Object result;
        try {
            result = outcome.join();
        } catch (CompletionException e) {
            callback.onFailure(owner, e.getCause());
            return;
        }
        callback.onSuccess(owner, result);
    }

    @Override
    public Collection<StepExecution> getCurrentExecutions() {
        PipelineThread running = branch;
        return running == null || isDone() ? List.of() : running.innermost();
    }

    @Override
    public synchronized boolean cancel(Throwable cause) {
        if (isDone()) {
            return false;
        }
        cancelled = cause;
        if (branch != null) {
            branch.interrupt(cause);
        }
        return true;
    }

    @Override
    public boolean isCancelled() {
        return cancelled != null && outcome.isCompletedExceptionally();
    }

    @Override
    public boolean isDone() {
        return outcome.isDone();
    }

    @Override
    public Object get() throws InterruptedException, ExecutionException {
        return outcome.get();
    }

    @Override
    public Object get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        return outcome.get(timeout, unit);
    }
}
