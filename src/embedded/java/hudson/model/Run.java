package hudson.model;

import hudson.EnvVars;
import hudson.ExtensionPoint;
import hudson.Util;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import java.io.File;
import java.io.IOException;
import jenkins.model.RunAction2;

/**
 * One run of a job.
 *
 * @param <JobT> the job's type
 * @param <RunT> the run's own type
 */
public abstract class Run<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends Actionable
        implements ExtensionPoint, Comparable<RunT>, AccessControlled, PersistenceRoot {

    protected final transient JobT project;
    public transient int number;
    protected long timestamp;
    protected volatile Result result;
    protected volatile String description;
    /** Milliseconds; 0 while the run goes on. */
    protected long duration;

    private volatile String displayName;

    /** A run that starts now, with the job's next number. */
    protected Run(JobT job) throws IOException {
        this.project = job;
        this.timestamp = System.currentTimeMillis();
        this.number = job.assignBuildNumber();
    }

    @Override
    public void addAction(Action action) {
        super.addAction(action);
        if (action instanceof RunAction2 attached) {
            attached.onAttached(this);
        }
    }

    /** The result so far; null while nothing has gone wrong. */
    public Result getResult() {
        return result;
    }

    /** Makes the result worse; a better one than it has is left out. */
    public void setResult(Result worse) {
        synchronized (this) {
            if (result == null || worse.isWorseThan(result)) {
                result = worse;
            }
        }
    }

    /** What runs the build; null, as it needs none here. */
    public Executor getExecutor() {
        return null;
    }

    public boolean isBuilding() {
        return duration == 0;
    }

    public JobT getParent() {
        return project;
    }

    public int getNumber() {
        return number;
    }

    /** The number as text. */
    public String getId() {
        return Integer.toString(number);
    }

    @Override
    public String getDisplayName() {
        return displayName != null ? displayName : "#" + number;
    }

    public void setDisplayName(String name) throws IOException {
        this.displayName = Util.fixEmptyAndTrim(name);
        save();
    }

    public String getFullDisplayName() {
        return project.getFullDisplayName() + ' ' + getDisplayName();
    }

    public String getDescription() {
        return description;
    }

    public void setDescription(String description) throws IOException {
        this.description = description;
        save();
    }

    /** When it started, in milliseconds since 1970. */
    public final long getStartTimeInMillis() {
        return timestamp;
    }

    /** Milliseconds; 0 while the run goes on. */
    public long getDuration() {
        return duration;
    }

    /** The run before this one that is still known; null when there is none. */
    public RunT getPreviousBuild() {
        return project.getBuildByNumber(number - 1);
    }

    /** The address under the root, with a {@code /} at its end. */
    public String getUrl() {
        return project.getUrl() + number + '/';
    }

    @Override
    public File getRootDir() {
        return new File(new File(project.getRootDir(), "builds"), getId());
    }

    @Override
    public ACL getACL() {
        return project.getACL();
    }

    /** The variables that identify a run: BUILD_NUMBER, BUILD_ID, BUILD_TAG, JOB_NAME and the like. */
    public final EnvVars getCharacteristicEnvVars() {
        String job = project.getFullName();
        return new EnvVars(
                "BUILD_NUMBER", getId(),
                "BUILD_ID", getId(),
                "BUILD_DISPLAY_NAME", getDisplayName(),
                "BUILD_TAG", "jenkins-" + job.replace('/', '-') + '-' + number,
                "JOB_NAME", job,
                "JOB_BASE_NAME", project.getName());
    }

    /** The variables that every step of the run starts from. */
    public EnvVars getEnvironment(TaskListener listener) throws IOException, InterruptedException {
        return getCharacteristicEnvVars();
    }

    /** Runs live as long as the process, so there is nothing to write. */
    @Override
    public synchronized void save() throws IOException {}

    @Override
    public int compareTo(RunT other) {
        return Integer.compare(number, other.number);
    }
}
