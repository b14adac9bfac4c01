package io.jenkins.plugins.dtk.jenkins;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Job;
import hudson.model.Run;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The page of a job: how the library stood after the last run, and what each of the last nights built. */
@ExportedBean
@Restricted(NoExternalUse.class) // pages and their API
public final class DtkJobAction extends ToolkitPage {

    private static final int NIGHTS = 30;

    /** A job that did not run the step in its last builds does so no more; each look loads a build. */
    private static final int RECENT = 3;

    private final Job<?, ?> job;

    DtkJobAction(Job<?, ?> job) {
        this.job = job;
    }

    /** The job. */
    public Job<?, ?> getJob() {
        return job;
    }

    /** The last build that ran the step; its page is shown here, too. */
    public DtkBuildAction getLast() {
        return last(job);
    }

    private static DtkBuildAction last(Job<?, ?> job) {
        Run<?, ?> run = job.getLastBuild();
        for (int i = 0; run != null && i < RECENT; i++) {
            DtkBuildAction action = run.getAction(DtkBuildAction.class);
            if (action != null && !action.getRecords().isEmpty()) {
                return action;
            }
            run = run.getPreviousBuild();
        }
        return null;
    }

    /** The last builds, the newest first. */
    @Exported(inline = true)
    public List<BuildSummary> getNights() {
        List<DtkBuildAction> actions = new ArrayList<>();
        Run<?, ?> run = job.getLastBuild();
        for (int i = 0; run != null && i < NIGHTS; i++) {
            DtkBuildAction action = run.getAction(DtkBuildAction.class);
            if (action != null) {
                actions.add(action);
            }
            run = run.getPreviousBuild();
        }
        int most = actions.stream().mapToInt(BuildSummary::images).max().orElse(0);
        return actions.stream().map(action -> new BuildSummary(action, most)).toList();
    }

    /** Gives the page to jobs that run the step. */
    @Extension
    @SuppressWarnings("rawtypes") // as the extension point declares it
    public static final class Factory extends TransientActionFactory<Job> {
        @Override
        public Class<Job> type() {
            return Job.class;
        }

        @Override
        public Collection<? extends Action> createFor(Job job) {
            return last(job) == null ? List.of() : List.of(new DtkJobAction(job));
        }
    }
}
