package io.jenkins.plugins.dtk.embedded;

import java.time.Duration;

/**
 * How a run ended.
 *
 * @param result as Jenkins would show it
 * @param duration from the start to the end of the run
 * @param value what the pipeline's last statement returned; null where it returned nothing or did not come so far
 */
public record RunOutcome(Result result, Duration duration, Object value) {

    /** The results that a run can have. */
    public enum Result {
        /** All went well. */
        SUCCESS,
        /** A step found something wrong that does not fail the run. */
        UNSTABLE,
        /** A step failed. */
        FAILURE,
        /** The pipeline said so itself, by {@code currentBuild.result}. */
        NOT_BUILT,
        /** The run was ended before its own end. */
        ABORTED
    }
}
