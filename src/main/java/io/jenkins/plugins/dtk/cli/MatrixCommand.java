package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.library.MissingImages;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixJson;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.report.Tables;
import io.jenkins.plugins.dtk.site.Site;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dtk matrix}: which kernels the wanted releases ship, and what a library lacks of them. */
@Command(
        name = "matrix",
        sortOptions = false,
        description = "Lists which kernels OpenShift releases ship, and what a library lacks of them.")
final class MatrixCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ReleaseOptions wanted;

    @Mixin
    private UnreadableOption unreadable;

    @Mixin
    private LibraryOptions library;

    @Mixin
    private BaseImageOption base;

    @Option(names = "--no-base-digest", description = "Name the base images, but do not look them up.")
    private boolean noBaseDigest;

    @Option(
            names = "--format",
            paramLabel = "json|pretty|table|csv",
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
        ImageReference repository = library.find();
        Usage.check(spec, "--format", format, List.of("json", "pretty", "table", "csv"));
        long started = System.nanoTime();
        try (TerminalProgress progress = new TerminalProgress(terminal)) {
            Site site = sources.site(library, cache, progress);
            KernelMatrix matrix = site.matrix().verifyingSome().compute(request);
            if (repository != null) {
                matrix = new MissingImages(site.library(repository), progress).in(matrix);
            }
            progress.say(summary(matrix, repository, site.requests(), System.nanoTime() - started));
            terminal.out().print(text(matrix));
            return 0;
        }
    }

    private MatrixRequest request() {
        boolean skipUnreadable = unreadable.skips();
        return wanted.request(base.bases(), !noBaseDigest && !cache.offline(), skipUnreadable);
    }

    private static String summary(KernelMatrix matrix, ImageReference library, long requests, long nanos) {
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
            case "table" -> Tables.matrix(matrix);
            case "csv" -> Tables.csv(matrix);
            case "pretty" -> MatrixJson.writePretty(matrix) + "\n";
            default -> MatrixJson.write(matrix) + "\n";
        };
    }
}
