package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.Util;
import io.jenkins.plugins.dtk.matrix.BaseImages;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.Discovery;
import io.jenkins.plugins.dtk.release.ReleaseRange;
import java.io.Serializable;
import java.util.List;
import java.util.function.Supplier;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;

/** A step that reads what OpenShift releases ship, and what a library has for it: the parameters that say which. */
@Restricted(NoExternalUse.class) // for the steps here
public abstract class ReleasesStep extends Step implements Serializable {

    private static final long serialVersionUID = 1L;

    private String releases;
    private List<String> architectures = List.of();
    private String channel;
    private boolean preReleases;
    private String discovery;
    private String pullSecretId;
    private String image;
    private String registryCredentialsId;

    ReleasesStep() {}

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

    /** Sets the wanted architectures: a list, or one text with commas. */
    @DataBoundSetter
    public void setArchitectures(Object architectures) {
        this.architectures = Arguments.items(architectures);
    }

    /** The update graph's channel; null means that of the global configuration. */
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

    /**
     * What is asked for.
     *
     * @throws AbortException when an argument is malformed; one line
     */
    abstract MatrixRequest request() throws AbortException;

    /** What is asked for, with what only one of the steps lets its user choose. */
    final MatrixRequest request(
            BaseImages baseImages, boolean baseDigests, boolean skipUnreadable, boolean verifyLayers) {
        Arguments.oneOf("discovery", discovery, Discovery.words());
        ReleaseRange range = Arguments.releases(releases);
        return new MatrixRequest(
                preReleases ? range.withPreReleases() : range,
                MatrixRequest.architectures(architectures),
                channel == null ? DtkConfiguration.get().channelOrDefault() : channel,
                baseImages,
                baseDigests,
                skipUnreadable,
                Discovery.parse(discovery),
                verifyLayers);
    }

    /** The library, or null. */
    final ImageReference library() throws AbortException {
        return image == null && !needsLibrary() ? null : checked(() -> Arguments.repository(image));
    }

    /** Whether there is nothing to do without a library. */
    boolean needsLibrary() {
        return false;
    }

    /** Reads arguments: what is wrong with one ends the step with one line. */
    final <T> T checked(Supplier<T> arguments) throws AbortException {
        return Arguments.checked(function(), arguments);
    }

    final String function() {
        return getDescriptor().getFunctionName();
    }
}
