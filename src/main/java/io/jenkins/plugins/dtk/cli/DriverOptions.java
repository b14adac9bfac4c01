package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.driver.DriverImage;
import io.jenkins.plugins.dtk.driver.DriverState;
import io.jenkins.plugins.dtk.driver.IndexTags;
import io.jenkins.plugins.dtk.driver.KnownFailures;
import io.jenkins.plugins.dtk.driver.TagPattern;
import io.jenkins.plugins.dtk.kernel.KernelFlavour;
import io.jenkins.plugins.dtk.kmod.FitMode;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.plan.Rebuild;
import io.jenkins.plugins.dtk.site.SiteSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say how a driver is built, and which of its images. */
final class DriverOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private DriverTagOptions naming;

    @Mixin
    private FlavourOption flavour;

    @Option(
            names = "--index-tag",
            paramLabel = "PATTERN",
            description =
                    "A tag for all architectures of a kernel, such as {version}-{nvr}: an index of the images under"
                            + " --tag; may be repeated.")
    private List<String> indexTags = new ArrayList<>();

    @Option(
            names = "--containerfile",
            paramLabel = "FILE",
            defaultValue = "Containerfile",
            description = "The build's steps. Default: ${DEFAULT-VALUE}.")
    private Path containerfile;

    @Option(
            names = "--context",
            paramLabel = "FOLDER",
            description = "What the build sees. Default: nothing, as in KMM.")
    private Path context;

    @Option(
            names = "--build-context",
            paramLabel = "NAME=FOLDER",
            description = "One more folder that the build sees: COPY --from=NAME. May be repeated.")
    private Map<String, Path> contexts = new LinkedHashMap<>();

    @Option(
            names = "--build-arg",
            paramLabel = "NAME=VALUE",
            description = "An argument of the build; its value may have the placeholders of --tag, where {kernel} is"
                    + " exactly what 'uname -r' prints, and {toolkit}. May be repeated.")
    private Map<String, String> arguments = new LinkedHashMap<>();

    @Option(names = "--target", paramLabel = "STAGE", description = "The stage to build. Default: the last.")
    private String target = "";

    @Option(
            names = "--secret",
            paramLabel = "NAME=PATH",
            description =
                    "A folder: /run/secrets/NAME/KEY in every step, as in KMM. A file: for RUN --mount=type=secret."
                            + " May be repeated.")
    private Map<String, Path> secrets = new LinkedHashMap<>();

    @Option(
            names = "--toolkits",
            paramLabel = "HOST/REPO",
            description = "A library of Driver Toolkits, for kernels whose releases bring none that fits.")
    private String toolkits;

    @Option(
            names = "--fit",
            paramLabel = "kernel|symbols",
            defaultValue = "kernel",
            description = "kernel: modules must be for the kernel itself. symbols: for one with the same symbols."
                    + " Default: ${DEFAULT-VALUE}.")
    private String fit;

    @Mixin
    private SymversOption symvers;

    @Mixin
    private SigningOptions signing;

    @Option(
            names = "--rebuild",
            paramLabel = "missing|stale|all",
            defaultValue = "missing",
            description = "stale: also images whose toolkit is for another kernel, or of no release that ships theirs."
                    + " all: all images. Their tags are then written again. Default: ${DEFAULT-VALUE}.")
    private String rebuild;

    @Mixin
    private BuilderOptions builder;

    @Option(
            names = "--exclude",
            paramLabel = "KERNEL=REASON",
            description = "A kernel for which no image is wanted, as 'uname -r' prints it or without architecture."
                    + " May be repeated.")
    private Map<String, String> excluded = new LinkedHashMap<>();

    @Option(
            names = "--known",
            paramLabel = "FILE",
            description = "Where it is remembered which images do not compile or do not fit; these are not built again"
                    + " with the same source and toolkit, and are no failure. Default: nowhere.")
    private Path known;

    @Option(
            names = "--logs",
            paramLabel = "FOLDER",
            defaultValue = "dtk-logs",
            description = "For the log of each build. Default: ${DEFAULT-VALUE}.")
    private Path logs;

    @Option(names = "--dry-run", description = "Say what would be built.")
    private boolean dryRun;

    /** Checks all of them, before anything is asked. */
    void check() {
        source();
        mode();
        toolkits();
        symvers.tables();
        indexTags();
        signing.check();
        rebuild();
        excluded();
        builder.check();
        known();
        Usage.checkIsFolder(spec, "--logs", logs);
    }

    DriverTagOptions naming() {
        return naming;
    }

    /** The flavours of kernels that images are built for. */
    Set<KernelFlavour> flavours() {
        return flavour.flavours();
    }

    DriverSource source() {
        return new DriverSource(
                naming.version(),
                Usage.checked(spec, "--containerfile", () -> DriverSource.file(containerfile)),
                context == null ? null : Usage.checked(spec, "--context", () -> DriverSource.folder(context)),
                Usage.checked(spec, "--build-context", () -> DriverSource.contexts(contexts)),
                Usage.checked(spec, "--build-arg", () -> DriverSource.arguments(arguments)),
                target,
                Usage.checked(spec, "--secret", () -> DriverSource.secrets(secrets)));
    }

    List<TagPattern> indexTags() {
        return indexTags.stream()
                .map(text -> Usage.checked(spec, "--index-tag", () -> TagPattern.parse(text)))
                .toList();
    }

    /** The indexes that the images belong to, or wrong usage where their tags do not go together. */
    IndexTags indexes(List<DriverImage> images) {
        return Usage.checked(spec, "--index-tag", () -> new IndexTags(indexTags(), images));
    }

    private FitMode mode() {
        return Usage.checked(spec, "--fit", () -> FitMode.parse(fit));
    }

    /** The library of toolkits, or null. */
    ImageReference toolkits() {
        return toolkits == null ? null : Usage.checked(spec, "--toolkits", () -> Names.repository(toolkits));
    }

    /** The steps that build an image, set up with all of this. */
    LocalSteps steps(ImageReference repository, SiteSettings settings) {
        LocalSteps steps = LocalSteps.drivers(repository, settings)
                .choice("rebuild", rebuild)
                .choice("fit", fit)
                .choice("symvers", symvers.lines());
        source().giveTo(steps);
        signing.giveTo(steps);
        builder.giveTo(steps);
        return steps;
    }

    KnownFailures known() {
        if (known != null) {
            Usage.checkFolder(spec, "--known", known);
        }
        return Usage.checked(spec, "--known", () -> KnownFailures.in(known));
    }

    /** Which images are built again. */
    Rebuild rebuild() {
        return Usage.checked(spec, "--rebuild", () -> Rebuild.parse(rebuild));
    }

    Map<String, String> excluded() {
        return Usage.checked(spec, "--exclude", () -> DriverState.checkExcluded(excluded));
    }

    Path logs() {
        return logs;
    }

    boolean dryRun() {
        return dryRun;
    }
}
