package io.jenkins.plugins.dtk.cli;

/** What the commands that answer a question exit with; 2 is wrong usage. */
final class ExitCode {

    /** The answer is no. */
    static final int NO = 1;

    /** The answer is not known. */
    static final int UNKNOWN = 3;

    private ExitCode() {}

    /** What is known to be wrong counts more than what is unknown. */
    static int of(boolean isWrong, boolean isUnknown) {
        return isWrong ? NO : isUnknown ? UNKNOWN : 0;
    }
}
