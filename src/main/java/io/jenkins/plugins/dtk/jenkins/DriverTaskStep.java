package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Util;
import hudson.model.Computer;
import io.jenkins.plugins.dtk.kmod.FitMode;
import io.jenkins.plugins.dtk.plan.AgentScript;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.plugins.durabletask.BourneShellScript;
import org.jenkinsci.plugins.durabletask.DurableTask;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.durable_task.DurableTaskStep;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * A step that works on the image of the branch of {@code dtkBuild} it stands in, on the current agent. It is a durable
 * task: the work goes on while the controller restarts.
 */
@Restricted(NoExternalUse.class) // for the steps here
public abstract class DriverTaskStep extends DurableTaskStep {

    private String fit;
    private List<String> symvers = List.of();

    /** What the script is given; made as the step starts, in the branch's environment. */
    private transient Map<String, String> settings = Map.of();

    DriverTaskStep() {}

    /** By what a driver's modules fit: {@code kernel} (when null) or {@code symbols}. */
    public String getFit() {
        return fit;
    }

    /** Sets by what a driver's modules fit. */
    @DataBoundSetter
    public void setFit(String fit) {
        this.fit = Util.fixEmptyAndTrim(fit);
    }

    /** The tables of symbols of other vendors' modules: files in the workspace. */
    public List<String> getSymvers() {
        return symvers;
    }

    /** Sets the tables of symbols of other vendors: a list, or one text with commas. */
    @DataBoundSetter
    public void setSymvers(Object symvers) {
        this.symvers = Arguments.items(symvers);
    }

    /** What it does with the image of its branch, in one word. */
    abstract String verb();

    /** Whether a parameter is given that is for the images of drivers alone. */
    boolean isForDriver() {
        return fit != null || !symvers.isEmpty();
    }

    /**
     * What the script is given for a driver.
     *
     * @param environment of the branch
     * @throws IllegalArgumentException when a parameter is malformed; one line
     */
    Map<String, String> settings(EnvVars environment) {
        Map<String, String> all = new TreeMap<>();
        if (fit != null) {
            FitMode.parse(fit);
            all.put("DTK_FIT", fit);
        }
        all.put("DTK_SYMVERS", String.join("\n", symvers));
        return all;
    }

    @Override
    protected final DurableTask task() {
        return new BourneShellScript(settings.isEmpty() ? AgentScript.text() : AgentScript.with(settings));
    }

    /** Notifies the branch that its work starts here: its time counts from now on, and its log is here. */
    @Override
    public final StepExecution start(StepContext context) throws Exception {
        String function = getDescriptor().getFunctionName();
        Branch branch = context.get(Branch.class);
        if (branch == null) {
            throw new AbortException(
                    function + " " + verb() + " the image of a branch of dtkBuild: put it into its block,"
                            + " dtkBuild(...) { node(...) { " + function + "() } }");
        }
        if (branch.isOfDriver()) {
            EnvVars environment = context.get(EnvVars.class);
            settings = Arguments.checked(function, () -> settings(environment));
            branch.worksIn(context);
        } else if (isForDriver()) {
            throw new AbortException(
                    function + ": its parameters are for the images of a driver, and this branch builds a"
                            + " toolkit: leave them out, or give dtkBuild the matrix of a driver, dtkMatrix(tag: ...)");
        }
        Computer agent = context.get(Computer.class);
        branch.started(context.get(FlowNode.class).getId(), agent == null ? "" : agent.getDisplayName());
        return super.start(context);
    }
}
