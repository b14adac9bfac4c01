package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.driver.PublishedFit;
import io.jenkins.plugins.dtk.driver.PublishedFit.FitAnswer;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kmod.FitMode;
import io.jenkins.plugins.dtk.kmod.Symvers;
import io.jenkins.plugins.dtk.matrix.BaseImagePattern;
import io.jenkins.plugins.dtk.matrix.Catalog;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.ImageTree;
import io.jenkins.plugins.dtk.report.JsonReports;
import io.jenkins.plugins.dtk.report.Tables;
import io.jenkins.plugins.dtk.site.Site;
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
        exitCodeOnExecutionException = ExitCode.UNKNOWN)
final class FitsCommand implements Callable<Integer> {

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

    @Mixin
    private SymversOption symvers;

    @Mixin
    private LibraryOptions library;

    @Mixin
    private TableFormat format;

    @Mixin
    private SourceOptions sources;

    @Mixin
    private CacheOptions cache;

    FitsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        ImageReference image = Usage.checked(spec, "IMAGE", () -> ImageReference.parse(driver));
        MatrixRequest request = wanted.request(BaseImagePattern.USUAL, false, true);
        Usage.check(spec, "--fit", fit, List.of("symbols", "kernel"));
        boolean json = format.isJson();
        ImageReference toolkits = library.find();
        List<Symvers> others = symvers.tables();
        List<FitAnswer> answers = answers(image, request, toolkits, others);
        terminal.out().print(json ? JsonReports.fits(answers) + "\n" : Tables.fits(answers));
        return ExitCode.of(is(answers, FitAnswer.Answer.MISFIT), is(answers, FitAnswer.Answer.UNKNOWN));
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
                            cache.tables(
                                    toolkit -> new ImageTree(isOf(toolkits, toolkit) ? site.images() : site.payloads()),
                                    progress::warn),
                            FitMode.parse(fit),
                            others,
                            progress)
                    .of(image, catalog);
        }
    }
}
