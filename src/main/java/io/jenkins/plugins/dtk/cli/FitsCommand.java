package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.driver.FitAnswer;
import io.jenkins.plugins.dtk.driver.PublishedFit;
import io.jenkins.plugins.dtk.driver.SymbolTables;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kmod.FitMode;
import io.jenkins.plugins.dtk.kmod.Symvers;
import io.jenkins.plugins.dtk.matrix.BaseImages;
import io.jenkins.plugins.dtk.matrix.Catalog;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.ImageTree;
import io.jenkins.plugins.dtk.report.JsonReports;
import io.jenkins.plugins.dtk.report.Tables;
import io.jenkins.plugins.dtk.site.Site;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dtk fits}: which kernels the modules of a published image fit. */
@Command(
        name = "fits",
        sortOptions = false,
        description = {
            "Answers which kernels the modules of a published driver image fit, without compiling anything: every symbol"
                    + " they use, with its checksum, against the Module.symvers in the Driver Toolkit of a release that"
                    + " ships the kernel.",
            "Each flavour (standard, rt, 64k) that the image has modules for is compared with its own kernels."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:the modules fit every kernel",
            " 1:they do not fit one of them",
            " 2:wrong usage",
            " 3:they are not known not to fit, but something is unknown"
        },
        exitCodeOnExecutionException = FitsCommand.UNKNOWN)
final class FitsCommand implements Callable<Integer> {

    private static final int MISFIT = 1;
    static final int UNKNOWN = 3;

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "IMAGE", description = "The driver image, HOST/REPO:TAG or HOST/REPO@DIGEST.")
    private String driver;

    @Mixin
    private ReleaseOptions wanted;

    @Option(
            names = "--fit",
            paramLabel = "symbols|kernel",
            defaultValue = "symbols",
            description = "symbols: modules that were built for another kernel may fit by their symbols."
                    + " kernel: they must have been built for the kernel itself. Default: ${DEFAULT-VALUE}.")
    private String fit;

    @Option(
            names = "--symvers",
            paramLabel = "FILE",
            description = "The Module.symvers of another vendor whose modules will be there too; may be repeated.")
    private List<Path> symvers = new ArrayList<>();

    @Mixin
    private LibraryOptions library;

    @Option(
            names = "--format",
            paramLabel = "table|json",
            defaultValue = "table",
            description = "json is one line. Default: ${DEFAULT-VALUE}.")
    private String format;

    @Mixin
    private SourceOptions sources;

    @Mixin
    private CacheOptions cache;

    FitsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        ImageReference image = Usage.read(spec, "IMAGE", () -> ImageReference.parse(driver));
        MatrixRequest request = wanted.request(BaseImages.of(null), false, true);
        Usage.check(spec, "--fit", fit, List.of("symbols", "kernel"));
        Usage.check(spec, "--format", format, List.of("table", "json"));
        ImageReference toolkits = library.find();
        List<Symvers> others = symvers.stream()
                .map(file -> Usage.read(spec, "--symvers", () -> SymversFile.read(file)))
                .toList();
        List<FitAnswer> answers = answers(image, request, toolkits, others);
        terminal.out().print(format.equals("json") ? JsonReports.fits(answers) + "\n" : Tables.fits(answers));
        return is(answers, FitAnswer.Answer.MISFIT) ? MISFIT : is(answers, FitAnswer.Answer.UNKNOWN) ? UNKNOWN : 0;
    }

    private static boolean is(List<FitAnswer> answers, FitAnswer.Answer wanted) {
        return answers.stream().anyMatch(answer -> answer.answer() == wanted);
    }

    private static boolean isOf(ImageReference repository, ImageReference image) {
        return repository != null && repository.name().equals(image.name());
    }

    private List<FitAnswer> answers(
            ImageReference image, MatrixRequest request, ImageReference toolkits, List<Symvers> others)
            throws Failure, InterruptedException {
        try (TerminalProgress progress = new TerminalProgress(terminal)) {
            Site site = sources.site(library, cache, progress);
            Catalog catalog = site.matrix().verifyingSome().catalog(request);
            catalog.unreadable().forEach(progress::warn);
            return new PublishedFit(
                            new ImageTree(site.images()),
                            site.releases(),
                            site.library(toolkits),
                            new SymbolTables(
                                    toolkit -> new ImageTree(isOf(toolkits, toolkit) ? site.images() : site.payloads()),
                                    cache.tables(progress::warn)),
                            FitMode.parse(fit),
                            others,
                            progress)
                    .of(image, catalog);
        }
    }
}
