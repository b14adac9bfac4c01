package io.jenkins.plugins.dtk.failure;

import java.io.IOException;

/**
 * A registry could not be asked, or gave no usable answer. Its message is one line:
 * {@code Tried to read the manifest of X but failed because: <reason>}. It never holds a secret.
 */
public final class Failure extends IOException {

    private static final long serialVersionUID = 1;

    /** Why it failed, for callers that treat the reasons differently. */
    public enum Kind {
        /** The registry said that it does not have it. */
        ABSENT,
        /** The registry refused: no credentials, wrong ones, or not enough rights. */
        REFUSED,
        /** No connection, no answer in time, or only server errors. */
        UNREACHABLE,
        /** The registry kept answering that there are too many requests. */
        LIMITED,
        /** The answer breaks the protocol, a digest or a limit on size. */
        INVALID,
        /** The time given for the whole work is over. */
        OVERDUE
    }

    private final Kind kind;
    private final String reason;

    public Failure(Kind kind, String reason) {
        this(kind, reason, reason, null);
    }

    public Failure(Kind kind, String reason, Throwable cause) {
        this(kind, reason, reason, cause);
    }

    private Failure(Kind kind, String message, String reason, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.reason = reason;
    }

    /** A failure that was found in what a registry holds: {@code Tried to <action> but failed because: <reason>}. */
    public static Failure of(Kind kind, String action, String reason) {
        return new Failure(kind, reason).during(action);
    }

    /** The same failure, told as that of an action such as {@code read the manifest of X}. */
    public Failure during(String action) {
        return new Failure(kind, "Tried to " + action + " but failed because: " + reason, reason, getCause());
    }

    /** Why it failed. */
    public Kind kind() {
        return kind;
    }

    /** The reason alone, without the action. */
    public String reason() {
        return reason;
    }
}
