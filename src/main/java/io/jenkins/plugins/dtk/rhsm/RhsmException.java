package io.jenkins.plugins.dtk.rhsm;

import java.io.IOException;

/**
 * RHSM could not be asked, or did not do as it was told. Its message is one line:
 * {@code Tried to register the system X at HOST but failed because: <reason>}. It never holds a secret.
 */
public final class RhsmException extends IOException {

    private static final long serialVersionUID = 1;

    /** Why it failed, for callers that treat the reasons differently. */
    public enum Kind {
        /** RHSM said no: a wrong organisation or activation key, a limit that is reached. */
        REFUSED,
        /** No connection, no answer in time, or only server errors: nobody can tell. */
        UNREACHABLE,
        /** The answer is not RHSM's. */
        UNUSABLE
    }

    private final Kind kind;

    RhsmException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** Why it failed. */
    public Kind kind() {
        return kind;
    }
}
