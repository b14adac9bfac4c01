package io.jenkins.plugins.dtk.embedded;

import groovy.lang.Closure;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.console.ConsoleLogFilter;
import hudson.model.Action;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.StreamTaskListener;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.jenkinsci.plugins.workflow.actions.ThreadNameAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** One call of a step: what is around it, its block, the blocks that it has started, and its outcome. */
final class EngineContext extends StepContext {

    private static final long serialVersionUID = 1L;

    private final transient PipelineThread branch;
    private final transient Contexts contexts;
    private final transient Closure<?> body;
    private final transient FlowNode node;
    private final transient CompletableFuture<Object> outcome = new CompletableFuture<>();
    /** The blocks that run now. */
    private final transient Set<Body> bodies = ConcurrentHashMap.newKeySet();

    private transient StepExecution execution;
    private transient TaskListener listener;

    EngineContext(PipelineThread branch, StepDescriptor descriptor, Closure<?> body) {
        this.branch = branch;
        this.contexts = branch.contexts();
        this.body = body;
        this.node = new StepNode(descriptor.getFunctionName());
    }

    PipelineThread branch() {
        return branch;
    }

    LocalRun run() {
        return branch.run();
    }

    Contexts contexts() {
        return contexts;
    }

    @Override
    public <T> T get(Class<T> key) throws IOException, InterruptedException {
        T around = contexts.get(key);
        if (around != null) {
            return around;
        }
        for (Object known : List.of(run(), run().getParent(), node)) {
            if (key.isInstance(known)) {
                return key.cast(known);
            }
        }
        if (key == TaskListener.class) {
            return key.cast(listener());
        }
        if (key == EnvVars.class) {
            return key.cast(contexts.environment(run(), listener()));
        }
        return null;
    }

    private synchronized TaskListener listener() throws IOException, InterruptedException {
        if (listener == null) {
            OutputStream out = run().log().branch(contexts.branch());
            ConsoleLogFilter filter = contexts.get(ConsoleLogFilter.class);
            OutputStream filtered = filter == null ? out : filter.decorateLogger((Run<?, ?>) run(), out);
            listener = new StreamTaskListener(filtered, StandardCharsets.UTF_8);
        }
        return listener;
    }

    @Override
    public boolean hasBody() {
        return body != null;
    }

    PrintStream log() throws IOException, InterruptedException {
        return get(TaskListener.class).getLogger();
    }

    /** The current folder; only where a workspace is around the step. */
    Path folder() throws IOException, InterruptedException {
        return Path.of(get(FilePath.class).getRemote());
    }

    /** Runs the block with a changed environment. */
    Object runBodyIn(EnvironmentExpander environment) throws Exception {
        return runBody(EnvironmentExpander.merge(get(EnvironmentExpander.class), environment));
    }

    /** Runs the block in the thread of the step, with more around it. */
    Object runBody(Object... around) throws Exception {
        try {
            return branch.with(contexts.with(Arrays.asList(around)), body::call);
        } catch (Exception failure) {
            throw Sneaky.thrown(Failures.causeOf(failure, branch)); // here, as the step may take its cause back
        }
    }

    @Override
    public BodyInvoker newBodyInvoker() {
        if (body == null) {
            throw new IllegalStateException(node.getDisplayName() + " was called without a block");
        }
        return Reflection.newInvoker(this::startBody);
    }

    private BodyExecution startBody(
            List<Object> around, List<Action> startActions, List<BodyExecutionCallback> callbacks) {
        Contexts inner = contexts.with(around);
        for (Action action : startActions) {
            if (action instanceof ThreadNameAction named) {
                inner = inner.inBranch(named.getThreadName());
            }
        }
        return start(body, inner, callbacks);
    }

    /** Starts a block in a thread of its own. */
    Body start(Closure<?> block, Contexts inner, List<BodyExecutionCallback> callbacks) {
        if (outcome.isDone()) {
            throw new IllegalStateException("The " + node.getDisplayName() + " step has already completed.");
        }
        Body started = new Body(this, (Closure<?>) block.clone(), inner, callbacks);
        bodies.add(started);
        started.start();
        return started;
    }

    void ended(Body ended) {
        bodies.remove(ended);
    }

    /** Waits until the step has reported its outcome; ends it when the branch is interrupted. */
    Object await(StepExecution started) throws Throwable {
        execution = started;
        branch.waitsFor(this);
        try {
            while (true) {
                try {
                    return outcome.get();
                } catch (InterruptedException e) {
                    stop(started, branch.takeCause());
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause();
        } finally {
            branch.waitsFor(null);
        }
    }

    /** As in Jenkins, only the innermost steps are stopped; those around them see their blocks end. */
    private void stop(StepExecution started, Throwable cause) {
        if (!cancelBodies(cause)) {
            try {
                started.stop(cause);
            } catch (InterruptedException e) {
                branch.interrupt(cause); // once more: what was being ended may still run
            } catch (Exception e) {
                cause.addSuppressed(e);
                onFailure(cause);
            }
        }
    }

    /** Ends the blocks; false when there are none. */
    private boolean cancelBodies(Throwable cause) {
        List<Body> running = List.copyOf(bodies);
        running.forEach(body -> body.cancel(cause));
        return !running.isEmpty();
    }

    List<StepExecution> innermost() {
        List<StepExecution> innermost = new ArrayList<>();
        bodies.forEach(body -> innermost.addAll(body.getCurrentExecutions()));
        return innermost.isEmpty() && execution != null ? List.of(execution) : innermost;
    }

    boolean isDone() {
        return outcome.isDone();
    }

    /** Ends what a step has left behind, and its last line in the log. */
    void close() {
        cancelBodies(new FlowInterruptedException(Result.ABORTED));
        synchronized (this) {
            if (listener != null) {
                listener.getLogger().close();
            }
        }
    }

    @Override
    public void onSuccess(Object result) {
        outcome.complete(result);
    }

    @Override
    public void onFailure(Throwable failure) {
        outcome.completeExceptionally(failure);
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void setResult(Result result) {
        run().setResult(result);
    }
}
