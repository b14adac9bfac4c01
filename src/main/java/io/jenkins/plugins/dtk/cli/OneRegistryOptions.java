package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.release.ReleaseSources;
import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that read no releases: the login at their images' registry, and how it is reached. */
final class OneRegistryOptions {

    @Option(
            names = "--registry-auth",
            paramLabel = "FILE",
            description = "The login, as docker and podman keep it. Default: none.")
    private Path registryAuth;

    @Mixin
    private RegistryOptions registries;

    /** A value, or wrong usage of the option when it is malformed. */
    <T> T checked(String option, Supplier<T> value) {
        return registries.checked(option, value);
    }

    /** A client for the registry; wrong usage where one of these options is malformed. */
    RegistryClient client() {
        return registries
                .settings(ReleaseSources.of(null, null))
                .registryClient(registries.credentials("--registry-auth", registryAuth));
    }
}
