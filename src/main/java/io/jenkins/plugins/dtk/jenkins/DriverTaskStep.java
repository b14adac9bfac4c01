package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Util;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.dtk.kmod.FitMode;
import io.jenkins.plugins.dtk.plan.AgentScript;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.plugins.durabletask.BourneShellScript;
import org.jenkinsci.plugins.durabletask.DurableTask;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.durable_task.DurableTaskStep;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * A step that works on the image of the branch of {@code dtkBuild} it stands in, on the current agent. It is a durable
 * task: the work goes on while the controller restarts.
 */
@Restricted(NoExternalUse.class) // for the steps here
public abstract class DriverTaskStep extends DurableTaskStep {

    private String fit;
    private List<String> symvers = List.of();

    private String signingKeyId;
    private String signingCertificateId;
    private String signCommand;
    private List<String> filesToSign = List.of();

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

    /** ID of the key that signs the modules, in PEM; null: they stay as they are. */
    public String getSigningKeyId() {
        return signingKeyId;
    }

    /** Sets the ID of the key that signs the modules. */
    @DataBoundSetter
    public void setSigningKeyId(String signingKeyId) {
        this.signingKeyId = Util.fixEmptyAndTrim(signingKeyId);
    }

    /** ID of the key's certificate, in PEM. */
    public String getSigningCertificateId() {
        return signingCertificateId;
    }

    /** Sets the ID of the key's certificate. */
    @DataBoundSetter
    public void setSigningCertificateId(String signingCertificateId) {
        this.signingCertificateId = Util.fixEmptyAndTrim(signingCertificateId);
    }

    /** In place of the key: what the agent signs each module with; null for nothing. */
    public String getSignCommand() {
        return signCommand;
    }

    /** Sets the command that signs the module whose path is appended to it. */
    @DataBoundSetter
    public void setSignCommand(String signCommand) {
        this.signCommand = Util.fixEmptyAndTrim(signCommand);
    }

    /** Which modules are signed, as in KMM; empty means the vendor's own. */
    public List<String> getFilesToSign() {
        return filesToSign;
    }

    /** Sets which modules are signed: a list, or one text with commas. */
    @DataBoundSetter
    public void setFilesToSign(Object filesToSign) {
        this.filesToSign = Arguments.items(filesToSign);
    }

    /** What it does with the image of its branch, in one word. */
    abstract String verb();

    /** Whether a parameter is given that is for the images of drivers alone. */
    boolean isForDriver() {
        return fit != null || !symvers.isEmpty() || signingKeyId != null || signCommand != null;
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
        if (signCommand != null) {
            all.put("DTK_SIGN_COMMAND", signCommand);
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
            branch.worksIn(context, Signing.of(this, function, new StepCredentials(context.get(Run.class))));
        } else if (isForDriver()) {
            throw new AbortException(
                    function + ": its parameters are for the images of a driver, and this branch builds a"
                            + " toolkit: leave them out, or give dtkBuild the matrix of a driver, dtkMatrix(tag: ...)");
        }
        Computer agent = context.get(Computer.class);
        branch.started(context.get(FlowNode.class).getId(), agent == null ? "" : agent.getDisplayName());
        return super.start(context);
    }

    /** What the forms of these steps have in common. */
    @Restricted(NoExternalUse.class) // the forms
    public abstract static class DriverTaskDescriptor extends DurableTaskStepDescriptor {

        DriverTaskDescriptor() {}

        /** Makes the step of what a pipeline gives. */
        @Override
        @SuppressWarnings("deprecation") // as for the other steps
        public Step newInstance(Map<String, Object> arguments) throws Exception {
            return super.newInstance(StepParameters.check(this, arguments));
        }

        /** A list as one text. */
        public String join(List<String> items) {
            return items == null ? "" : String.join(", ", items);
        }

        /** By what modules fit. */
        @POST
        public ListBoxModel doFillFitItems() {
            return Choices.of(List.of("kernel", "symbols"));
        }

        /** The credentials that may be the key. */
        @POST
        public ListBoxModel doFillSigningKeyIdItems(@AncestorInPath Item item, @QueryParameter String signingKeyId) {
            return CredentialsKind.FILE_OR_TEXT.items(item, signingKeyId);
        }

        /** Checks that it is there. */
        @POST
        public FormValidation doCheckSigningKeyId(@AncestorInPath Item item, @QueryParameter String value) {
            return CredentialsKind.FILE_OR_TEXT.check(item, value);
        }

        /** The credentials that may be the certificate. */
        @POST
        public ListBoxModel doFillSigningCertificateIdItems(
                @AncestorInPath Item item, @QueryParameter String signingCertificateId) {
            return CredentialsKind.FILE_OR_TEXT.items(item, signingCertificateId);
        }

        /** Checks that it is there. */
        @POST
        public FormValidation doCheckSigningCertificateId(@AncestorInPath Item item, @QueryParameter String value) {
            return CredentialsKind.FILE_OR_TEXT.check(item, value);
        }
    }
}
