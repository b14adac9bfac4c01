package io.jenkins.plugins.dtk.http;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import java.net.URI;
import java.util.concurrent.atomic.LongAdder;

/**
 * Repeats what failed for a reason that may pass: the one policy for registries, the update graph and RHSM. The waits
 * between attempts are those of the host, which all requests to it share: see {@link Host}.
 */
public final class Retries {

    private static final int MOST_ATTEMPTS = 5;

    /** Patience is what a host asks for with status 429, so it gets more of it. */
    private static final int MOST_ATTEMPTS_WHEN_LIMITED = 12;

    private final HttpExchange exchange;
    private final LongAdder repeated = new LongAdder();

    /** Repeats requests that are sent through an exchange. */
    public Retries(HttpExchange exchange) {
        this.exchange = exchange;
    }

    /**
     * A request with all that is made of its answer.
     *
     * @param <T> the result
     */
    @FunctionalInterface
    public interface Attempt<T> {

        /** Failures of kind {@link Kind#UNREACHABLE} and {@link Kind#LIMITED} lead to another attempt. */
        T run() throws Failure, InterruptedException;
    }

    /**
     * Runs an attempt until it succeeds, or fails for good.
     *
     * @param address whose host is asked
     * @throws Failure the last one; of kind {@link Kind#OVERDUE} when the deadline comes first
     */
    public <T> T run(URI address, Attempt<T> attempt) throws Failure, InterruptedException {
        Failure before = null;
        Deadline end = exchange.attempts(address);
        for (int attempts = 1; ; attempts++) {
            long startedAt = System.nanoTime();
            try {
                return attempt.run();
            } catch (Failure e) {
                if (e.kind() == Kind.OVERDUE && before != null) {
                    throw new Failure(Kind.OVERDUE, e.reason() + "; before that: " + before.reason(), e);
                }
                if (attempts >= most(address, e.kind()) || end.isOver()) {
                    throw e;
                }
                exchange.pause(address, startedAt, e);
                count();
                before = e;
            }
        }
    }

    /**
     * Runs an attempt once, for what must not happen again before its caller has looked again. After a failure that may
     * pass, the next request to the host waits as it does before a repetition.
     *
     * @param address whose host is asked
     */
    public <T> T once(URI address, Attempt<T> attempt) throws Failure, InterruptedException {
        long startedAt = System.nanoTime();
        try {
            return attempt.run();
        } catch (Failure e) {
            if (most(address, e.kind()) > 1) {
                exchange.pause(address, startedAt, e);
            }
            throw e;
        }
    }

    private int most(URI address, Kind kind) {
        return switch (kind) {
            case LIMITED -> MOST_ATTEMPTS_WHEN_LIMITED;
            case UNREACHABLE -> exchange.isGivenUp(address) ? 1 : MOST_ATTEMPTS;
            default -> 1;
        };
    }

    /** Counts a repetition that was made elsewhere, such as that with a new token. */
    public void count() {
        repeated.increment();
    }

    /** How many requests were repetitions so far. */
    public long counted() {
        return repeated.sum();
    }
}
