package io.jenkins.plugins.dtk.jenkins;

import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.text.CommaList;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of the global configuration: its lists and checks. */
@Restricted(NoExternalUse.class) // the form
public abstract class ConfigurationForm extends GlobalConfiguration {

    ConfigurationForm() {}

    /** The text of a list. */
    public String lines(List<String> items) {
        return ListField.text(items);
    }

    /** The channels. */
    @POST
    public ListBoxModel doFillChannelItems() {
        return Choices.of(MatrixRequest.CHANNELS);
    }

    /** Checks the update graph's address. */
    @POST
    public FormValidation doCheckGraphUrl(@QueryParameter String value) {
        return Arguments.check(value, () -> ConfigurationField.GRAPH_URL.check(value));
    }

    /** Checks the repository of the payloads. */
    @POST
    public FormValidation doCheckReleaseRepository(@QueryParameter String value) {
        return Arguments.check(value, () -> ConfigurationField.RELEASE_REPOSITORY.check(value));
    }

    /** Checks the pattern of base images. */
    @POST
    public FormValidation doCheckBaseImage(@QueryParameter String value) {
        return Arguments.check(value, () -> ConfigurationField.BASE_IMAGE.check(value));
    }

    /** Checks the number of requests. */
    @POST
    public FormValidation doCheckRequestsPerSecond(@QueryParameter String value) {
        return Arguments.check(value, () -> ConfigurationField.REQUESTS_PER_SECOND.check(value));
    }

    /** Checks the registries over plain http. */
    @POST
    public FormValidation doCheckPlainHttpRegistries(@QueryParameter String value) {
        return Arguments.check(value, () -> ConfigurationField.PLAIN_HTTP.check(value));
    }

    /** Checks the registries whose certificates are not verified. */
    @POST
    public FormValidation doCheckUnverifiedTlsRegistries(@QueryParameter String value) {
        return Arguments.check(value, () -> ConfigurationField.UNVERIFIED_TLS.check(value));
    }

    /** Checks the locations. */
    @POST
    public FormValidation doCheckRegistryLocations(@QueryParameter String value) {
        return Arguments.check(value, () -> ConfigurationField.LOCATIONS.check(value));
    }

    /** Checks the mirrors. */
    @POST
    public FormValidation doCheckRegistryMirrors(@QueryParameter String value) {
        FormValidation found = Arguments.check(value, () -> ConfigurationField.MIRRORS.check(value));
        List<String> notes = found.kind == FormValidation.Kind.OK
                ? ConfigurationField.mirrors(value).notes()
                : List.of();
        return notes.isEmpty() ? found : FormValidation.warning(String.join("; ", notes));
    }

    /** Checks the certificates. */
    @POST
    public FormValidation doCheckTrustedCertificates(@QueryParameter String value) {
        return Arguments.check(value, () -> ConfigurationField.CERTIFICATES.check(value));
    }

    /** Checks the address of the subscription service. */
    @POST
    public FormValidation doCheckRhsmUrl(@QueryParameter String value) {
        return Arguments.check(value, () -> ConfigurationField.RHSM_URL.check(value));
    }

    /** Checks the folder of the cache. */
    @POST
    public FormValidation doCheckCacheFolder(@QueryParameter String value) {
        return Arguments.check(value, () -> ConfigurationField.CACHE_FOLDER.check(value));
    }

    /** The items of a field: one per line, or with commas between them. */
    static List<String> items(String text) {
        return CommaList.words(text);
    }
}
