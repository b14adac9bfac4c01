package io.jenkins.plugins.dtk.jenkins;

import hudson.Util;
import hudson.model.Failure;
import io.jenkins.plugins.dtk.matrix.BaseImagePattern;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.registry.MirrorSettings;
import io.jenkins.plugins.dtk.release.ReleaseSources;
import io.jenkins.plugins.dtk.rhsm.Rhsm;
import io.jenkins.plugins.dtk.site.SiteSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A field of the global configuration. What is wrong with its value is said in the same words under the field, when it
 * is saved by the form or as code, and by a build where it was saved before.
 */
enum ConfigurationField {
    GRAPH_URL("Update graph", text -> ReleaseSources.of(text, null)),
    RELEASE_REPOSITORY("Release repository", text -> ReleaseSources.of(null, text)),
    CHANNEL("Channel", text -> Arguments.oneOf("channel", text, MatrixRequest.CHANNELS)),
    BASE_IMAGE("Base images", BaseImagePattern::parse),
    REQUESTS_PER_SECOND("Requests per second", ConfigurationField::requestsPerSecond),
    PLAIN_HTTP("Registries over plain http", text -> SiteSettings.registries(ConfigurationForm.items(text))),
    UNVERIFIED_TLS("Registries with unverified TLS", text -> SiteSettings.registries(ConfigurationForm.items(text))),
    LOCATIONS("Registry locations", text -> SiteSettings.locations(ConfigurationForm.items(text))),
    MIRRORS("Registry mirrors", ConfigurationField::mirrors),
    CERTIFICATES("Trusted certificates", SiteSettings::checkCertificates),
    RHSM_URL("Subscription service", Rhsm::url),
    CACHE_FOLDER("Cache folder", CacheFolder::parse);

    /** Where what is wrong can be put right. */
    private static final String PLACE = "Manage Jenkins > System > Driver Toolkit";

    private final String title;
    private final Consumer<String> reading;

    ConfigurationField(String title, Consumer<String> reading) {
        this.title = title;
        this.reading = reading;
    }

    /**
     * Checks a value; null and blanks are fine.
     *
     * @throws IllegalArgumentException when a build would refuse it; one line
     */
    void check(String text) {
        if (Util.fixEmptyAndTrim(text) != null) {
            reading.accept(text);
        }
    }

    /**
     * The value to save: without blanks around it, null for none.
     *
     * @throws Failure when a build would refuse it: nothing is saved, and the page shows why
     */
    String accept(String text) {
        try {
            check(text);
            return Util.fixEmptyAndTrim(text);
        } catch (IllegalArgumentException e) {
            throw new Failure(place(e));
        }
    }

    /**
     * Reads what was saved.
     *
     * @throws IllegalArgumentException when it is malformed; one line that names the field
     */
    <T> T read(Supplier<T> saved) {
        try {
            return saved.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(place(e), e);
        }
    }

    private String place(IllegalArgumentException wrong) {
        return PLACE + ", field '" + title + "': " + wrong.getMessage();
    }

    /** A whole number from 0 on. */
    static int requestsPerSecond(String text) {
        int number = Arguments.wholeNumber("requestsPerSecond", text);
        SiteSettings.checkRequestsPerSecond(number);
        return number;
    }

    /** Lines of PREFIX=PLACE, or a file of mirrors as it is. */
    static MirrorSettings mirrors(String text) {
        return text != null && MirrorSettings.isOne(text)
                ? MirrorSettings.parse(text, "the file in 'registry mirrors'")
                : new MirrorSettings(
                        Map.of(), SiteSettings.mirrors(ConfigurationForm.items(text)), Set.of(), List.of());
    }
}
