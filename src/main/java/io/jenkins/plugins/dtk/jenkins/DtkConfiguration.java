package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import io.jenkins.plugins.dtk.http.HttpSettings;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.plan.Settings;
import io.jenkins.plugins.dtk.release.ReleaseSources;
import io.jenkins.plugins.dtk.rhsm.Rhsm;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;

/** The sources of truth and the defaults of the steps, set once for all pipelines of a controller. */
@Extension
@Symbol("driverToolkit")
public final class DtkConfiguration extends ConfigurationForm {

    private String graphUrl;
    private String releaseRepository;
    private String channel;
    private String baseImage;
    private int requestsPerSecond;
    private String plainHttpRegistries;
    private String unverifiedTlsRegistries;
    private String registryLocations;
    private String registryMirrors;
    private String trustedCertificates;
    private String rhsmUrl;
    private String cacheFolder;

    /** Reads what was saved. */
    public DtkConfiguration() {
        load();
    }

    /** The one configuration of this controller. */
    public static DtkConfiguration get() {
        return ExtensionList.lookupSingleton(DtkConfiguration.class);
    }

    /**
     * The settings in force.
     *
     * @throws AbortException when a saved value is malformed; one line
     */
    static Settings settings() throws AbortException {
        DtkConfiguration saved = get();
        return Arguments.read(
                "the global configuration of Driver Toolkit",
                () -> new Settings(
                        ReleaseSources.of(saved.graphUrl, saved.releaseRepository),
                        Settings.registries(items(saved.plainHttpRegistries)),
                        Settings.registries(items(saved.unverifiedTlsRegistries)),
                        Settings.locations(items(saved.registryLocations)),
                        Settings.mirrors(items(saved.registryMirrors)),
                        saved.trustedCertificates == null ? "" : saved.trustedCertificates,
                        saved.requestsPerSecond,
                        JenkinsProxy.clients()));
    }

    /**
     * The subscription service.
     *
     * @throws AbortException when a saved value is malformed; one line
     */
    static Rhsm rhsm() throws AbortException {
        DtkConfiguration saved = get();
        HttpSettings http = Rhsm.patient(settings().rhsmHttp());
        return Arguments.read(
                "the global configuration of Driver Toolkit", () -> new Rhsm(Rhsm.url(saved.rhsmUrl), http));
    }

    /**
     * What builds need to know of a Satellite, as variables of their branches; none where it is Red Hat's service.
     *
     * @throws AbortException when a saved value is malformed; one line
     */
    static Map<String, String> rhsmVariables() throws AbortException {
        DtkConfiguration saved = get();
        if (saved.rhsmUrl == null) {
            return Map.of();
        }
        HttpSettings http = settings().rhsmHttp();
        URI url = Arguments.read("the global configuration of Driver Toolkit", () -> Rhsm.url(saved.rhsmUrl));
        return Map.of(
                "DTK_RHSM_URL",
                url.toString(),
                "DTK_RHSM_CA",
                http.certificates().of(url.getRawAuthority()));
    }

    /** The channel of a step that names none. */
    String channelOrDefault() {
        return channel == null ? MatrixRequest.DEFAULT_CHANNEL : channel;
    }

    /** Where what releases ship is remembered. */
    Path cachePath() {
        return cacheFolder == null
                ? Jenkins.get().getRootDir().toPath().resolve("caches/driver-toolkit")
                : CacheFolder.parse(cacheFolder);
    }

    @Override
    public String getDisplayName() {
        return "Driver Toolkit";
    }

    /** The update graph's address, up to and including {@code /graph}; null means Red Hat's. */
    public String getGraphUrl() {
        return graphUrl;
    }

    /** Sets the update graph's address. */
    @DataBoundSetter
    public void setGraphUrl(String graphUrl) {
        this.graphUrl = Util.fixEmptyAndTrim(graphUrl);
        save();
    }

    /** The repository of the payloads; null means where the update graph says they are. */
    public String getReleaseRepository() {
        return releaseRepository;
    }

    /** Sets the repository of the payloads. */
    @DataBoundSetter
    public void setReleaseRepository(String releaseRepository) {
        this.releaseRepository = Util.fixEmptyAndTrim(releaseRepository);
        save();
    }

    /** The update graph's channel where a step names none; null means candidate. */
    public String getChannel() {
        return channel;
    }

    /** Sets the update graph's channel where a step names none. */
    @DataBoundSetter
    public void setChannel(String channel) {
        this.channel = Util.fixEmptyAndTrim(channel);
        save();
    }

    /** The pattern of base images where a step names none; null means UBI of the kernel's RHEL release. */
    public String getBaseImage() {
        return baseImage;
    }

    /** Sets the pattern of base images where a step names none. */
    @DataBoundSetter
    public void setBaseImage(String baseImage) {
        this.baseImage = Util.fixEmptyAndTrim(baseImage);
        save();
    }

    /** How many requests may start in a second, for one host; 0 means what each host takes. */
    public int getRequestsPerSecond() {
        return requestsPerSecond;
    }

    /** Sets how many requests may start in a second. */
    @DataBoundSetter
    public void setRequestsPerSecond(int requestsPerSecond) {
        this.requestsPerSecond = requestsPerSecond;
        save();
    }

    /** The registries, HOST:PORT, that may be reached over plain http; one per line. */
    public String getPlainHttpRegistries() {
        return plainHttpRegistries;
    }

    /** Sets the registries that may be reached over plain http. */
    @DataBoundSetter
    public void setPlainHttpRegistries(String plainHttpRegistries) {
        this.plainHttpRegistries = Util.fixEmptyAndTrim(plainHttpRegistries);
        save();
    }

    /** The registries, HOST:PORT, whose certificates are not verified; one per line. */
    public String getUnverifiedTlsRegistries() {
        return unverifiedTlsRegistries;
    }

    /** Sets the registries whose certificates are not verified. */
    @DataBoundSetter
    public void setUnverifiedTlsRegistries(String unverifiedTlsRegistries) {
        this.unverifiedTlsRegistries = Util.fixEmptyAndTrim(unverifiedTlsRegistries);
        save();
    }

    /** Where registries really are, PREFIX=PLACE; one per line. */
    public String getRegistryLocations() {
        return registryLocations;
    }

    /** Sets where registries really are. */
    @DataBoundSetter
    public void setRegistryLocations(String registryLocations) {
        this.registryLocations = Util.fixEmptyAndTrim(registryLocations);
        save();
    }

    /** Where images are read before their source, PREFIX=PLACE; one per line. */
    public String getRegistryMirrors() {
        return registryMirrors;
    }

    /** Sets where images are read before their source. */
    @DataBoundSetter
    public void setRegistryMirrors(String registryMirrors) {
        this.registryMirrors = Util.fixEmptyAndTrim(registryMirrors);
        save();
    }

    /** Certificate authorities to trust beside the JDK's, in PEM. */
    public String getTrustedCertificates() {
        return trustedCertificates;
    }

    /** Sets the certificate authorities to trust. */
    @DataBoundSetter
    public void setTrustedCertificates(String trustedCertificates) {
        this.trustedCertificates = Util.fixEmptyAndTrim(trustedCertificates);
        save();
    }

    /** The address of the subscription service; null means Red Hat's. */
    public String getRhsmUrl() {
        return rhsmUrl;
    }

    /** Sets the address of the subscription service. */
    @DataBoundSetter
    public void setRhsmUrl(String rhsmUrl) {
        this.rhsmUrl = Util.fixEmptyAndTrim(rhsmUrl);
        save();
    }

    /** The folder of the cache, an absolute path on the controller; null means one in Jenkins' own. */
    public String getCacheFolder() {
        return cacheFolder;
    }

    /** Sets the folder of the cache. */
    @DataBoundSetter
    public void setCacheFolder(String cacheFolder) {
        this.cacheFolder = Util.fixEmptyAndTrim(cacheFolder);
        save();
    }

    /** Where the cache is and how large, for the form. */
    @Restricted(NoExternalUse.class) // the form
    public String describeCache() {
        try {
            return CacheFolder.describe(cachePath());
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }
}
