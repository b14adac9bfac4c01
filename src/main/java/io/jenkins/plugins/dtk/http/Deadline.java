package io.jenkins.plugins.dtk.http;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import java.time.Duration;

/** The end of the time that some work may take. */
public final class Deadline {

    /** As good as never, and far from overflow. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private final Duration given;
    private final long end;

    private Deadline(Duration given, long end) {
        this.given = given;
        this.end = end;
    }

    public static Deadline never() {
        return in(LONGEST);
    }

    public static Deadline in(Duration time) {
        Duration given = time.compareTo(LONGEST) > 0 ? LONGEST : time;
        return new Deadline(given, System.nanoTime() + given.toNanos());
    }

    /** What is left, in nanoseconds; not above 0 when it is over. */
    long left() {
        return end - System.nanoTime();
    }

    /** What is left of this and of that time. */
    long leftWithin(Duration time) {
        return Math.min(left(), time.toNanos());
    }

    /** Sleeps so long, or fails at once when the deadline would pass. */
    public void sleep(long nanos, String waitingFor) throws Failure, InterruptedException {
        if (nanos >= left()) {
            throw new Failure(Kind.OVERDUE, message() + " before the end of the wait for " + waitingFor);
        }
        Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
    }

    Failure passed() {
        return new Failure(Kind.OVERDUE, message());
    }

    private String message() {
        return "the time for the whole work is over (" + text(given) + ")";
    }

    static String text(Duration time) {
        return time.toSeconds() > 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
