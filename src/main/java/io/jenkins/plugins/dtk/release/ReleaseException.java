package io.jenkins.plugins.dtk.release;

/** A release, or the list of releases, could not be read. The message is one line: what was tried, what was wrong. */
public final class ReleaseException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * @param message one line
     */
    public ReleaseException(String message) {
        super(message);
    }

    /**
     * @param message one line
     * @param cause what led to it
     */
    public ReleaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
