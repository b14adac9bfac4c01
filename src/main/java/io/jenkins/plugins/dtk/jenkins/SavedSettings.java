package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import io.jenkins.plugins.dtk.http.HttpSettings;
import io.jenkins.plugins.dtk.matrix.BaseImagePattern;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.release.ReleaseSources;
import io.jenkins.plugins.dtk.rhsm.Rhsm;
import io.jenkins.plugins.dtk.site.SiteSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import jenkins.model.Jenkins;

/**
 * Reads the global configuration as it was saved, for the steps. Earlier versions saved values that are refused now:
 * such a value ends a step with one line that names the field.
 */
final class SavedSettings {

    private final DtkConfiguration saved;

    SavedSettings(DtkConfiguration saved) {
        this.saved = saved;
    }

    /** How releases are found and registries reached. */
    SiteSettings site() throws AbortException {
        return saved.given() != null ? saved.given() : aborting(this::ofForm);
    }

    private SiteSettings ofForm() {
        return new SiteSettings(
                        sources(),
                        saved.plainHttp(),
                        saved.unverifiedTls(),
                        saved.locations(),
                        Map.of(),
                        saved.certificates(),
                        saved.pace(),
                        JenkinsProxy.clients())
                .with(saved.mirrors());
    }

    /** What of the saved mirrors cannot be followed, a line each. */
    List<String> mirrorNotes() throws AbortException {
        return saved.given() != null
                ? List.of()
                : aborting(() -> saved.mirrors().notes());
    }

    private ReleaseSources sources() {
        ConfigurationField.GRAPH_URL.read(() -> ReleaseSources.of(saved.getGraphUrl(), null));
        return ConfigurationField.RELEASE_REPOSITORY.read(
                () -> ReleaseSources.of(saved.getGraphUrl(), saved.getReleaseRepository()));
    }

    /** The subscription service at this address, reached as the configuration says. */
    Rhsm rhsm(URI url) throws AbortException {
        HttpSettings http = Rhsm.patient(site().rhsmHttp());
        return aborting(() -> new Rhsm(url, http));
    }

    /** The address of the subscription service. */
    URI rhsmUrl() throws AbortException {
        return aborting(() -> ConfigurationField.RHSM_URL.read(() -> Rhsm.url(saved.getRhsmUrl())));
    }

    /** What builds need to know of a Satellite, as variables of their branches; none where it is Red Hat's service. */
    Map<String, String> rhsmVariables() throws AbortException {
        if (saved.getRhsmUrl() == null) {
            return Map.of();
        }
        HttpSettings http = site().rhsmHttp();
        URI url = rhsmUrl();
        return Map.of(
                "DTK_RHSM_URL",
                url.toString(),
                "DTK_RHSM_CA",
                http.certificates().of(url.getRawAuthority()));
    }

    /** The channel of a step that names none. */
    String channel() {
        return ConfigurationField.CHANNEL.read(() -> {
            ConfigurationField.CHANNEL.check(saved.getChannel());
            return saved.getChannel() == null ? MatrixRequest.DEFAULT_CHANNEL : saved.getChannel();
        });
    }

    /** The base images of a step that names none. */
    BaseImagePattern baseImages() {
        return ConfigurationField.BASE_IMAGE.read(() -> BaseImagePattern.parse(saved.getBaseImage()));
    }

    /** Where what releases ship is remembered. */
    Path cache() throws AbortException {
        return aborting(this::cachePath);
    }

    Path cachePath() {
        String folder = saved.getCacheFolder();
        return folder == null
                ? Jenkins.get().getRootDir().toPath().resolve("caches/driver-toolkit")
                : ConfigurationField.CACHE_FOLDER.read(() -> CacheFolder.parse(folder));
    }

    private static <T> T aborting(Supplier<T> reading) throws AbortException {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }
}
