package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.plan.Rebuild;
import io.jenkins.plugins.dtk.registry.RegistryCredentials;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say how toolkits are built, and which of those that are wanted. */
final class ToolkitOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--rhsm-org",
            paramLabel = "FILE",
            description = "The number of the organisation at Red Hat Subscription Management. With the activation key,"
                    + " builds are registered, and unregistered again.")
    private Path rhsmOrg;

    @Option(names = "--rhsm-activation-key", paramLabel = "FILE", description = "An activation key of it.")
    private Path rhsmActivationKey;

    @Option(
            names = "--rhsm-certificate",
            paramLabel = "FILE",
            description = "In place of both: certificate and key of a registered system, in PEM.")
    private Path rhsmCertificate;

    @Option(
            names = "--rhsm",
            paramLabel = "per-image|per-run",
            defaultValue = "per-image",
            description = "Register each build, or one system for all of them. Default: ${DEFAULT-VALUE}.")
    private String rhsm;

    @Mixin
    private RhsmUrlOption rhsmUrl;

    @Mixin
    private BuilderOptions builder;

    @Option(names = "--extra-packages", paramLabel = "NAMES", description = "More packages, a comma list.")
    private String packages = "";

    @Option(
            names = "--extra-repositories",
            paramLabel = "IDS",
            description = "More repositories to look into, a comma list of ids and addresses.")
    private String repositories = "";

    @Option(
            names = "--rebuild",
            paramLabel = "missing|stale|all",
            defaultValue = "missing",
            description = "stale: also images whose base image has changed. Default: ${DEFAULT-VALUE}.")
    private String rebuild;

    @Option(names = "--sbom", description = "Attach the list of its packages to each image.")
    private boolean sbom;

    /**
     * The run for a library, or wrong usage.
     *
     * @param logins one of which pushes; none: without login
     */
    LocalSteps of(ImageReference repository, RegistryCredentials logins, SourceOptions sources) {
        Usage.check(spec, "--rhsm", rhsm, List.of("per-image", "per-run"));
        builder.check();
        Usage.checked(spec, "--rebuild", () -> Rebuild.parse(rebuild));
        if ((rhsmOrg == null) != (rhsmActivationKey == null)) {
            throw Usage.wrong(
                    spec,
                    rhsmOrg == null ? "--rhsm-activation-key" : "--rhsm-org",
                    "organisation and activation key go together");
        }
        if (rhsmOrg != null && rhsmCertificate != null) {
            throw Usage.wrong(spec, "--rhsm-certificate", "it stands in for organisation and activation key");
        }
        LocalSteps run = LocalSteps.toolkits(repository, sources.settings(), rhsmUrl.url());
        Map<String, Path> files = new LinkedHashMap<>();
        files.put("--rhsm-org", rhsmOrg);
        files.put("--rhsm-activation-key", rhsmActivationKey);
        files.put("--rhsm-certificate", rhsmCertificate);
        files.forEach((option, file) -> {
            if (file != null) {
                Usage.checked(spec, option, () -> run.secret(option.substring(2), "@" + file));
            }
        });
        Usage.checked(spec, "--registry-auth", () -> run.login(logins));
        builder.giveTo(run);
        return run.choice("rhsm", rhsm)
                .choice("extraPackages", packages)
                .choice("extraRepositories", repositories)
                .choice("rebuild", rebuild)
                .choice("sbom", String.valueOf(sbom));
    }
}
