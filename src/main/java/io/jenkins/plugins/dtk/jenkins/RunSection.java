package io.jenkins.plugins.dtk.jenkins;

import hudson.model.Run;
import io.jenkins.plugins.dtk.report.ImageStatus;
import io.jenkins.plugins.dtk.report.RunGrid;
import io.jenkins.plugins.dtk.report.RunTotals;
import io.jenkins.plugins.dtk.report.Shown;
import java.time.Duration;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** One run of {@code dtkBuild} on a page: its totals, its times, its grid, and how a browser keeps them up to date. */
@Restricted(NoExternalUse.class) // pages
public final class RunSection {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int SECONDS = 5;
    private static final int MANY_KERNELS = 100;

    private final RunRecord record;
    private final Run<?, ?> run;
    private RunTotals totals;

    RunSection(RunRecord record, Run<?, ?> run) {
        this.record = record;
        this.run = run;
    }

    /** Which run of the build it is. */
    public String getId() {
        return record.id();
    }

    /** The library's repository. */
    public String getImage() {
        return record.getImage();
    }

    /** How many kernels the matrix has. */
    public int getKernels() {
        return record.getKernelCount();
    }

    /** Where a browser finds what has changed, below the address of Jenkins; empty when the run is over. */
    public String getLive() {
        return record.isRunning() ? run.getUrl() + "driver-toolkit/live" : "";
    }

    /** How often a browser asks for that, in seconds: less often where many rows change. */
    public int getSeconds() {
        return getKernels() > MANY_KERNELS ? 4 * SECONDS : SECONDS;
    }

    /** What the grid can be narrowed down to. */
    public List<ImageStatus> getStatuses() {
        return List.of(ImageStatus.values());
    }

    /** How many kernels, how long it took or has taken, and how much work that was. */
    public String getTime() {
        Duration work = record.work();
        return Shown.count(getKernels(), "kernel") + ", " + took()
                + (work.isZero() ? "" : "; " + Shown.duration(work) + " of work on agents");
    }

    private String took() {
        Duration elapsed = record.elapsed();
        if (record.isRunning()) {
            return "running for " + Shown.duration(elapsed)
                    + totals().left(elapsed)
                            .map(left ->
                                    ", about " + Shown.duration(left.compareTo(MINUTE) < 0 ? MINUTE : left) + " left")
                            .orElse("");
        }
        return record.isOpen() ? "ended with the build" : "took " + Shown.duration(elapsed);
    }

    /** The same all over one page, though the run goes on. */
    private RunTotals totals() {
        if (totals == null) {
            totals = record.totals();
        }
        return totals;
    }

    /**
     * The totals, as HTML.
     *
     * @param page where the kernels are that each links to
     */
    public String totalsHtml(String page) {
        return totals().html(page);
    }

    /**
     * The grid, as HTML.
     *
     * @param root the path of Jenkins
     */
    public String gridHtml(String root) {
        return grid(root).html();
    }

    /**
     * The rows of the grid that may change while the run goes on, as HTML.
     *
     * @param root the path of Jenkins
     */
    public String changingHtml(String root) {
        return grid(root).changing();
    }

    private RunGrid grid(String root) {
        return new RunGrid(record.getImage(), record.facts(), image -> {
            String log = ImageLog.address(run, image);
            return log.isEmpty() ? "" : root + "/" + log;
        });
    }
}
