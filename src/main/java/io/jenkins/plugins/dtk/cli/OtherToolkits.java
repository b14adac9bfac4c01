package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.driver.DriverResult;
import io.jenkins.plugins.dtk.driver.DriverTarget;
import io.jenkins.plugins.dtk.driver.MatrixTarget;
import io.jenkins.plugins.dtk.driver.Outcome;
import io.jenkins.plugins.dtk.driver.ToolkitFinder;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.library.ImageLibrary;
import io.jenkins.plugins.dtk.release.Releases;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds another Driver Toolkit where the build found that one is for its kernel by name alone, and lacks its {@code
 * Module.symvers}: labels do not say whether the kernel with 64 KiB pages is in it.
 */
final class OtherToolkits {

    private final ToolkitFinder finder;
    private final Set<String> tried = new HashSet<>();

    /** @param library of toolkits; null for none */
    OtherToolkits(Releases releases, ImageLibrary library) {
        this.finder = new ToolkitFinder(releases, library);
    }

    /** The targets that can be built after all, each with its other toolkit. */
    List<MatrixTarget> of(List<MatrixTarget> targets, Map<DriverTarget, DriverResult> results)
            throws InterruptedException {
        List<MatrixTarget> again = new ArrayList<>();
        for (MatrixTarget target : targets) {
            DriverResult result = results.get(target.target());
            if (result.outcome() == Outcome.NO_TOOLKIT && !target.toolkit().isEmpty()) {
                tried.add(target.target() + " " + target.toolkit());
                add(target, result, again);
            }
        }
        return again;
    }

    private void add(MatrixTarget target, DriverResult result, List<MatrixTarget> again) throws InterruptedException {
        try {
            finder.use(target.target(), result.image().rows(), toolkit -> {
                if (tried.contains(target.target() + " " + toolkit)) {
                    throw new Failure(Failure.Kind.ABSENT, result.why());
                }
                again.add(target.with(toolkit));
                return toolkit;
            });
        } catch (Failure e) {
            // There is none: that of the build stays the reason.
        }
    }
}
