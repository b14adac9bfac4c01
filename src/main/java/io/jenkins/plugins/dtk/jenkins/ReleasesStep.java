package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.Util;
import io.jenkins.plugins.dtk.matrix.BaseImagePattern;
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

/**
 * A step that reads what OpenShift releases ship, and what a library has for it: the parameters that say which. Each is
 * the parameter of its name in vars-docs/dtkMatrix.md; what is not given is null, false or an empty list.
 */
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

    public String getReleases() {
        return releases;
    }

    @DataBoundSetter
    public void setReleases(String releases) {
        this.releases = Util.fixEmptyAndTrim(releases);
    }

    public List<String> getArchitectures() {
        return architectures;
    }

    @DataBoundSetter
    public void setArchitectures(Object architectures) {
        this.architectures = Arguments.items(architectures);
    }

    public String getChannel() {
        return channel;
    }

    @DataBoundSetter
    public void setChannel(String channel) {
        this.channel = Util.fixEmptyAndTrim(channel);
    }

    public boolean isPreReleases() {
        return preReleases;
    }

    @DataBoundSetter
    public void setPreReleases(boolean preReleases) {
        this.preReleases = preReleases;
    }

    public String getDiscovery() {
        return discovery;
    }

    @DataBoundSetter
    public void setDiscovery(String discovery) {
        this.discovery = Util.fixEmptyAndTrim(discovery);
    }

    public String getPullSecretId() {
        return pullSecretId;
    }

    @DataBoundSetter
    public void setPullSecretId(String pullSecretId) {
        this.pullSecretId = Util.fixEmptyAndTrim(pullSecretId);
    }

    public String getImage() {
        return image;
    }

    @DataBoundSetter
    public void setImage(String image) {
        this.image = Util.fixEmptyAndTrim(image);
    }

    public String getRegistryCredentialsId() {
        return registryCredentialsId;
    }

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
            BaseImagePattern baseImages, boolean baseDigests, boolean skipUnreadable, boolean verifyLayers) {
        Arguments.oneOf("discovery", discovery, Discovery.words());
        ReleaseRange range = Arguments.releases(releases);
        return new MatrixRequest(
                preReleases ? range.withPreReleases() : range,
                MatrixRequest.architectures(architectures),
                channel == null ? DtkConfiguration.saved().channel() : channel,
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
