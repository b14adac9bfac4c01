package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.driver.DriverLibrary;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.library.Audit;
import io.jenkins.plugins.dtk.library.AuditReport;
import io.jenkins.plugins.dtk.matrix.BaseImagePattern;
import io.jenkins.plugins.dtk.matrix.Catalog;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.report.JsonReports;
import io.jenkins.plugins.dtk.report.Tables;
import io.jenkins.plugins.dtk.site.Site;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dtk verify}: whether Driver Toolkit images are for the kernels that nodes run. */
@Command(
        name = "verify",
        sortOptions = false,
        description = {
            "Compares the kernel that nodes run with that of the Driver Toolkit images: the one each release brings"
                    + " along, and the library's.",
            "With --tag it compares the images of a driver that --image has instead: each has to say that it is for the"
                    + " kernel and flavour of its tag.",
            "The table shows what is wrong or is unknown."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:all images that were compared are for their nodes' kernel",
            " 1:an image is for another kernel, or the library has none",
            " 2:wrong usage",
            " 3:nothing is known to be wrong, but something is unknown"
        },
        exitCodeOnExecutionException = ExitCode.UNKNOWN)
final class VerifyCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private ReleaseOptions wanted;

    @Mixin
    private LibraryOptions library;

    @Option(names = "--library-only", description = "Do not look at the releases' own images.")
    private boolean libraryOnly;

    @Mixin
    private TableFormat format;

    @Option(names = "--all", description = "Show in the table what is right, too.")
    private boolean all;

    @Mixin
    private DriverTagOptions driver;

    @Mixin
    private FlavourOption flavour;

    @Mixin
    private SourceOptions sources;

    @Mixin
    private CacheOptions cache;

    VerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        MatrixRequest request = wanted.request(BaseImagePattern.USUAL, false, true);
        ImageReference repository = libraryOnly || driver.areGiven() ? library.need() : library.find();
        boolean json = format.isJson();
        if (driver.areGiven()) {
            driver.plan();
        }
        AuditReport report = audit(request, repository);
        terminal.out().print(json ? JsonReports.audit(report) + "\n" : Tables.audit(report, all));
        return ExitCode.of(report.mismatches() > 0, report.unknown() > 0);
    }

    private AuditReport audit(MatrixRequest request, ImageReference repository) throws Failure, InterruptedException {
        try (TerminalProgress progress = new TerminalProgress(terminal)) {
            Site site = sources.site(library, cache, progress);
            Catalog catalog = site.matrix().verifyingSome().catalog(request);
            if (driver.areGiven()) {
                return new DriverLibrary(site.images(), repository)
                        .audit(driver.plan().images(catalog, flavour.flavours()), catalog.unreadable());
            }
            return new Audit(libraryOnly ? null : site.releases(), site.library(repository), progress).of(catalog);
        }
    }
}
