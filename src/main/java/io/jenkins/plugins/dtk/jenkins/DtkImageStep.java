package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.Extension;
import hudson.model.Computer;
import io.jenkins.plugins.dtk.plan.AgentScript;
import java.util.Map;
import org.jenkinsci.plugins.durabletask.BourneShellScript;
import org.jenkinsci.plugins.durabletask.DurableTask;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.durable_task.DurableTaskStep;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * The step {@code dtkImage}: builds and pushes the image of the branch it stands in, on the current agent. It is a
 * durable task: the build goes on while the controller restarts. All values come from the branch's environment.
 */
public final class DtkImageStep extends DurableTaskStep {

    /** A step without parameters of its own. */
    @DataBoundConstructor
    public DtkImageStep() {}

    @Override
    protected DurableTask task() {
        return new BourneShellScript(AgentScript.text());
    }

    /** Notifies the branch that its work starts here: its time counts from now on, and its log is here. */
    @Override
    public StepExecution start(StepContext context) throws Exception {
        Branch branch = context.get(Branch.class);
        if (branch == null) {
            throw new AbortException("dtkImage builds the image of a branch of dtkBuild: put it into its block,"
                    + " dtkBuild(...) { node(...) { dtkImage() } }");
        }
        Computer agent = context.get(Computer.class);
        branch.started(context.get(FlowNode.class).getId(), agent == null ? "" : agent.getDisplayName());
        return super.start(context);
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends DurableTaskStepDescriptor {
        /** Makes the step of what a pipeline gives. */
        @Override
        @SuppressWarnings("deprecation") // as for the other steps
        public Step newInstance(Map<String, Object> arguments) throws Exception {
            return super.newInstance(StepParameters.check(this, arguments));
        }

        @Override
        public String getFunctionName() {
            return "dtkImage";
        }

        @Override
        public String getDisplayName() {
            return "Build and push the branch's Driver Toolkit image";
        }
    }
}
