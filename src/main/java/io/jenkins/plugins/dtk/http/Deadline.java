package io.jenkins.plugins.dtk.http;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import java.time.Duration;

/** The end of the time that some work may take: all of it, or one request, or one body. */
public final class Deadline {

    /** As good as never, and far from overflow. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private final Kind kind;
    private final String message;
    private final long end;

    private Deadline(Kind kind, String message, long end) {
        this.kind = kind;
        this.message = message;
        this.end = end;
    }

    /** The end of all work. */
    public static Deadline in(Duration time) {
        Duration given = time.compareTo(LONGEST) > 0 ? LONGEST : time;
        return new Deadline(
                Kind.OVERDUE,
                "the time for the whole work is over (" + text(given) + ")",
                System.nanoTime() + given.toNanos());
    }

    /**
     * The end of one thing that has no whole.
     *
     * @param message what took too long; the time is added
     */
    static Deadline of(Duration time, String message) {
        return new Deadline(Kind.UNREACHABLE, message + " within " + text(time), System.nanoTime() + time.toNanos());
    }

    /**
     * The end of a part of the work, which is not later than that of the whole.
     *
     * @param message what took too long, such as {@code quay.io did not send the whole answer}; the time is added
     */
    Deadline within(Duration time, String message) {
        Deadline part = of(time, message);
        return part.end - end >= 0 ? this : part;
    }

    /** What is left, in nanoseconds; not above 0 when it is over. */
    long left() {
        return end - System.nanoTime();
    }

    /** Whether nothing is left. */
    public boolean isOver() {
        return left() <= 0;
    }

    /** What is left of this and of that time. */
    long leftWithin(Duration time) {
        return Math.min(left(), time.toNanos());
    }

    /** Sleeps so long, or fails at once when the deadline would pass. */
    public void sleep(long nanos, String waitingFor) throws Failure, InterruptedException {
        if (nanos >= left()) {
            throw new Failure(kind, message + " before the end of the wait for " + waitingFor);
        }
        Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
    }

    /** When a host asks for a wait that ends after this. */
    Failure tooEarlyFor(String host, Duration wait) {
        return new Failure(
                kind,
                message + " before the end of the wait that " + host + " asks for: " + text(wait) + " (Retry-After)");
    }

    Failure passed() {
        return new Failure(kind, message);
    }

    static String text(Duration time) {
        return time.toMinutes() >= 10 && time.toSecondsPart() == 0
                ? time.toMinutes() + " min"
                : time.toSeconds() > 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
