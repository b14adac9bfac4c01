package org.jenkinsci.plugins.workflow.steps.durable_task;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Util;
import hudson.model.TaskListener;
import io.jenkins.plugins.dtk.embedded.LocalShell;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.durabletask.BourneShellScript;
import org.jenkinsci.plugins.durabletask.DurableTask;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundSetter;

/** A step that runs a {@link DurableTask} on the agent around it and shows its output in the log. */
public abstract class DurableTaskStep extends Step {

    private boolean returnStdout;
    private boolean returnStatus;
    private String encoding;
    private String label;

    /** What to run. */
    protected abstract DurableTask task();

    /** Returns the standard output in place of showing it. */
    @DataBoundSetter
    public void setReturnStdout(boolean returnStdout) {
        this.returnStdout = returnStdout;
    }

    /** Returns the exit code, and does not fail when it is not 0. */
    @DataBoundSetter
    public void setReturnStatus(boolean returnStatus) {
        this.returnStatus = returnStatus;
    }

    /** The encoding of the output; UTF-8 when null. */
    @DataBoundSetter
    public void setEncoding(String encoding) {
        this.encoding = Util.fixEmpty(encoding);
    }

    /** What the step is called in place of its name. */
    @DataBoundSetter
    public void setLabel(String label) {
        this.label = Util.fixEmpty(label);
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        if (returnStdout && returnStatus) {
            throw new AbortException("you may not use both returnStdout and returnStatus");
        }
        return new Execution(context, this);
    }

    /** What is known of such a step: it runs in a workspace. */
    public abstract static class DurableTaskStepDescriptor extends StepDescriptor {

        @Override
        public final Set<? extends Class<?>> getRequiredContext() {
            // In this order, so that a missing node is reported as the missing workspace.
            return new LinkedHashSet<>(List.of(FilePath.class, EnvVars.class, TaskListener.class));
        }
    }

    private static final class Execution extends StepExecution {

        private static final long serialVersionUID = 1L;
        private static final int LONGEST_PAUSE_MILLIS = 100;

        private final transient DurableTaskStep step;
        private transient TaskListener listener;
        private transient LocalShell shell;
        private transient volatile Throwable stopCause;

        Execution(StepContext context, DurableTaskStep step) {
            super(context);
            this.step = step;
        }

        @Override
        public boolean start() throws Exception {
            FilePath workspace = getContext().get(FilePath.class);
            listener = getContext().get(TaskListener.class);
            String script = ((BourneShellScript) step.task()).getScript();
            if (script.isEmpty()) {
                listener.getLogger().println("Warning: was asked to run an empty script");
            }
            shell = new LocalShell(
                    script,
                    Files.createDirectories(Path.of(workspace.getRemote())),
                    getContext().get(EnvVars.class),
                    charset(),
                    step.returnStdout,
                    listener.getLogger());
            Thread watcher =
                    new Thread(this::watch, "watching " + step.getDescriptor().getFunctionName());
            watcher.setDaemon(true);
            watcher.start();
            return false;
        }

        private Charset charset() throws AbortException {
            try {
                return step.encoding == null ? StandardCharsets.UTF_8 : Charset.forName(step.encoding);
            } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
                throw new AbortException("unknown encoding '" + step.encoding + "'");
            }
        }

        private void watch() {
            try {
                Object result;
                try {
                    result = outcome(follow());
                } finally {
                    shell.cleanUp();
                }
                getContext().onSuccess(result);
            } catch (Throwable failure) {
                getContext().onFailure(failure);
            }
        }

        /** Waits for the end; returns the exit code. */
        private int follow() throws IOException, InterruptedException {
            Integer code = shell.follow();
            for (int pause = 5; code == null; pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS)) {
                Thread.sleep(pause);
                code = shell.follow();
            }
            return code;
        }

        private Object outcome(int code) throws Exception {
            if (stopCause instanceof Exception cause) {
                throw cause;
            }
            if (step.returnStatus) {
                return code;
            }
            String output = step.returnStdout ? shell.output() : null;
            if (code != 0) {
                if (output != null) {
                    listener.getLogger().print(output);
                }
                throw new AbortException("script returned exit code " + code);
            }
            return output;
        }

        /** Ends the task; the step fails with the cause as soon as the task has ended. */
        @Override
        public void stop(Throwable cause) throws Exception {
            stopCause = cause;
            listener.getLogger().println("Sending interrupt signal to process");
            shell.stop();
        }
    }
}
