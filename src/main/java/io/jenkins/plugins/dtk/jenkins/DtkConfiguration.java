package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.ProxyConfiguration;
import hudson.Util;
import io.jenkins.plugins.dtk.build.Settings;
import io.jenkins.plugins.dtk.release.ReleaseSources;
import java.util.Arrays;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;

/** The sources of truth, set once for all pipelines of a controller. */
@Extension
@Symbol("driverToolkit")
public final class DtkConfiguration extends GlobalConfiguration {

    private String graphUrl;
    private String releaseRepository;
    private String plainHttpRegistries;
    private String registryLocations;
    private String trustedCertificates;

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
        try {
            return new Settings(
                    ReleaseSources.of(saved.graphUrl, saved.releaseRepository),
                    Settings.registries(lines(saved.plainHttpRegistries)),
                    Settings.locations(lines(saved.registryLocations)),
                    saved.trustedCertificates == null ? "" : saved.trustedCertificates,
                    ProxyConfiguration::newHttpClientBuilder);
        } catch (IllegalArgumentException e) {
            throw new AbortException("the global configuration of Driver Toolkit: " + e.getMessage());
        }
    }

    private static List<String> lines(String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split("[\\s,]+"))
                        .filter(line -> !line.isEmpty())
                        .toList();
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
}
