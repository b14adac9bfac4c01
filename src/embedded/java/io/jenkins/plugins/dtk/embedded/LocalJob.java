package io.jenkins.plugins.dtk.embedded;

import hudson.model.ItemGroup;
import hudson.model.Job;
import java.io.IOException;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The job that a pipeline is run as. */
final class LocalJob extends Job<LocalJob, LocalRun> {

    private final SortedMap<Integer, LocalRun> runs = new ConcurrentSkipListMap<>(Comparator.reverseOrder());

    LocalJob(ItemGroup<?> parent, String name) {
        super(parent, name);
    }

    LocalRun newRun(RunSettings settings, BuildLog log) throws IOException {
        LocalRun run = new LocalRun(this, settings, log);
        runs.put(run.getNumber(), run);
        return run;
    }

    @Override
    protected SortedMap<Integer, LocalRun> _getRuns() {
        return runs;
    }

    @Override
    protected void removeRun(LocalRun run) {
        runs.remove(run.getNumber());
    }

    @Override
    public boolean isBuildable() {
        return true;
    }
}
