package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import io.jenkins.plugins.dtk.http.HttpSettings;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.registry.MirrorSettings;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.registry.RegistryCredentials;
import io.jenkins.plugins.dtk.release.ReleaseSources;
import io.jenkins.plugins.dtk.rhsm.Rhsm;
import io.jenkins.plugins.dtk.site.SharedClients;
import io.jenkins.plugins.dtk.site.SiteSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;

/** The sources of truth and the defaults of the steps, set once for all pipelines of a controller. */
@Extension
@Symbol("driverToolkit")
public final class DtkConfiguration extends ConfigurationForm {

    /** Where what is wrong can be put right. */
    private static final String PLACE = "Manage Jenkins > System > Driver Toolkit";

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

    /** Settings that come from elsewhere than from a form: they stand for the fields of the same names. */
    private transient SiteSettings given;

    private final transient SharedClients clients = new SharedClients();

    /** Reads what was saved. */
    public DtkConfiguration() {
        load();
    }

    /**
     * A configuration without a form, such as that of the command line.
     *
     * @param settings where releases are found and how registries are reached
     * @param rhsmUrl the subscription service's address; null means Red Hat's
     */
    public static DtkConfiguration of(SiteSettings settings, String rhsmUrl) {
        DtkConfiguration configuration = new DtkConfiguration();
        configuration.given = settings;
        configuration.rhsmUrl = rhsmUrl;
        return configuration;
    }

    /** The settings that stand for the fields of the form; null where the form counts. */
    public SiteSettings given() {
        return given;
    }

    @Override
    public void save() {
        clients.clear(); // They were made by the settings before.
        super.save();
    }

    /**
     * The client for many short tasks with the same login.
     *
     * @throws AbortException when a saved value is malformed; one line
     */
    static RegistryClient sharedClient(RegistryCredentials credentials) throws AbortException {
        SiteSettings settings = settings();
        return get().clients.get(credentials, settings::registryClient);
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
    static SiteSettings settings() throws AbortException {
        DtkConfiguration saved = get();
        if (saved.given != null) {
            return saved.given;
        }
        return Arguments.checked(PLACE, () -> new SiteSettings(
                        field(
                                "update graph or release repository",
                                () -> ReleaseSources.of(saved.graphUrl, saved.releaseRepository)),
                        field(
                                "registries over plain http",
                                () -> SiteSettings.registries(items(saved.plainHttpRegistries))),
                        field(
                                "registries with unverified TLS",
                                () -> SiteSettings.registries(items(saved.unverifiedTlsRegistries))),
                        field("registry locations", () -> SiteSettings.locations(items(saved.registryLocations))),
                        Map.of(),
                        field("trusted certificates", saved::checkedCertificates),
                        field("requests per second", saved::checkedRequestsPerSecond),
                        JenkinsProxy.clients())
                .with(field("registry mirrors", () -> mirrors(saved.registryMirrors))));
    }

    /**
     * What of the saved mirrors cannot be followed, a line each.
     *
     * @throws AbortException when they are malformed; one line
     */
    static List<String> mirrorNotes() throws AbortException {
        DtkConfiguration saved = get();
        return saved.given != null
                ? List.of()
                : Arguments.checked(
                        PLACE,
                        () -> field("registry mirrors", () -> mirrors(saved.registryMirrors)
                                .notes()));
    }

    /** Lines of PREFIX=PLACE, or a file of mirrors as it is. */
    static MirrorSettings mirrors(String text) {
        return text != null && MirrorSettings.isOne(text)
                ? MirrorSettings.read(text, "the file in 'registry mirrors'")
                : new MirrorSettings(Map.of(), SiteSettings.mirrors(items(text)), Set.of(), List.of());
    }

    /**
     * The address of the subscription service.
     *
     * @throws AbortException when a saved value is malformed; one line
     */
    static URI rhsmUrl() throws AbortException {
        DtkConfiguration saved = get();
        return Arguments.checked(PLACE, () -> field("subscription service", () -> Rhsm.url(saved.rhsmUrl)));
    }

    /**
     * The subscription service at this address, reached as the configuration says.
     *
     * @throws AbortException when a saved value is malformed; one line
     */
    static Rhsm rhsm(URI url) throws AbortException {
        HttpSettings http = Rhsm.patient(settings().rhsmHttp());
        return Arguments.checked(PLACE, () -> new Rhsm(url, http));
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
        URI url = rhsmUrl();
        return Map.of(
                "DTK_RHSM_URL",
                url.toString(),
                "DTK_RHSM_CA",
                http.certificates().of(url.getRawAuthority()));
    }

    /** Reads one field; what is wrong with it is said with its name. */
    private static <T> T field(String name, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("field '" + name + "': " + e.getMessage(), e);
        }
    }

    private String checkedCertificates() {
        if (trustedCertificates != null) {
            SiteSettings.checkCertificates(trustedCertificates);
        }
        return trustedCertificates == null ? "" : trustedCertificates;
    }

    private int checkedRequestsPerSecond() {
        SiteSettings.checkRequestsPerSecond(requestsPerSecond);
        return requestsPerSecond;
    }

    /**
     * The channel of a step that names none.
     *
     * @throws IllegalArgumentException when the saved one is none
     */
    String channelOrDefault() {
        if (channel != null && !MatrixRequest.CHANNELS.contains(channel)) {
            throw new IllegalArgumentException(PLACE + ", field 'channel' is '" + channel + "'; use one of "
                    + String.join(", ", MatrixRequest.CHANNELS));
        }
        return channel == null ? MatrixRequest.DEFAULT_CHANNEL : channel;
    }

    /** Where what releases ship is remembered. */
    Path cachePath() {
        return cacheFolder == null
                ? Jenkins.get().getRootDir().toPath().resolve("caches/driver-toolkit")
                : CacheFolder.parse(cacheFolder);
    }

    /**
     * The same for a step.
     *
     * @throws AbortException when the saved folder is malformed; one line
     */
    static Path cacheOfSteps() throws AbortException {
        return Arguments.checked(PLACE, () -> field("cache folder", get()::cachePath));
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
