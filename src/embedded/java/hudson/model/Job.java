package hudson.model;

import hudson.ExtensionPoint;
import java.io.IOException;
import java.util.SortedMap;

/**
 * A job and its runs.
 *
 * @param <JobT> the job's own type
 * @param <RunT> the type of its runs
 */
public abstract class Job<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends AbstractItem
        implements ExtensionPoint {

    protected transient volatile int nextBuildNumber = 1;

    protected Job(ItemGroup<?> parent, String name) {
        super(parent, name);
    }

    /** The runs by number, the newest first. */
    protected abstract SortedMap<Integer, ? extends RunT> _getRuns();

    protected abstract void removeRun(RunT run);

    public abstract boolean isBuildable();

    /** The number of the next run; each call takes one. */
    public synchronized int assignBuildNumber() throws IOException {
        return nextBuildNumber++;
    }

    public RunT getBuildByNumber(int number) {
        return _getRuns().get(number);
    }

    /** The newest run; null when there is none. */
    public RunT getLastBuild() {
        SortedMap<Integer, ? extends RunT> runs = _getRuns();
        return runs.isEmpty() ? null : runs.get(runs.firstKey());
    }
}
