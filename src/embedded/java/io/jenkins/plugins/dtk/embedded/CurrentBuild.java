package io.jenkins.plugins.dtk.embedded;

import hudson.AbortException;
import hudson.Util;
import hudson.model.Result;
import java.io.IOException;

/** {@code currentBuild} in a pipeline; a bean for Groovy, with the properties that it has in Jenkins. */
final class CurrentBuild {

    private final LocalRun run;

    CurrentBuild(LocalRun run) {
        this.run = run;
    }

    /** Null while nothing has gone wrong. */
    public String getResult() {
        return run.getResult() == null ? null : run.getResult().toString();
    }

    /** Makes the result worse. */
    public void setResult(String name) throws AbortException {
        Result result = Result.fromString(name);
        if (!result.toString().equals(name)) {
            throw new AbortException("currentBuild.result: there is no result '" + name
                    + "'; use SUCCESS, UNSTABLE, FAILURE, NOT_BUILT or ABORTED");
        }
        run.setResult(result);
    }

    /** SUCCESS while nothing has gone wrong. */
    public String getCurrentResult() {
        return run.getResult() == null ? Result.SUCCESS.toString() : getResult();
    }

    public boolean resultIsBetterOrEqualTo(String other) {
        return Result.fromString(getCurrentResult()).isBetterOrEqualTo(Result.fromString(other));
    }

    public boolean resultIsWorseOrEqualTo(String other) {
        return Result.fromString(getCurrentResult()).isWorseOrEqualTo(Result.fromString(other));
    }

    public int getNumber() {
        return run.getNumber();
    }

    public String getId() {
        return run.getId();
    }

    public String getDisplayName() {
        return run.getDisplayName();
    }

    public void setDisplayName(String name) throws IOException {
        run.setDisplayName(name);
    }

    public String getFullDisplayName() {
        return run.getFullDisplayName();
    }

    public String getProjectName() {
        return run.getParent().getName();
    }

    public String getFullProjectName() {
        return run.getParent().getFullName();
    }

    public String getDescription() {
        return run.getDescription();
    }

    public void setDescription(String description) throws IOException {
        run.setDescription(description);
    }

    /** Milliseconds so far. */
    public long getDuration() {
        return System.currentTimeMillis() - run.getStartTimeInMillis();
    }

    public String getDurationString() {
        return Util.getTimeSpanString(getDuration());
    }

    /** Milliseconds since 1970. */
    public long getStartTimeInMillis() {
        return run.getStartTimeInMillis();
    }

    /** None: nothing is kept from one run to the next. */
    public Object getPreviousBuild() {
        return null;
    }
}
