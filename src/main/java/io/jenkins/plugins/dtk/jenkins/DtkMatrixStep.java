package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.matrix.BaseImages;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.registry.ImageReference;
import io.jenkins.plugins.dtk.release.Discovery;
import io.jenkins.plugins.dtk.release.ReleaseRange;
import java.util.List;
import java.util.Set;
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
 * The step {@code dtkMatrix}: which kernels do the wanted OpenShift releases ship? With an image, also which of them
 * the library lacks. Returns plain maps and lists.
 */
public final class DtkMatrixStep extends Step {

    private static final List<String> ON_UNREADABLE = List.of("fail", "skip");

    private String releases;
    private List<String> architectures = List.of();
    private String channel;
    private boolean preReleases;
    private String pullSecretId;
    private String image;
    private String registryCredentialsId;
    private String baseImage;
    private String onUnreadable;
    private String discovery;
    private boolean verifyLayers;

    /** A step with its defaults: all releases from 4.12 on, x86_64 and aarch64. */
    @DataBoundConstructor
    public DtkMatrixStep() {}

    /** The wanted releases, such as {@code 4.12+}; null means that. */
    public String getReleases() {
        return releases;
    }

    /** Sets the wanted releases. */
    @DataBoundSetter
    public void setReleases(String releases) {
        this.releases = Util.fixEmptyAndTrim(releases);
    }

    /** The wanted architectures; empty means x86_64 and aarch64. */
    public List<String> getArchitectures() {
        return architectures;
    }

    /** Sets the wanted architectures. */
    @DataBoundSetter
    public void setArchitectures(List<String> architectures) {
        this.architectures = Arguments.items(architectures);
    }

    /** The update graph's channel; null means candidate. */
    public String getChannel() {
        return channel;
    }

    /** Sets the update graph's channel. */
    @DataBoundSetter
    public void setChannel(String channel) {
        this.channel = Util.fixEmptyAndTrim(channel);
    }

    /** Whether ec, fc and rc releases are wanted too. */
    public boolean isPreReleases() {
        return preReleases;
    }

    /** Sets whether ec, fc and rc releases are wanted too. */
    @DataBoundSetter
    public void setPreReleases(boolean preReleases) {
        this.preReleases = preReleases;
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

    /** The pattern of base images; null means UBI of the kernel's RHEL release. */
    public String getBaseImage() {
        return baseImage;
    }

    /** Sets the pattern of base images. */
    @DataBoundSetter
    public void setBaseImage(String baseImage) {
        this.baseImage = Util.fixEmptyAndTrim(baseImage);
    }

    /** {@code fail} (when null) or {@code skip}: what becomes of a release that cannot be read. */
    public String getOnUnreadable() {
        return onUnreadable;
    }

    /** Sets what becomes of a release that cannot be read. */
    @DataBoundSetter
    public void setOnUnreadable(String onUnreadable) {
        this.onUnreadable = Util.fixEmptyAndTrim(onUnreadable);
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

    /** Whether layers are read to their end and verified. */
    public boolean isVerifyLayers() {
        return verifyLayers;
    }

    /** Sets whether layers are read to their end and verified. */
    @DataBoundSetter
    public void setVerifyLayers(boolean verifyLayers) {
        this.verifyLayers = verifyLayers;
    }

    MatrixRequest request() throws AbortException {
        DtkConfiguration defaults = DtkConfiguration.get();
        return Arguments.read("dtkMatrix", () -> {
            Arguments.oneOf("onUnreadable", onUnreadable, ON_UNREADABLE);
            Arguments.oneOf("discovery", discovery, Discovery.words());
            ReleaseRange range = Arguments.releases(releases);
            return new MatrixRequest(
                    preReleases ? range.withPreReleases() : range,
                    MatrixRequest.architectures(architectures),
                    channel == null ? defaults.channelOrDefault() : channel,
                    BaseImages.of(baseImage == null ? defaults.getBaseImage() : baseImage),
                    true,
                    "skip".equals(onUnreadable),
                    Discovery.parse(discovery),
                    verifyLayers);
        });
    }

    /** The library, or null. */
    ImageReference library() throws AbortException {
        return image == null ? null : Arguments.read("dtkMatrix", () -> Arguments.repository(image));
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        return new MatrixExecution(context, this);
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "dtkMatrix";
        }

        @Override
        public String getDisplayName() {
            return "Compute which kernels OpenShift releases ship";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        /** Whether an architecture is among those of a form, under any of its names. */
        @Restricted(NoExternalUse.class) // the form
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

        /** What becomes of a release that cannot be read. */
        @POST
        public ListBoxModel doFillOnUnreadableItems() {
            return Choices.of(ON_UNREADABLE);
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

        /** Checks the pattern of base images. */
        @POST
        public FormValidation doCheckBaseImage(@QueryParameter String value) {
            return Arguments.check(value, () -> BaseImages.of(value));
        }
    }
}
