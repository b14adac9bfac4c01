package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.driver.TagPattern;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.library.LibraryTag;
import io.jenkins.plugins.dtk.library.PrunePlan;
import io.jenkins.plugins.dtk.library.Retention;
import io.jenkins.plugins.dtk.matrix.BaseImagePattern;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.matrix.WantedKernels;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.report.Tables;
import io.jenkins.plugins.dtk.site.Site;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dtk prune}: deletes the images of kernels that no wanted release ships. */
@Command(
        name = "prune",
        sortOptions = false,
        description = {
            "Lists the images of kernels that no wanted release ships, and deletes them with --delete.",
            "Name all releases that the library serves: what --releases, --channel and --pre-releases leave out is"
                    + " not wanted. Nothing is deleted when one of them cannot be read, when the update graph's answers"
                    + " may be incomplete, or when a tag cannot be read. What stays for such a reason is listed with it,"
                    + " and the exit code is 3.",
            "With --tag it is about the images of a driver: those of all flavours of a wanted kernel stay, and so does"
                    + " each tag that no pattern can have made."
        })
final class PruneCommand implements Callable<Integer> {

    /** Something stays because it is not proven that it may go. */
    private static final int UNPROVEN = 3;

    private final Terminal terminal;

    @Mixin
    private ReleaseOptions wanted;

    @Mixin
    private LibraryOptions library;

    @Option(names = "--delete", description = "Delete them. Without it, they are only listed.")
    private boolean delete;

    @Mixin
    private DriverTagOptions driver;

    @Mixin
    private SourceOptions sources;

    @Mixin
    private CacheOptions cache;

    PruneCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        MatrixRequest request = wanted.request(EnumSet.allOf(Architecture.class), BaseImagePattern.USUAL, false, false);
        ImageReference repository = library.need();
        List<TagPattern> patterns = driver.patterns();
        Function<String, Optional<LibraryTag>> tags =
                patterns.isEmpty() ? LibraryTag::parse : tag -> TagPattern.libraryTag(tag, patterns, driver.version());
        PrunePlan plan;
        try (TerminalProgress progress = new TerminalProgress(terminal)) {
            Site site = sources.site(library, cache, progress);
            WantedKernels kernels = site.matrix().wanted(request);
            Retention retention = new Retention(site.images(), repository, tags, progress);
            plan = retention.plan(kernels);
            if (delete) {
                plan = retention.delete(plan);
            }
        }
        terminal.out().print(Tables.pruned(plan, delete));
        return plan.kept().isEmpty() ? 0 : UNPROVEN;
    }
}
