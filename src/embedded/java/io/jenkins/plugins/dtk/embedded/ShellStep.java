package io.jenkins.plugins.dtk.embedded;

import hudson.AbortException;
import org.jenkinsci.plugins.durabletask.BourneShellScript;
import org.jenkinsci.plugins.durabletask.DurableTask;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.durable_task.DurableTaskStep;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code sh}: runs a shell script in the workspace. */
final class ShellStep extends DurableTaskStep {

    private final String script;

    @DataBoundConstructor
    ShellStep(String script) {
        this.script = script;
    }

    @Override
    protected DurableTask task() {
        return new BourneShellScript(script);
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        if (script == null) {
            throw new AbortException("sh: 'script' is missing");
        }
        return super.start(context);
    }

    static final class DescriptorImpl extends DurableTaskStepDescriptor {
        @Override
        public String getFunctionName() {
            return "sh";
        }
    }
}
