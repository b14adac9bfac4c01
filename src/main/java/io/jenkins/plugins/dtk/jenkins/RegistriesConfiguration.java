package io.jenkins.plugins.dtk.jenkins;

import io.jenkins.plugins.dtk.registry.MirrorSettings;
import io.jenkins.plugins.dtk.site.SiteSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;

/** The part of the global configuration that says how registries are reached: as it is saved, and read for the steps. */
@Restricted(NoExternalUse.class) // the form
public abstract class RegistriesConfiguration extends ConfigurationForm {

    private int requestsPerSecond;
    private String plainHttpRegistries;
    private String unverifiedTlsRegistries;
    private String registryLocations;
    private String registryMirrors;
    private String trustedCertificates;

    RegistriesConfiguration() {}

    /** How many requests may start in a second, for one host; 0 means what each host takes. */
    public String getRequestsPerSecond() {
        return Integer.toString(requestsPerSecond);
    }

    /** Sets how many requests may start in a second. */
    @DataBoundSetter
    public void setRequestsPerSecond(String requestsPerSecond) {
        String text = ConfigurationField.REQUESTS_PER_SECOND.accept(requestsPerSecond);
        this.requestsPerSecond = text == null ? 0 : Integer.parseInt(text);
        save();
    }

    /** The registries, HOST:PORT, that may be reached over plain http; null for none. */
    public List<String> getPlainHttpRegistries() {
        return ListField.items(plainHttpRegistries);
    }

    /** Sets the registries that may be reached over plain http. */
    @DataBoundSetter
    public void setPlainHttpRegistries(List<String> plainHttpRegistries) {
        this.plainHttpRegistries = ConfigurationField.PLAIN_HTTP.accept(ListField.text(plainHttpRegistries));
        save();
    }

    /** The registries, HOST:PORT, whose certificates are not verified; null for none. */
    public List<String> getUnverifiedTlsRegistries() {
        return ListField.items(unverifiedTlsRegistries);
    }

    /** Sets the registries whose certificates are not verified. */
    @DataBoundSetter
    public void setUnverifiedTlsRegistries(List<String> unverifiedTlsRegistries) {
        this.unverifiedTlsRegistries =
                ConfigurationField.UNVERIFIED_TLS.accept(ListField.text(unverifiedTlsRegistries));
        save();
    }

    /** Where registries really are, PREFIX=PLACE; null for none. */
    public List<String> getRegistryLocations() {
        return ListField.items(registryLocations);
    }

    /** Sets where registries really are. */
    @DataBoundSetter
    public void setRegistryLocations(List<String> registryLocations) {
        this.registryLocations = ConfigurationField.LOCATIONS.accept(ListField.text(registryLocations));
        save();
    }

    /** Where images are read before their source, PREFIX=PLACE, or one file of mirrors as it is; null for none. */
    public List<String> getRegistryMirrors() {
        return ListField.items(registryMirrors);
    }

    /** Sets where images are read before their source. */
    @DataBoundSetter
    public void setRegistryMirrors(List<String> registryMirrors) {
        this.registryMirrors = ConfigurationField.MIRRORS.accept(ListField.text(registryMirrors));
        save();
    }

    /** Certificate authorities to trust beside the JDK's, in PEM. */
    public String getTrustedCertificates() {
        return trustedCertificates;
    }

    /** Sets the certificate authorities to trust. */
    @DataBoundSetter
    public void setTrustedCertificates(String trustedCertificates) {
        this.trustedCertificates = ConfigurationField.CERTIFICATES.accept(trustedCertificates);
        save();
    }

    /**
     * The registries over plain http.
     *
     * @throws IllegalArgumentException when what was saved is malformed, as for all that follow; one line
     */
    final Set<String> plainHttp() {
        return ConfigurationField.PLAIN_HTTP.read(() -> SiteSettings.registries(items(plainHttpRegistries)));
    }

    final Set<String> unverifiedTls() {
        return ConfigurationField.UNVERIFIED_TLS.read(() -> SiteSettings.registries(items(unverifiedTlsRegistries)));
    }

    final Map<String, String> locations() {
        return ConfigurationField.LOCATIONS.read(() -> SiteSettings.locations(items(registryLocations)));
    }

    final MirrorSettings mirrors() {
        return ConfigurationField.MIRRORS.read(() -> ConfigurationField.mirrors(registryMirrors));
    }

    /** In PEM; empty for none. */
    final String certificates() {
        return ConfigurationField.CERTIFICATES.read(() -> {
            ConfigurationField.CERTIFICATES.check(trustedCertificates);
            return trustedCertificates == null ? "" : trustedCertificates;
        });
    }

    final int pace() {
        return ConfigurationField.REQUESTS_PER_SECOND.read(
                () -> ConfigurationField.requestsPerSecond(getRequestsPerSecond()));
    }
}
