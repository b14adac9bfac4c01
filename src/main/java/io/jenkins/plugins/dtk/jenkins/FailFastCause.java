package io.jenkins.plugins.dtk.jenkins;

import jenkins.model.CauseOfInterruption;

/** A branch is ended because another has failed. */
final class FailFastCause extends CauseOfInterruption {

    private static final long serialVersionUID = 1L;

    private final String branch;

    FailFastCause(String branch) {
        this.branch = branch;
    }

    @Override
    public String getShortDescription() {
        return "ended because " + branch + " failed (failFast)";
    }
}
