package io.jenkins.plugins.dtk.jenkins;

import hudson.model.Run;
import io.jenkins.plugins.dtk.report.Shown;
import java.time.Duration;
import java.util.Date;
import java.util.function.ToIntFunction;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What one build did, as a line of the job's history. */
@ExportedBean(defaultVisibility = 2)
@Restricted(NoExternalUse.class) // pages and their API
public final class BuildSummary {

    private static final int BAR = 100;

    private final DtkBuildAction action;
    private final int most;

    /**
     * @param most the most images that a night of the history built or failed to
     */
    BuildSummary(DtkBuildAction action, int most) {
        this.action = action;
        this.most = most;
    }

    /** How many images a build built or failed to. */
    static int images(DtkBuildAction action) {
        return sum(action, RunRecord::getBuilt) + sum(action, RunRecord::getFailed);
    }

    private static int sum(DtkBuildAction action, ToIntFunction<RunRecord> count) {
        return action.getRecords().stream().mapToInt(count).sum();
    }

    /** The build. */
    public Run<?, ?> getRun() {
        return action.getRun();
    }

    /** The build's number. */
    @Exported
    public int getNumber() {
        return getRun().getNumber();
    }

    /** When the build started, in milliseconds since 1970. */
    @Exported
    public long getStarted() {
        return getRun().getStartTimeInMillis();
    }

    /** The same as a date. */
    public Date getDate() {
        return new Date(getStarted());
    }

    /** How many images were built. */
    @Exported
    public int getBuilt() {
        return sum(action, RunRecord::getBuilt);
    }

    /** How many images failed. */
    @Exported
    public int getFailed() {
        return sum(action, RunRecord::getFailed);
    }

    /** How many images were left for another run. */
    @Exported
    public int getSkipped() {
        return sum(action, RunRecord::getSkipped);
    }

    /** How many images were there before. */
    @Exported
    public int getThere() {
        return sum(action, RunRecord::getThere);
    }

    /** Whether the step runs now. */
    @Exported
    public boolean isRunning() {
        return action.getRecords().stream().anyMatch(RunRecord::isRunning);
    }

    /** How long the step took, in milliseconds; 0 while it is unknown. */
    @Exported
    public long getDuration() {
        return action.getRecords().stream().mapToLong(RunRecord::getDuration).sum();
    }

    /** How long the step took, in words; empty while it is unknown. */
    public String getDurationText() {
        return getDuration() == 0 ? "" : Shown.duration(Duration.ofMillis(getDuration()));
    }

    /** The length of the bar of built images, out of 100 for the most of a night. */
    public int getBuiltBar() {
        return most == 0 ? 0 : BAR * getBuilt() / most;
    }

    /** The length of the bar of failed images, out of 100 for the most of a night; a single one is seen. */
    public int getFailedBar() {
        return getFailed() == 0 ? 0 : Math.max(2, BAR * getFailed() / most);
    }
}
