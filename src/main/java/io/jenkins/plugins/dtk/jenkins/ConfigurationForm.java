package io.jenkins.plugins.dtk.jenkins;

import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.dtk.matrix.BaseImages;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.release.ReleaseSources;
import io.jenkins.plugins.dtk.rhsm.Rhsm;
import io.jenkins.plugins.dtk.site.SiteSettings;
import java.util.Arrays;
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

    /** The channels. */
    @POST
    public ListBoxModel doFillChannelItems() {
        return Choices.of(MatrixRequest.CHANNELS);
    }

    /** Checks the update graph's address. */
    @POST
    public FormValidation doCheckGraphUrl(@QueryParameter String value) {
        return Arguments.check(value, () -> ReleaseSources.of(value, null));
    }

    /** Checks the repository of the payloads. */
    @POST
    public FormValidation doCheckReleaseRepository(@QueryParameter String value) {
        return Arguments.check(value, () -> ReleaseSources.of(null, value));
    }

    /** Checks the pattern of base images. */
    @POST
    public FormValidation doCheckBaseImage(@QueryParameter String value) {
        return Arguments.check(value, () -> BaseImages.of(value));
    }

    /** Checks the number of requests. */
    @POST
    public FormValidation doCheckRequestsPerSecond(@QueryParameter String value) {
        return Arguments.check(
                value, () -> SiteSettings.checkRequestsPerSecond(Arguments.wholeNumber("requestsPerSecond", value)));
    }

    /** Checks the registries over plain http. */
    @POST
    public FormValidation doCheckPlainHttpRegistries(@QueryParameter String value) {
        return Arguments.check(value, () -> SiteSettings.registries(items(value)));
    }

    /** Checks the registries whose certificates are not verified. */
    @POST
    public FormValidation doCheckUnverifiedTlsRegistries(@QueryParameter String value) {
        return Arguments.check(value, () -> SiteSettings.registries(items(value)));
    }

    /** Checks the locations. */
    @POST
    public FormValidation doCheckRegistryLocations(@QueryParameter String value) {
        return Arguments.check(value, () -> SiteSettings.locations(items(value)));
    }

    /** Checks the mirrors. */
    @POST
    public FormValidation doCheckRegistryMirrors(@QueryParameter String value) {
        FormValidation found = Arguments.check(value, () -> DtkConfiguration.mirrors(value));
        List<String> notes = found.kind == FormValidation.Kind.OK
                ? DtkConfiguration.mirrors(value).notes()
                : List.of();
        return notes.isEmpty() ? found : FormValidation.warning(String.join("; ", notes));
    }

    /** Checks the certificates. */
    @POST
    public FormValidation doCheckTrustedCertificates(@QueryParameter String value) {
        return Arguments.check(value, () -> SiteSettings.checkCertificates(value));
    }

    /** Checks the address of the subscription service. */
    @POST
    public FormValidation doCheckRhsmUrl(@QueryParameter String value) {
        return Arguments.check(value, () -> Rhsm.url(value));
    }

    /** Checks the folder of the cache. */
    @POST
    public FormValidation doCheckCacheFolder(@QueryParameter String value) {
        return Arguments.check(value, () -> CacheFolder.parse(value));
    }

    /** The items of a field: one per line, or with commas between them. */
    static List<String> items(String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split("[\\s,]+"))
                        .filter(line -> !line.isEmpty())
                        .toList();
    }
}
