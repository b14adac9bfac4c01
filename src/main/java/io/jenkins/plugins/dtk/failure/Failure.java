package io.jenkins.plugins.dtk.failure;

import java.io.IOException;
import java.util.function.UnaryOperator;

/**
 * Something outside this program could not be read, written or understood: a registry, the update graph, RHSM, the cache.
 * It travels from the socket to the exit code, the step's message and the page; nothing wraps it in another exception.
 * Its message is one line, {@code <part>: Tried to <action> but failed because: <reason>; <advice>}, of which only the
 * reason is always there. It never holds a secret. It is an {@link IOException} because streams throw it, too.
 */
public final class Failure extends IOException {

    private static final long serialVersionUID = 2;

    /** Why it failed, for callers that treat the reasons differently. */
    public enum Kind {
        /** The other side said that it does not have it. */
        ABSENT,
        /** The other side refused: no credentials, wrong ones, not enough rights, a limit that is reached. */
        REFUSED,
        /** What is there may not be changed, today or another day: a tag that can be written once. */
        IMMUTABLE,
        /** No connection, no answer in time, only server errors, or no network wanted: the answer is unknown. */
        UNREACHABLE,
        /** The other side kept answering that there are too many requests. */
        LIMITED,
        /** The answer breaks the protocol, a format, a digest or a limit on size. */
        INVALID,
        /** The time given for the whole work is over. */
        OVERDUE,
        /** This machine: a file, a folder, a program, a run. */
        LOCAL
    }

    private final Kind kind;
    private final String part;
    private final String action;
    private final String reason;
    private final String advice;

    /**
     * A failure without an action yet; see {@link ErrorContext}.
     *
     * @param reason one line
     */
    public Failure(Kind kind, String reason) {
        this(kind, reason, null);
    }

    /**
     * A failure without an action yet; see {@link ErrorContext}.
     *
     * @param reason one line
     * @param cause what the JDK or a library said; null for none
     */
    public Failure(Kind kind, String reason, Throwable cause) {
        this(kind, "", "", reason, "", cause);
    }

    private Failure(Kind kind, String part, String action, String reason, String advice, Throwable cause) {
        super(
                (part.isEmpty() ? "" : part + ": ")
                        + (action.isEmpty() ? reason : "Tried to " + action + " but failed because: " + reason)
                        + (advice.isEmpty() ? "" : "; " + advice),
                cause);
        this.kind = kind;
        this.part = part;
        this.action = action;
        this.reason = reason;
        this.advice = advice;
    }

    /** The failure of an action, such as {@code read the manifest of X}. */
    public static Failure of(Kind kind, String action, String reason) {
        return new Failure(kind, reason).during(action);
    }

    /** The same failure, as that of an action such as {@code read the manifest of X}. */
    public Failure during(String attempted) {
        return new Failure(kind, part, attempted, reason, advice, getCause());
    }

    /** The same failure, of one part of something larger, such as {@code release 4.16.20}; parts may be nested. */
    public Failure in(String whole) {
        return new Failure(kind, part.isEmpty() ? whole : whole + ": " + part, action, reason, advice, getCause());
    }

    /** The same failure, with what the user can do about it. */
    public Failure advising(String todo) {
        return new Failure(kind, part, action, reason, todo, getCause());
    }

    /**
     * The same failure with other words for what others said, as to hide a secret. A cause whose words would change too
     * is left out.
     */
    public Failure reworded(UnaryOperator<String> words) {
        boolean harmless = true;
        for (Throwable said = getCause(); said != null; said = said.getCause()) {
            harmless &=
                    said.getMessage() == null || words.apply(said.getMessage()).equals(said.getMessage());
        }
        return new Failure(kind, part, action, words.apply(reason), words.apply(advice), harmless ? getCause() : null);
    }

    /** Why it failed. */
    public Kind kind() {
        return kind;
    }

    /** What was attempted, such as {@code read the manifest of X}; empty when the reason says all. */
    public String action() {
        return action;
    }

    /** The reason alone, without part, action and advice. */
    public String reason() {
        return reason;
    }

    /** What the user can do about it; empty when the reason says all. */
    public String advice() {
        return advice;
    }
}
