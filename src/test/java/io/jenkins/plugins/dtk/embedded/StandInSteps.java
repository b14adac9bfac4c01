package io.jenkins.plugins.dtk.embedded;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jenkinsci.plugins.durabletask.BourneShellScript;
import org.jenkinsci.plugins.durabletask.DurableTask;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.actions.ThreadNameAction;
import org.jenkinsci.plugins.workflow.cps.CpsBodyInvoker;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;
import org.jenkinsci.plugins.workflow.steps.durable_task.DurableTaskStep;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Steps of the shapes that a plugin for Jenkins has. */
final class StandInSteps {

    private StandInSteps() {}

    /** A value step that works off the pipeline's thread. */
    public static final class Names extends Step {
        private final String prefix;
        private int count;

        @DataBoundConstructor
        public Names(String prefix) {
            this.prefix = prefix;
        }

        @DataBoundSetter
        public void setCount(int count) {
            this.count = count;
        }

        @Override
        public StepExecution start(StepContext context) {
            return new SynchronousNonBlockingStepExecution<List<String>>(context) {
                @Override
                protected List<String> run() throws Exception {
                    if (count < 0) {
                        throw new AbortException("standInNames: 'count' is " + count + "; use 0 or more");
                    }
                    List<String> names = new ArrayList<>();
                    for (int i = 0; i < count; i++) {
                        names.add(prefix + '-' + i);
                    }
                    return names;
                }
            };
        }

        public static final class DescriptorImpl extends StepDescriptor {
            @Override
            public String getFunctionName() {
                return "standInNames";
            }

            @Override
            public Set<? extends Class<?>> getRequiredContext() {
                return Set.of(Run.class, TaskListener.class);
            }
        }
    }

    /** A durable task whose script is constant. */
    public static final class Leaf extends DurableTaskStep {
        @DataBoundConstructor
        public Leaf() {}

        @Override
        protected DurableTask task() {
            return new BourneShellScript("#!/bin/sh\necho \"leaf of $STANDIN_NAME with $STANDIN_SECRET\"\n");
        }

        public static final class DescriptorImpl extends DurableTaskStepDescriptor {
            @Override
            public String getFunctionName() {
                return "standInLeaf";
            }
        }
    }

    /** A block step that runs its block once for each name, in branches, and ends from another thread. */
    public static final class FanOut extends Step {
        private final List<String> names;
        private final String secretId;

        @DataBoundConstructor
        public FanOut(List<String> names, String secretId) {
            this.names = names;
            this.secretId = secretId;
        }

        @Override
        public StepExecution start(StepContext context) {
            return new Execution(context, names, secretId);
        }

        public static final class DescriptorImpl extends StepDescriptor {
            @Override
            public String getFunctionName() {
                return "standInFanOut";
            }

            @Override
            public boolean takesImplicitBlockArgument() {
                return true;
            }

            @Override
            public Set<? extends Class<?>> getRequiredContext() {
                return Set.of(Run.class, TaskListener.class);
            }
        }
    }

    private static final class Execution extends StepExecution {
        private static final long serialVersionUID = 1L;
        private final List<String> names;
        private final String secretId;
        private final Map<String, String> ends = new TreeMap<>();
        private final List<BodyExecution> bodies = new ArrayList<>();
        private boolean failed;

        Execution(StepContext context, List<String> names, String secretId) {
            super(context);
            this.names = names;
            this.secretId = secretId;
        }

        @Override
        public boolean start() throws Exception {
            getContext().get(TaskListener.class).getLogger().println("fan out: " + names.size() + " branches");
            EnvironmentExpander environment = getContext().get(EnvironmentExpander.class);
            ConsoleLogFilter filter = getContext().get(ConsoleLogFilter.class);
            for (String name : names) {
                bodies.add(((CpsBodyInvoker) getContext().newBodyInvoker())
                        .withStartAction(new BranchName(name))
                        .withContext(
                                EnvironmentExpander.merge(environment, new Variables(name, secretId, getContext())))
                        .withContext(BodyInvoker.mergeConsoleLogFilters(filter, new PassThrough()))
                        .withCallback(new End(this, name))
                        .start());
            }
            return false;
        }

        @Override
        public void stop(Throwable cause) {
            getContext().onFailure(cause);
        }

        synchronized void ended(String name, Throwable failure) {
            failed |= failure != null;
            ends.put(name, failure == null ? "done" : failure.getMessage());
            if (ends.size() == names.size()) {
                new Thread(this::close).start();
            }
        }

        private void close() {
            try {
                getContext().get(TaskListener.class).getLogger().println("fan out: closing");
            } catch (IOException | InterruptedException e) {
                getContext().onFailure(e);
            }
            if (failed) {
                ends.values().removeIf("done"::equals);
                getContext()
                        .onFailure(new AbortException("fan out: "
                                + ends.toString().replaceAll("[{}]", "").replace("=", ": ")));
            } else {
                getContext().onSuccess(ends);
            }
        }
    }

    private static final class BranchName extends LabelAction implements ThreadNameAction {
        BranchName(String name) {
            super(name);
        }

        @Override
        public String getThreadName() {
            return getDisplayName();
        }
    }

    private static final class Variables extends EnvironmentExpander {
        private static final long serialVersionUID = 1L;
        private final String name;
        private final String secretId;
        private final StepContext context;

        Variables(String name, String secretId, StepContext context) {
            this.name = name;
            this.secretId = secretId;
            this.context = context;
        }

        @Override
        public void expand(EnvVars env) throws IOException, InterruptedException {
            StringCredentials secret =
                    CredentialsProvider.findCredentialById(secretId, StringCredentials.class, context.get(Run.class));
            env.override("STANDIN_NAME", name);
            env.override("STANDIN_LABEL", "x86_64");
            env.override("STANDIN_SECRET", secret.getSecret().getPlainText());
        }

        @Override
        public Set<String> getSensitiveVariables() {
            return Set.of("STANDIN_SECRET");
        }
    }

    private static final class PassThrough extends ConsoleLogFilter implements Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        @SuppressWarnings("rawtypes")
        public OutputStream decorateLogger(Run build, OutputStream logger) {
            return logger;
        }
    }

    private static final class End extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;
        private final Execution execution;
        private final String name;

        End(Execution execution, String name) {
            this.execution = execution;
            this.name = name;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            execution.ended(name, null);
        }

        @Override
        public void onFailure(StepContext context, Throwable failure) {
            execution.ended(name, failure);
        }
    }
}
