package io.jenkins.plugins.dtk.jenkins;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.release.Discovery;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of a {@link ReleasesStep}: its lists and checks. */
@Restricted(NoExternalUse.class) // the form
public abstract class ReleasesStepDescriptor extends StepDescriptor {

    ReleasesStepDescriptor() {}

    /** Whether an architecture is among those of a form, under any of its names. */
    public boolean isWanted(List<String> architectures, String name) {
        Architecture architecture = Architecture.parse(name);
        List<String> names = List.of(name, architecture.goName(), architecture.platform());
        return architectures != null && architectures.stream().anyMatch(names::contains);
    }

    /** The channels. */
    @POST
    public ListBoxModel doFillChannelItems() {
        return Choices.channels();
    }

    /** The ways to find releases. */
    @POST
    public ListBoxModel doFillDiscoveryItems() {
        return Choices.of(Discovery.words());
    }

    /** The credentials that may be the pull secret. */
    @POST
    public ListBoxModel doFillPullSecretIdItems(@AncestorInPath Item item, @QueryParameter String pullSecretId) {
        return CredentialsLists.filesAndTexts(item, pullSecretId);
    }

    /** The credentials that may read the library. */
    @POST
    public ListBoxModel doFillRegistryCredentialsIdItems(
            @AncestorInPath Item item, @QueryParameter String registryCredentialsId) {
        return CredentialsLists.logins(item, registryCredentialsId);
    }

    /** Checks the releases. */
    @POST
    public FormValidation doCheckReleases(@QueryParameter String value) {
        return Arguments.check(value, () -> Arguments.releases(value));
    }

    /** Checks the library. */
    @POST
    public FormValidation doCheckImage(@QueryParameter String value) {
        return Arguments.check(value, () -> Arguments.repository(value));
    }
}
