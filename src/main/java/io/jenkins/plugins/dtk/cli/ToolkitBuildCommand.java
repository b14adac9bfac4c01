package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.embedded.RunOutcome;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.library.MissingImages;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixJson;
import io.jenkins.plugins.dtk.matrix.MatrixKernel;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.report.JsonReports;
import io.jenkins.plugins.dtk.report.RunReport;
import io.jenkins.plugins.dtk.site.Site;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dtk build toolkits}: builds the Driver Toolkits that a library lacks, on this machine. */
@Command(
        name = "toolkits",
        sortOptions = false,
        description = {
            "Builds the Driver Toolkits that the library lacks, one for each kernel and architecture, on this machine,"
                    + " pushes them and joins each kernel's images under one tag.",
            "It does what the steps dtkMatrix, dtkBuild and dtkImage do. The log goes to standard error."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {" 0:all that was to be built is there", " 1:an image or an index failed", " 2:wrong usage"},
        exitCodeOnExecutionException = 1)
final class ToolkitBuildCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ReleaseOptions wanted;

    @Option(
            names = "--kernel",
            paramLabel = "NVR",
            description = "Only for this kernel, such as 5.14.0-427.61.1.el9_4; may be repeated. Default: all.")
    private List<String> kernels = new ArrayList<>();

    @Mixin
    private BaseImageOption base;

    @Mixin
    private LibraryOptions library;

    @Mixin
    private ToolkitOptions build;

    @Mixin
    private ReportOption report;

    @Mixin
    private TableFormat format;

    @Mixin
    private SourceOptions sources;

    @Mixin
    private CacheOptions cache;

    ToolkitBuildCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        MatrixRequest request = wanted.request(base.bases(), true, true);
        ImageReference repository = library.need();
        Set<KernelVersion> only = only();
        boolean json = format.isJson();
        report.check();
        LocalSteps run = build.of(repository, library.credentials(sources), sources);
        KernelMatrix matrix = matrix(request, repository, only);
        Instant started = Instant.now();
        RunOutcome outcome = run.choice("matrix", MatrixJson.write(matrix)).run(terminal.err());
        Map<?, ?> built = outcome.value() instanceof Map<?, ?> map ? map : Map.of();
        RunReport shown = new RunReport(repository.name(), matrix, built, started, outcome.duration());
        report.write(shown);
        terminal.out().print(json ? JsonReports.run(built) + "\n" : shown.table());
        return outcome.result() == RunOutcome.Result.SUCCESS ? 0 : 1;
    }

    private Set<KernelVersion> only() {
        return new HashSet<>(Usage.checked(spec, "--kernel", () -> kernels.stream()
                .map(KernelVersion::parse)
                .toList()));
    }

    private KernelMatrix matrix(MatrixRequest request, ImageReference repository, Set<KernelVersion> only)
            throws Failure, InterruptedException {
        try (TerminalProgress progress = new TerminalProgress(terminal)) {
            Site site = sources.site(library, cache, progress);
            KernelMatrix all = site.matrix().verifyingSome().compute(request);
            all.unreadable().forEach(progress::warn);
            return new MissingImages(site.library(repository), progress).in(only.isEmpty() ? all : those(all, only));
        }
    }

    private static KernelMatrix those(KernelMatrix all, Set<KernelVersion> only) throws Failure {
        List<MatrixKernel> kept = all.kernels().stream()
                .filter(one -> only.contains(one.kernel()))
                .toList();
        for (KernelVersion kernel : only) {
            if (kept.stream().noneMatch(one -> one.kernel().equals(kernel))) {
                throw new Failure(
                        Failure.Kind.ABSENT,
                        "none of the wanted releases ships the kernel " + kernel.nvr()
                                + ": 'dtk matrix' lists those that they do");
            }
        }
        return new KernelMatrix(kept, all.unreadable());
    }
}
