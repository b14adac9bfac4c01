package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.driver.DriverImage;
import io.jenkins.plugins.dtk.driver.DriverLibrary;
import io.jenkins.plugins.dtk.driver.DriverMatrix;
import io.jenkins.plugins.dtk.driver.DriverResult;
import io.jenkins.plugins.dtk.driver.DriverState;
import io.jenkins.plugins.dtk.driver.DriverTarget;
import io.jenkins.plugins.dtk.driver.IndexTags;
import io.jenkins.plugins.dtk.driver.KnownFailures;
import io.jenkins.plugins.dtk.driver.MatrixTarget;
import io.jenkins.plugins.dtk.driver.Outcome;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.library.ImageLibrary;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.plan.Rebuild;
import io.jenkins.plugins.dtk.site.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One run of {@code dtk build}: looks how each image stands, and lets the steps of the plugin build what is missing. */
final class DriverNight {

    private final DriverOptions options;
    private final Site site;
    private final ImageReference repository;
    private final TerminalProgress progress;

    private final String identity;
    private final KnownFailures known;
    private List<MatrixTarget> targets = List.of();

    DriverNight(DriverOptions options, Site site, ImageReference repository, TerminalProgress progress) throws Failure {
        this.options = options;
        this.site = site;
        this.repository = repository;
        this.progress = progress;
        this.known = options.known();
        try {
            this.identity = options.source().identity();
        } catch (IOException e) {
            throw new Failure(Failure.Kind.LOCAL, "what is built cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Runs it.
     *
     * @param steps that build and push, for one run of them
     */
    List<DriverResult> run(List<DriverImage> wanted, Supplier<LocalSteps> steps) throws Failure, InterruptedException {
        targets = targets(wanted, options.indexes(wanted));
        Map<DriverTarget, DriverResult> results = new LinkedHashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            results.put(targets.get(i).target(), before(wanted.get(i), targets.get(i)));
        }
        List<MatrixTarget> open = open(results);
        if (!options.dryRun() && open.stream().anyMatch(this::isWork)) {
            built(open, steps.get(), results);
        }
        return List.copyOf(results.values());
    }

    /** The matrix as it was before the run. */
    DriverMatrix matrix() {
        return new DriverMatrix(options.source().version(), targets, List.of());
    }

    /** Those for which it is not settled yet what becomes of them. */
    private List<MatrixTarget> open(Map<DriverTarget, DriverResult> results) {
        return targets.stream()
                .filter(target -> !results.get(target.target()).known()
                        && results.get(target.target()).outcome() != Outcome.EXCLUDED)
                .toList();
    }

    private ImageLibrary library() {
        ImageReference toolkits = options.toolkits();
        return toolkits == null ? null : new ImageLibrary(site.images(), toolkits);
    }

    private List<MatrixTarget> targets(List<DriverImage> wanted, IndexTags indexes)
            throws Failure, InterruptedException {
        DriverState state = new DriverState(site.releases(), true, library(), options.excluded());
        if (options.rebuild() == Rebuild.STALE) {
            state.lookForStale(site.images(), options.toolkits());
        }
        if (options.rebuild() == Rebuild.ALL) {
            state.lookForAllToolkits();
        }
        return state.of(wanted, indexes, new DriverLibrary(site.images(), repository));
    }

    /** Whether something is to be built or tagged. */
    private boolean isWork(MatrixTarget target) {
        return target.state() == MatrixTarget.State.MISSING
                || target.state() == MatrixTarget.State.UNTAGGED
                || isAgain(target);
    }

    private boolean isAgain(MatrixTarget target) {
        return target.isThere() && options.rebuild().isAgain(target);
    }

    /** How an image stands before anything is built. */
    private DriverResult before(DriverImage image, MatrixTarget target) {
        boolean builds = target.state() == MatrixTarget.State.MISSING || isAgain(target);
        Optional<KnownFailures.Known> failed =
                builds && options.rebuild() != Rebuild.ALL ? known.of(target, identity) : Optional.empty();
        if (failed.isPresent()) {
            return new DriverResult(
                    image,
                    failed.get().outcome(),
                    true,
                    failed.get().reason(),
                    KnownFailures.toolkit(target, failed.get()),
                    failed.get().log(),
                    List.of());
        }
        Outcome outcome =
                switch (target.state()) {
                    case EXCLUDED -> Outcome.EXCLUDED;
                    case NO_TOOLKIT -> Outcome.NO_TOOLKIT;
                    case FAILED -> Outcome.FAILED;
                    default -> builds ? Outcome.LEFT : Outcome.THERE;
                };
        String why = builds && options.dryRun()
                ? "it would be built" + (target.stale().isEmpty() ? "" : ": " + target.stale())
                : target.why();
        return new DriverResult(image, outcome, false, why, target.toolkit(), "", List.of());
    }

    private void built(List<MatrixTarget> open, LocalSteps steps, Map<DriverTarget, DriverResult> results)
            throws Failure {
        DriverMatrix matrix = new DriverMatrix(options.source().version(), open, List.of());
        steps.choice("matrix", matrix.toJson());
        try (BranchLogs logs = new BranchLogs(options.logs(), progress::say)) {
            if (!(steps.run(logs.stream()).value() instanceof String json)) {
                throw new Failure(
                        Failure.Kind.LOCAL, "the builds ended before they were done: " + logs.ofRun() + " says why");
            }
            DriverOutcomes outcomes = new DriverOutcomes(json, logs);
            open.forEach(target -> results.computeIfPresent(target.target(), (same, before) -> outcomes.after(before)));
        } catch (Failure e) {
            throw e;
        } catch (IOException e) {
            throw new Failure(Failure.Kind.LOCAL, "the logs cannot be written: " + e.getMessage(), e);
        }
        remember(open, results);
    }

    private void remember(List<MatrixTarget> open, Map<DriverTarget, DriverResult> results) {
        for (MatrixTarget target : open) {
            DriverResult result = results.get(target.target());
            if (!result.log().isEmpty()) {
                List<String> toolkits = KnownFailures.tried(target.toolkits(), result.toolkit(), result.outcome());
                // The next night may be started elsewhere.
                String log = Path.of(result.log()).toAbsolutePath().toString();
                known.note(target.target(), identity, toolkits, result.outcome(), result.why(), log);
            }
        }
        try {
            known.save();
        } catch (IOException e) {
            progress.warn("what is known of failures cannot be kept: " + e.getMessage());
        }
    }
}
