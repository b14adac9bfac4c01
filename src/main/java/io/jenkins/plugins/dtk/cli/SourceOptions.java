package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.plan.Settings;
import io.jenkins.plugins.dtk.release.ReleaseSources;
import java.nio.file.Path;
import java.util.Optional;
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

    String graphUrl() {
        return graphUrl;
    }

    String releaseRepository() {
        return releaseRepository;
    }

    Optional<Path> pullSecretOrNone() {
        return Optional.ofNullable(pullSecret);
    }

    /** The file of {@code --pull-secret}, or null. */
    Path pullSecret() {
        return pullSecret;
    }

    Settings settings() {
        registries.read("--graph-url", () -> ReleaseSources.of(graphUrl, null));
        return registries.settings(
                registries.read("--release-repository", () -> ReleaseSources.of(graphUrl, releaseRepository)));
    }
}
