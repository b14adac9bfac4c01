package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.build.Settings;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.library.ImageLibrary;
import io.jenkins.plugins.dtk.library.MissingImages;
import io.jenkins.plugins.dtk.matrix.BaseImages;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixComputation;
import io.jenkins.plugins.dtk.matrix.MatrixJson;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.registry.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.release.ReleaseException;
import io.jenkins.plugins.dtk.release.ReleaseRange;
import io.jenkins.plugins.dtk.report.MatrixTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dtk matrix}: which kernels the wanted releases ship, and what a library lacks of them. */
@Command(
        name = "matrix",
        sortOptions = false,
        description = "Tells which kernels OpenShift releases ship, and what a library lacks of them.")
final class MatrixCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--releases",
            paramLabel = "RANGE",
            defaultValue = MatrixRequest.DEFAULT_RELEASES,
            description = "4.12+, 4.12-4.16, 4.14, 4.14.3 or a comma list of these. Default: ${DEFAULT-VALUE}.")
    private String releases;

    @Option(
            names = "--arch",
            paramLabel = "ARCH",
            description = "Architectures, a comma list. Default: x86_64,aarch64.")
    private List<String> architectures = new ArrayList<>();

    @Option(
            names = "--channel",
            paramLabel = "CHANNEL",
            defaultValue = MatrixRequest.DEFAULT_CHANNEL,
            description = "candidate, fast, stable or eus. Default: ${DEFAULT-VALUE}.")
    private String channel;

    @Option(names = "--pre-releases", description = "Also ec, fc and rc releases.")
    private boolean preReleases;

    @Option(
            names = "--on-unreadable",
            paramLabel = "fail|skip",
            defaultValue = "fail",
            description = "What becomes of a release that cannot be read. Default: ${DEFAULT-VALUE}.")
    private String onUnreadable;

    @Option(
            names = "--image",
            paramLabel = "HOST/REPO",
            description = "The library's repository: also tell which images it lacks.")
    private String image;

    @Option(
            names = "--registry-auth",
            paramLabel = "FILE",
            description = "The login for --image, as docker and podman keep it. Default: that of --pull-secret.")
    private Path registryAuth;

    @Option(
            names = "--base-image",
            paramLabel = "PATTERN",
            description = "Names the base image of a kernel by {major}, {rhel} and {stream}. Default: "
                    + BaseImages.DEFAULT + ".")
    private String baseImage;

    @Option(names = "--no-base-digest", description = "Name the base images, but do not look them up.")
    private boolean noBaseDigest;

    @Option(
            names = "--format",
            paramLabel = "json|pretty|table",
            defaultValue = "json",
            description = "json is one line. Default: ${DEFAULT-VALUE}.")
    private String format;

    @Mixin
    private SourceOptions sources;

    @Mixin
    private CacheOptions cache;

    MatrixCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        MatrixRequest request = request();
        ImageReference library = library();
        check("--format", format, Set.of("json", "pretty", "table"), "json, pretty or table");
        Settings settings = sources.settings();
        RegistryClient payloads =
                settings.registryClient(sources.registries().credentials("--pull-secret", sources.pullSecret()));
        // A client of its own: the login for pushing to quay.io/acme may not read OpenShift's payloads on quay.io.
        RegistryClient images = registryAuth == null
                ? payloads
                : settings.registryClient(sources.registries().credentials("--registry-auth", registryAuth));
        long started = System.nanoTime();
        try (TerminalProgress progress = new TerminalProgress(terminal)) {
            KernelMatrix matrix = new MatrixComputation(
                            settings.releases(payloads, cache.open(progress::warn)), payloads, progress)
                    .compute(request);
            if (library != null) {
                matrix = new MissingImages(new ImageLibrary(images, library), progress).in(matrix);
            }
            progress.say(summary(matrix, library, payloads, images, System.nanoTime() - started));
            terminal.out().print(text(matrix));
            return 0;
        } catch (ReleaseException e) {
            throw new Failure(e.getMessage());
        }
    }

    private MatrixRequest request() {
        RegistryOptions options = sources.registries();
        check("--on-unreadable", onUnreadable, Set.of("fail", "skip"), "fail or skip");
        ReleaseRange range = options.read("--releases", () -> ReleaseRange.parse(releases));
        Set<Architecture> wanted = options.read("--arch", () -> MatrixRequest.architectures(architectures));
        BaseImages bases = options.read("--base-image", () -> BaseImages.of(baseImage));
        return options.read(
                "--channel",
                () -> new MatrixRequest(
                        preReleases ? range.withPreReleases() : range,
                        wanted,
                        channel,
                        bases,
                        !noBaseDigest && !cache.offline(),
                        onUnreadable.equals("skip")));
    }

    private ImageReference library() {
        if (image == null) {
            if (registryAuth != null) {
                throw new ParameterException(
                        spec.commandLine(), "--registry-auth: it is the login for --image, which is missing");
            }
            return null;
        }
        return sources.registries().read("--image", () -> Names.repository(image));
    }

    private void check(String option, String value, Set<String> allowed, String words) {
        if (!allowed.contains(value)) {
            throw new ParameterException(spec.commandLine(), option + ": '" + value + "' is none of " + words);
        }
    }

    private static String summary(
            KernelMatrix matrix, ImageReference library, RegistryClient payloads, RegistryClient images, long nanos) {
        long requests = payloads.stats().requests()
                + (images == payloads ? 0 : images.stats().requests());
        return String.format(
                Locale.ROOT,
                "%d kernels%s, in %.1f s with %d requests to registries",
                matrix.kernels().size(),
                library == null ? "" : ", " + library.name() + " lacks " + matrix.missing() + " images",
                nanos / 1e9,
                requests);
    }

    private String text(KernelMatrix matrix) {
        return switch (format) {
            case "table" -> MatrixTable.of(matrix);
            case "pretty" -> MatrixJson.writePretty(matrix) + "\n";
            default -> MatrixJson.write(matrix) + "\n";
        };
    }
}
