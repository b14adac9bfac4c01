package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.matrix.BaseImagePattern;
import io.jenkins.plugins.dtk.matrix.Catalog;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.report.Tables;
import io.jenkins.plugins.dtk.site.Site;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dtk catalog}: which kernel each release ships. */
@Command(
        name = "catalog",
        sortOptions = false,
        description =
                "Lists what each OpenShift release ships: RHEL CoreOS build and kernels, for each architecture and"
                        + " stream.",
        synopsisSubcommandLabel = "[diff OLD NEW]")
final class CatalogCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ReleaseOptions wanted;

    @Mixin
    private UnreadableOption unreadable;

    @Option(
            names = "--format",
            paramLabel = "json|csv",
            defaultValue = "json",
            description = "json lists what was skipped, too. Default: ${DEFAULT-VALUE}.")
    private String format;

    @Mixin
    private SourceOptions sources;

    @Mixin
    private CacheOptions cache;

    CatalogCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        Usage.check(spec, "--format", format, List.of("json", "csv"));
        MatrixRequest request = wanted.request(BaseImagePattern.USUAL, false, unreadable.skips());
        try (TerminalProgress progress = new TerminalProgress(terminal)) {
            Site site = sources.site(cache, progress);
            Catalog catalog = site.matrix().verifyingSome().catalog(request);
            terminal.out().print(format.equals("csv") ? Tables.csv(catalog) : catalog.toJson() + "\n");
            return 0;
        }
    }
}
