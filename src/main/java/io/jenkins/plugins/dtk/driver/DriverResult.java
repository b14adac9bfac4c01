package io.jenkins.plugins.dtk.driver;

import java.util.List;

/**
 * What became of an image of a driver in one run.
 *
 * @param image the image
 * @param outcome how it ended
 * @param known whether a failure was known before this run, and nothing was built
 * @param why one line; empty where there is nothing to say
 * @param toolkit the Driver Toolkit that it was, or would have been, built with, by digest; empty for none
 * @param log the file with the log of its build; empty for none
 * @param warnings what KMM or certification will say of it
 */
public record DriverResult(
        DriverImage image,
        Outcome outcome,
        boolean known,
        String why,
        String toolkit,
        String log,
        List<String> warnings) {

    /** Makes the list unmodifiable. */
    public DriverResult {
        warnings = List.copyOf(warnings);
    }

    /** Whether something went wrong, or could not be confirmed, that was not known before. */
    public boolean isNewFailure() {
        return (outcome.isFailure() || outcome == Outcome.UNKNOWN) && !known;
    }
}
