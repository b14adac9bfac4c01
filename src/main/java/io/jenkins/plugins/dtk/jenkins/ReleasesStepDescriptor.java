package io.jenkins.plugins.dtk.jenkins;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.release.Discovery;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of a {@link ReleasesStep}: its lists and checks. */
@Restricted(NoExternalUse.class) // the form
public abstract class ReleasesStepDescriptor extends LibraryStepDescriptor {

    ReleasesStepDescriptor() {}

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
        return CredentialsKind.FILE_OR_TEXT.items(item, pullSecretId);
    }

    /** Checks that it is there. */
    @POST
    public FormValidation doCheckPullSecretId(@AncestorInPath Item item, @QueryParameter String value) {
        return CredentialsKind.FILE_OR_TEXT.check(item, value);
    }

    /** Checks the releases. */
    @POST
    public FormValidation doCheckReleases(@QueryParameter String value) {
        return Arguments.check(value, () -> Arguments.releases(value));
    }

    /** Checks the architectures. */
    @POST
    public FormValidation doCheckArchitectures(@QueryParameter String value) {
        return Arguments.check(value, () -> MatrixRequest.architectures(Arguments.items(value)));
    }
}
