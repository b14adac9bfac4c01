package io.jenkins.plugins.dtk.jenkins;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * Describes a step that reads or writes an image library: the parameters {@code image} and {@code registryCredentialsId}.
 * All its arguments are checked: what is wrong with one is said in one line.
 */
@Restricted(NoExternalUse.class) // the form
public abstract class LibraryStepDescriptor extends StepDescriptor {

    LibraryStepDescriptor() {}

    /** A list as a form shows it. */
    public String join(List<String> items) {
        return items == null ? "" : String.join(", ", items);
    }

    /** Makes the step of what a pipeline gives. */
    @Override
    @SuppressWarnings(
            "deprecation") // Jenkins calls it still; what should be used in its place cannot refuse in one line
    public Step newInstance(Map<String, Object> arguments) throws Exception {
        return super.newInstance(StepParameters.check(this, arguments));
    }

    /** The credentials for the library's registry. */
    @POST
    public ListBoxModel doFillRegistryCredentialsIdItems(
            @AncestorInPath Item item, @QueryParameter String registryCredentialsId) {
        return CredentialsKind.LOGIN.items(item, registryCredentialsId);
    }

    /** Checks that it is there. */
    @POST
    public FormValidation doCheckRegistryCredentialsId(@AncestorInPath Item item, @QueryParameter String value) {
        return CredentialsKind.LOGIN.check(item, value);
    }

    /** Checks the library. */
    @POST
    public FormValidation doCheckImage(@QueryParameter String value) {
        return Arguments.check(value, () -> Arguments.repository(value));
    }
}
