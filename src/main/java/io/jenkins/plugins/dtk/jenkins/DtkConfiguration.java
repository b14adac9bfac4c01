package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.registry.RegistryCredentials;
import io.jenkins.plugins.dtk.site.SharedClients;
import io.jenkins.plugins.dtk.site.SiteSettings;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;

/** The sources of truth and the defaults of the steps, set once for all pipelines of a controller. */
@Extension
@Symbol("driverToolkit")
public final class DtkConfiguration extends RegistriesConfiguration {

    private String graphUrl;
    private String releaseRepository;
    private String channel;
    private String baseImage;
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

    /** What was saved, read for the steps. */
    static SavedSettings saved() {
        return new SavedSettings(get());
    }

    /**
     * The settings in force.
     *
     * @throws AbortException when a saved value is malformed; one line
     */
    static SiteSettings settings() throws AbortException {
        return saved().site();
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
        this.graphUrl = ConfigurationField.GRAPH_URL.accept(graphUrl);
        save();
    }

    /** The repository of the payloads; null means where the update graph says they are. */
    public String getReleaseRepository() {
        return releaseRepository;
    }

    /** Sets the repository of the payloads. */
    @DataBoundSetter
    public void setReleaseRepository(String releaseRepository) {
        this.releaseRepository = ConfigurationField.RELEASE_REPOSITORY.accept(releaseRepository);
        save();
    }

    /** The update graph's channel where a step names none; null means candidate. */
    public String getChannel() {
        return channel;
    }

    /** Sets the update graph's channel where a step names none. */
    @DataBoundSetter
    public void setChannel(String channel) {
        this.channel = ConfigurationField.CHANNEL.accept(channel);
        save();
    }

    /** The pattern of base images where a step names none; null means UBI of the kernel's RHEL release. */
    public String getBaseImage() {
        return baseImage;
    }

    /** Sets the pattern of base images where a step names none. */
    @DataBoundSetter
    public void setBaseImage(String baseImage) {
        this.baseImage = ConfigurationField.BASE_IMAGE.accept(baseImage);
        save();
    }

    /** The address of the subscription service; null means Red Hat's. */
    public String getRhsmUrl() {
        return rhsmUrl;
    }

    /** Sets the address of the subscription service. */
    @DataBoundSetter
    public void setRhsmUrl(String rhsmUrl) {
        this.rhsmUrl = ConfigurationField.RHSM_URL.accept(rhsmUrl);
        save();
    }

    /** The folder of the cache, an absolute path on the controller; null means one in Jenkins' own. */
    public String getCacheFolder() {
        return cacheFolder;
    }

    /** Sets the folder of the cache. */
    @DataBoundSetter
    public void setCacheFolder(String cacheFolder) {
        this.cacheFolder = ConfigurationField.CACHE_FOLDER.accept(cacheFolder);
        save();
    }

    /** Where the cache is and how large, for the form. */
    @Restricted(NoExternalUse.class) // the form
    public String describeCache() {
        try {
            return CacheFolder.describe(saved().cachePath());
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }
}
