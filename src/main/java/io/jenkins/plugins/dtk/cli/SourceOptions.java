package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.release.ReleaseSources;
import io.jenkins.plugins.dtk.site.Site;
import io.jenkins.plugins.dtk.site.SiteSettings;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say where releases are looked for, and how registries are reached. */
final class SourceOptions {

    @Option(
            names = "--graph-url",
            paramLabel = "URL",
            description = "The update graph, up to and including /graph. Default: Red Hat's.")
    private String graphUrl;

    @Option(
            names = "--release-repository",
            paramLabel = "HOST/REPO",
            description = "Where payloads are read. Default: where the update graph says they are.")
    private String releaseRepository;

    @Option(
            names = "--pull-secret",
            paramLabel = "FILE",
            description = "The OpenShift pull secret, as docker and podman keep logins.")
    private Path pullSecret;

    @Mixin
    private RegistryOptions registries;

    RegistryOptions registries() {
        return registries;
    }

    /** The file of {@code --pull-secret}, or null. */
    Path pullSecret() {
        return pullSecret;
    }

    /**
     * The parts of a command that reads releases.
     *
     * @param library where the library is, and its login
     */
    Site site(LibraryOptions library, CacheOptions cache, TerminalProgress progress) {
        SiteSettings settings = settings();
        return library.in(site(settings, cache, progress), settings, registries);
    }

    /** The parts of a command that reads releases and no library. */
    Site site(CacheOptions cache, TerminalProgress progress) {
        return site(settings(), cache, progress);
    }

    private Site site(SiteSettings settings, CacheOptions cache, TerminalProgress progress) {
        return Site.of(
                settings, registries.credentials("--pull-secret", pullSecret), cache.open(progress::warn), progress);
    }

    SiteSettings settings() {
        registries.checked("--graph-url", () -> ReleaseSources.of(graphUrl, null));
        return registries.settings(
                registries.checked("--release-repository", () -> ReleaseSources.of(graphUrl, releaseRepository)));
    }
}
