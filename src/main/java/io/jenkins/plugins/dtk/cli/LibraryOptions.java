package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryCredentials;
import io.jenkins.plugins.dtk.site.Site;
import io.jenkins.plugins.dtk.site.SiteSettings;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say where the library is, for commands that read releases too. */
final class LibraryOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--image", paramLabel = "HOST/REPO", description = "The library's repository.")
    private String image;

    @Option(
            names = "--registry-auth",
            paramLabel = "FILE",
            description = "The login for --image, as docker and podman keep it. Default: that of --pull-secret.")
    private Path registryAuth;

    /** The library, or null when none is named. */
    ImageReference find() {
        if (image == null && registryAuth != null) {
            throw Usage.wrong(spec, "--registry-auth", "it is the login for --image, which is missing");
        }
        return image == null ? null : Usage.checked(spec, "--image", () -> Names.repository(image));
    }

    /** The library; that none is named is wrong usage. */
    ImageReference need() {
        ImageReference found = find();
        if (found == null) {
            throw Usage.wrong(spec, "--image", "it is missing; name the library's repository, HOST/REPO");
        }
        return found;
    }

    /** The library's own login, or the pull secret in its place. */
    RegistryCredentials credentials(SourceOptions sources) {
        return registryAuth == null
                ? sources.registries().credentials("--pull-secret", sources.pullSecret())
                : sources.registries().credentials("--registry-auth", registryAuth);
    }

    /** Gives the logins to steps that build: the library's own pushes, all of them pull. */
    LocalSteps giveTo(LocalSteps steps, SourceOptions sources) {
        RegistryCredentials own = credentials(sources);
        Usage.checked(spec, "--registry-auth", () -> steps.login(own));
        RegistryCredentials all = own.plus(sources.registries().credentials("--pull-secret", sources.pullSecret()));
        if (!all.equals(RegistryCredentials.none())) {
            steps.secret("pull-secret", all.dockerConfig(image -> image));
        }
        return steps;
    }

    /** The site with the library's own login, where there is one. */
    Site in(Site site, SiteSettings settings, RegistryOptions registries) {
        return registryAuth == null
                ? site
                : site.withLibrary(settings.registryClient(registries.credentials("--registry-auth", registryAuth)));
    }
}
