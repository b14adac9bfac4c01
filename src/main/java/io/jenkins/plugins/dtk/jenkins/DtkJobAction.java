package io.jenkins.plugins.dtk.jenkins;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Job;
import hudson.model.Run;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.TransientActionFactory;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The page of a job: how the library stood after the last run, and what each of the last nights built. */
@ExportedBean
@Restricted(NoExternalUse.class) // pages and their API
public final class DtkJobAction extends ToolkitPage {

    private static final Logger LOGGER = Logger.getLogger(DtkJobAction.class.getName());

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

    /**
     * Notes that a job runs the step. Jenkins asks for the actions of a job all the time, and to look into its builds for
     * the answer would load them.
     */
    static void note(Job<?, ?> job) {
        Path mark = mark(job);
        try {
            if (!Files.exists(mark) && job.getRootDir().isDirectory()) {
                Files.createFile(mark);
            }
        } catch (FileAlreadyExistsException e) {
            LOGGER.log(Level.FINER, "another build has noted it", e);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the page of a job will not be shown", e);
        }
    }

    private static Path mark(Job<?, ?> job) {
        return job.getRootDir().toPath().resolve("driver-toolkit");
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
            return Files.exists(mark(job)) ? List.of(new DtkJobAction(job)) : List.of();
        }
    }
}
