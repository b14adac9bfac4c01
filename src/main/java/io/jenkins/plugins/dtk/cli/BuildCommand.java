package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.driver.DriverImage;
import io.jenkins.plugins.dtk.driver.DriverPlan;
import io.jenkins.plugins.dtk.driver.DriverResult;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.KernelFlavour;
import io.jenkins.plugins.dtk.matrix.BaseImagePattern;
import io.jenkins.plugins.dtk.matrix.Catalog;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.report.JsonReports;
import io.jenkins.plugins.dtk.report.RunReport;
import io.jenkins.plugins.dtk.report.Tables;
import io.jenkins.plugins.dtk.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dtk build}: builds the images of a driver that are missing, on this machine. */
@Command(
        name = "build",
        sortOptions = false,
        description = {
            "Keeps a library of driver images: one for each kernel, architecture and flavour that the releases ship,"
                    + " under the vendor's own tags. Those that are missing are built here by the steps of the plugin, each in the"
                    + " Driver Toolkit of a release that ships its kernel, and pushed only if every module fits.",
            "The Containerfile is the one that KMM builds: DTK_AUTO, KERNEL_FULL_VERSION and KERNEL_VERSION are given."
        },
        synopsisSubcommandLabel = "[toolkits ...]",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:nothing new went wrong",
            " 1:an image does not compile, does not fit, or failed, and that was not known",
            " 2:wrong usage"
        },
        exitCodeOnExecutionException = 1)
final class BuildCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ReleaseOptions wanted;

    @Mixin
    private LibraryOptions library;

    @Mixin
    private DriverOptions driver;

    @Mixin
    private ReportOption report;

    @Mixin
    private TableFormat format;

    @Mixin
    private SourceOptions sources;

    @Mixin
    private CacheOptions cache;

    BuildCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        MatrixRequest request = wanted.request(BaseImagePattern.USUAL, false, true);
        DriverPlan plan = driver.naming().plan();
        Set<KernelFlavour> kinds = driver.flavours();
        library.need();
        boolean json = format.isJson();
        driver.check();
        report.check();
        List<DriverResult> results = results(request, plan, kinds);
        terminal.out().print(json ? JsonReports.drivers(results) + "\n" : Tables.drivers(results));
        return results.stream().anyMatch(DriverResult::isNewFailure) ? 1 : 0;
    }

    private List<DriverResult> results(MatrixRequest request, DriverPlan plan, Set<KernelFlavour> kinds)
            throws Failure, InterruptedException {
        try (TerminalProgress progress = new TerminalProgress(terminal)) {
            Site site = sources.site(library, cache, progress);
            Catalog catalog = site.matrix().catalog(request);
            catalog.unreadable().forEach(progress::warn);
            List<DriverImage> wantedImages = Usage.checked(spec, "--tag", () -> plan.images(catalog, kinds));
            Instant started = Instant.now();
            DriverNight night = new DriverNight(driver, site, library.need(), progress);
            List<DriverResult> results = night.run(
                    wantedImages, () -> library.giveTo(driver.steps(library.need(), sources.settings()), sources));
            Tables.driverWarnings(results).forEach(progress::warn);
            report.write(RunReport.ofDriver(
                    library.need().name(),
                    night.matrix().kernels(),
                    results,
                    started,
                    Duration.between(started, Instant.now())));
            return results;
        }
    }
}
