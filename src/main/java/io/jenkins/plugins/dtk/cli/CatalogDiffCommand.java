package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.matrix.Catalog;
import io.jenkins.plugins.dtk.matrix.CatalogDiff;
import io.jenkins.plugins.dtk.report.Tables;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dtk catalog diff}: what a catalog has that an older one has not. */
@Command(
        name = "diff",
        sortOptions = false,
        description = "Lists what is new in a catalog since an older one: kernels first, then releases.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:both say the same",
            " 1:they differ",
            " 2:wrong usage",
            " 3:they do not differ as far as known, but NEW skipped releases"
        },
        exitCodeOnExecutionException = ExitCode.UNKNOWN)
final class CatalogDiffCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "OLD", description = "What 'dtk catalog' wrote earlier, as JSON.")
    private Path older;

    @Parameters(index = "1", paramLabel = "NEW", description = "What it wrote later.")
    private Path newer;

    @Option(
            names = "--format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "json is one line. Default: ${DEFAULT-VALUE}.")
    private String format;

    CatalogDiffCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Usage.check(spec, "--format", format, List.of("text", "json"));
        Catalog before = Usage.checked(spec, "OLD", () -> Catalog.parse(TextFile.read(older)));
        CatalogDiff diff =
                CatalogDiff.of(before, Usage.checked(spec, "NEW", () -> Catalog.parse(TextFile.read(newer))));
        terminal.out().print(format.equals("json") ? diff.toJson() + "\n" : Tables.difference(diff));
        return ExitCode.of(!diff.isEmpty(), !diff.unreadable().isEmpty());
    }
}
