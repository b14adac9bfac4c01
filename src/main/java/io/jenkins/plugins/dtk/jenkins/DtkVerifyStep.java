package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.dtk.matrix.BaseImages;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.registry.ImageReference;
import io.jenkins.plugins.dtk.release.Discovery;
import io.jenkins.plugins.dtk.release.ReleaseRange;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * The step {@code dtkVerify}: is each Driver Toolkit image, the releases' own and the library's, for the kernel that
 * nodes run? Returns what it found as plain maps and lists, and lets the build fail, be unstable, or go on.
 */
public final class DtkVerifyStep extends Step {

    /** What a finding makes of the build, the usual first. */
    private static final List<String> OUTCOMES = List.of("failure", "unstable", "report");

    private String releases;
    private List<String> architectures = List.of();
    private String channel;
    private boolean preReleases;
    private String discovery;
    private String pullSecretId;
    private String image;
    private String registryCredentialsId;
    private boolean libraryOnly;
    private String onMismatch;
    private String onUnknown;

    /** A step with its defaults: all releases from 4.12 on, x86_64 and aarch64, no library. */
    @DataBoundConstructor
    public DtkVerifyStep() {}

    /** The releases to compare, such as {@code 4.12+}; null means that. */
    public String getReleases() {
        return releases;
    }

    /** Sets the releases to compare. */
    @DataBoundSetter
    public void setReleases(String releases) {
        this.releases = Util.fixEmptyAndTrim(releases);
    }

    /** The architectures to compare; empty means x86_64 and aarch64. */
    public List<String> getArchitectures() {
        return architectures;
    }

    /** Sets the architectures to compare. */
    @DataBoundSetter
    public void setArchitectures(List<String> architectures) {
        this.architectures = Arguments.items(architectures);
    }

    /** The update graph's channel; null means the usual one. */
    public String getChannel() {
        return channel;
    }

    /** Sets the update graph's channel. */
    @DataBoundSetter
    public void setChannel(String channel) {
        this.channel = Util.fixEmptyAndTrim(channel);
    }

    /** Whether ec, fc and rc releases are compared too. */
    public boolean isPreReleases() {
        return preReleases;
    }

    /** Sets whether ec, fc and rc releases are compared too. */
    @DataBoundSetter
    public void setPreReleases(boolean preReleases) {
        this.preReleases = preReleases;
    }

    /** How releases are found: {@code graph} (when null), {@code tags} or {@code both}. */
    public String getDiscovery() {
        return discovery;
    }

    /** Sets how releases are found. */
    @DataBoundSetter
    public void setDiscovery(String discovery) {
        this.discovery = Util.fixEmptyAndTrim(discovery);
    }

    /** ID of the pull secret, a secret file or secret text. */
    public String getPullSecretId() {
        return pullSecretId;
    }

    /** Sets the ID of the pull secret. */
    @DataBoundSetter
    public void setPullSecretId(String pullSecretId) {
        this.pullSecretId = Util.fixEmptyAndTrim(pullSecretId);
    }

    /** The library's repository; null means that no library is asked. */
    public String getImage() {
        return image;
    }

    /** Sets the library's repository. */
    @DataBoundSetter
    public void setImage(String image) {
        this.image = Util.fixEmptyAndTrim(image);
    }

    /** ID of the user and password that may read the library; null means the pull secret, or anonymous. */
    public String getRegistryCredentialsId() {
        return registryCredentialsId;
    }

    /** Sets the ID of the user and password that may read the library. */
    @DataBoundSetter
    public void setRegistryCredentialsId(String registryCredentialsId) {
        this.registryCredentialsId = Util.fixEmptyAndTrim(registryCredentialsId);
    }

    /** Whether the releases' own images are left out. */
    public boolean isLibraryOnly() {
        return libraryOnly;
    }

    /** Sets whether the releases' own images are left out. */
    @DataBoundSetter
    public void setLibraryOnly(boolean libraryOnly) {
        this.libraryOnly = libraryOnly;
    }

    /** {@code failure} (when null), {@code unstable} or {@code report}: what an image for another kernel makes of the build. */
    public String getOnMismatch() {
        return onMismatch;
    }

    /** Sets what an image for another kernel makes of the build. */
    @DataBoundSetter
    public void setOnMismatch(String onMismatch) {
        this.onMismatch = Util.fixEmptyAndTrim(onMismatch);
    }

    /** {@code failure} (when null), {@code unstable} or {@code report}: what becomes of the build when something cannot be told. */
    public String getOnUnknown() {
        return onUnknown;
    }

    /** Sets what becomes of the build when something cannot be told. */
    @DataBoundSetter
    public void setOnUnknown(String onUnknown) {
        this.onUnknown = Util.fixEmptyAndTrim(onUnknown);
    }

    MatrixRequest request() throws AbortException {
        return Arguments.read("dtkVerify", () -> {
            Arguments.oneOf("onMismatch", onMismatch, OUTCOMES);
            Arguments.oneOf("onUnknown", onUnknown, OUTCOMES);
            Arguments.oneOf("discovery", discovery, Discovery.words());
            ReleaseRange range = Arguments.releases(releases);
            return new MatrixRequest(
                    preReleases ? range.withPreReleases() : range,
                    MatrixRequest.architectures(architectures),
                    channel == null ? DtkConfiguration.get().channelOrDefault() : channel,
                    BaseImages.of(null),
                    false,
                    true,
                    Discovery.parse(discovery),
                    false);
        });
    }

    /** The library, or null. */
    ImageReference library() throws AbortException {
        return image == null && !libraryOnly ? null : Arguments.read("dtkVerify", () -> Arguments.repository(image));
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        return new VerifyExecution(context, this);
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "dtkVerify";
        }

        @Override
        public String getDisplayName() {
            return "Compare Driver Toolkit images with the kernels that nodes run";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FlowNode.class);
        }

        /** A list as a form shows it. */
        @Restricted(NoExternalUse.class) // the form
        public String join(List<String> items) {
            return String.join(", ", items == null ? List.of() : items);
        }

        /** The channels. */
        @POST
        public ListBoxModel doFillChannelItems() {
            return Choices.channels();
        }

        /** How releases are found. */
        @POST
        public ListBoxModel doFillDiscoveryItems() {
            return Choices.of(Discovery.words());
        }

        /** What an image for another kernel makes of the build. */
        @POST
        public ListBoxModel doFillOnMismatchItems() {
            return Choices.of(OUTCOMES);
        }

        /** What becomes of the build when something cannot be told. */
        @POST
        public ListBoxModel doFillOnUnknownItems() {
            return Choices.of(OUTCOMES);
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

        /** Checks the architectures. */
        @POST
        public FormValidation doCheckArchitectures(@QueryParameter String value) {
            return Arguments.check(value, () -> MatrixRequest.architectures(Arguments.items(List.of(value))));
        }

        /** Checks the library. */
        @POST
        public FormValidation doCheckImage(@QueryParameter String value) {
            return Arguments.check(value, () -> Arguments.repository(value));
        }
    }
}
