package io.jenkins.plugins.dtk.http;

import io.jenkins.plugins.dtk.failure.Failure;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What all requests to one host share: how many are in flight, how fast they start, and whether the host asked for a
 * pause. One request that is asked to slow down slows all of them.
 *
 * <p>Without a rate from the user, hosts over TLS get 40 requests in a second over HTTP/1.1 and 400 over HTTP/2, below
 * the limits quay publishes (50 and 500 for manifests: quay/quay conf/nginx/rate-limiting.conf.jnj); hosts that the
 * user permits over plain http are the user's own and get no rate until they ask for one with status 429.
 */
final class Host {

    private static final double HTTP1_RATE = 40;
    private static final double HTTP2_RATE = 400;

    /** What oc itself allows itself (openshift/library-go pkg/image/registryclient/client.go); slower helps no one. */
    private static final double LOWEST_RATE = 5;

    /** A late wake-up may be made up for within this time, or the real rate would stay below the wanted one. */
    private static final long MAKE_UP = TimeUnit.MILLISECONDS.toNanos(50);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** Who is asked to wait longer gives up or not by its own time; others may ask again after this. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    /** Who wrote a wrong name wants to know soon. */
    private static final int MOST_PAUSES_AT_FIRST = 3;

    /** Of one connection that ends, as many requests as are in flight are lost; fewer prove nothing. */
    private static final int SOME_LOST = 8;

    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Semaphore turns;
    private final ReentrantLock reconnecting = new ReentrantLock();
    private final int requestsInFlight;
    private final long firstPause;
    private final boolean fixedRate;

    /** Requests in a second; 0 while there is no limit. */
    private double rate;

    private double highestRate;
    private long nextStart = System.nanoTime();
    private long pausedUntil = nextStart;
    private long pausedAt = nextStart - 1;
    private int pauses;
    private boolean answered;
    private boolean multiplexed;
    private Failure lastFailure;
    private long lost;
    private long kept;
    private long countedSince = nextStart;
    private int counted;

    Host(int requestsInFlight, int requestsPerSecond, boolean plainHttp, Duration firstPause) {
        this.turns = new Semaphore(requestsInFlight, true);
        this.requestsInFlight = requestsInFlight;
        this.firstPause = firstPause.toNanos();
        this.fixedRate = requestsPerSecond > 0;
        this.highestRate = fixedRate ? requestsPerSecond : plainHttp ? 0 : HTTP1_RATE;
        this.rate = highestRate;
    }

    /** A request was lost with the connection on which it was under way. */
    synchronized void lost() {
        lost++;
    }

    /** Whether requests were lost with connections of HTTP/2 before. */
    synchronized boolean hasLost() {
        return lost > 0;
    }

    /** Whether so many are lost with connections of HTTP/2 that those of HTTP/1.1, which end between two, serve better. */
    synchronized boolean endsConnections() {
        return lost >= SOME_LOST && lost * 10 > kept;
    }

    /** Held by who goes on after the host ended a connection. */
    ReentrantLock reconnecting() {
        return reconnecting;
    }

    /**
     * Waits for a turn; each needs one {@link #leave()}.
     *
     * @throws Failure also when no one needs to wait, because the host was tried in vain often enough
     */
    void enter(Deadline deadline) throws Failure, InterruptedException {
        if (!turns.tryAcquire(deadline.left(), TimeUnit.NANOSECONDS)) {
            throw deadline.passed();
        }
        boolean entered = false;
        try {
            for (long wait = start(); wait > 0; wait = start()) {
                deadline.sleep(wait, "the registry to take requests again");
            }
            entered = true;
        } finally {
            if (!entered) {
                turns.release();
            }
        }
    }

    void leave() {
        turns.release();
    }

    /** Takes a start when one is due, else returns how long to wait before asking again. */
    private synchronized long start() throws Failure {
        if (isGivenUp()) {
            throw new Failure(lastFailure.kind(), lastFailure.reason(), lastFailure);
        }
        long now = System.nanoTime();
        long due = Math.max(nextStart, pausedUntil) - now;
        if (due <= 0) {
            nextStart = rate == 0 ? now : Math.max(nextStart, now - MAKE_UP) + (long) (SECOND / rate);
        }
        return due;
    }

    /** A request got an answer that is no complaint. */
    synchronized void answered(long startedAt, boolean http2) {
        long now = System.nanoTime();
        answered = true;
        if (now - countedSince > SECOND) {
            countedSince = now;
            counted = 0;
        }
        counted++;
        if (http2) {
            kept++;
        }
        if (http2 && !multiplexed) {
            multiplexed = true;
            turns.release(requestsInFlight);
            if (highestRate == HTTP1_RATE && !fixedRate) {
                highestRate = HTTP2_RATE;
                rate = highestRate;
            }
        }
        if (startedAt - pausedAt > 0) {
            pauses = 0;
            if (rate > 0 && (highestRate == 0 || rate < highestRate)) {
                // Each second 5 % faster, at least by one request: slowly back up after a 429.
                double faster = rate + Math.max(1 / rate, 0.05);
                rate = highestRate == 0 ? faster : Math.min(highestRate, faster);
            }
        }
    }

    /**
     * The host said that there are too many requests: all wait, and then go on more slowly. When it says so again before
     * it answered any, only the pause was too short.
     */
    synchronized void limited(long startedAt, long retryAfter) {
        boolean answeredBefore = pauses == 0;
        if (troubled(startedAt, retryAfter) && answeredBefore) {
            double seconds = Math.max(0.1, (System.nanoTime() - countedSince) / SECOND);
            double present = rate == 0 ? Math.max(1, counted / seconds) : rate;
            rate = Math.max(LOWEST_RATE, 0.6 * present);
        }
    }

    /** No connection came about, or no answer. */
    synchronized void unreachable(long startedAt, Failure failure) {
        lastFailure = failure;
        troubled(startedAt, 0);
    }

    /** Whether it never answered, although it was asked again and again until just now: its name may be wrong. */
    synchronized boolean isGivenUp() {
        return !answered
                && lastFailure != null
                && pauses >= MOST_PAUSES_AT_FIRST
                && System.nanoTime() - pausedUntil <= LONGEST_PAUSE.toNanos();
    }

    /**
     * The host has trouble of its own, or the connection broke: all wait a moment. Requests that were under way when it
     * began complain about the same moment: they do not make it longer.
     *
     * @param retryAfter the wait that the host asked for, in nanoseconds; 0 for none
     * @return whether this is a new pause
     */
    synchronized boolean troubled(long startedAt, long retryAfter) {
        long now = System.nanoTime();
        boolean isNew = startedAt - pausedAt > 0;
        if (now - pausedUntil > LONGEST_PAUSE.toNanos()) {
            pauses = 0; // An old story.
        }
        if (isNew) {
            long pause = Math.min(LONGEST_PAUSE.toNanos(), firstPause << Math.min(pauses, 20));
            long spread = ThreadLocalRandom.current().nextLong(pause / 4 + 1);
            pausedUntil = Math.max(pausedUntil, now + pause + spread);
            pausedAt = now;
            pauses++;
        }
        pausedUntil = Math.max(pausedUntil, now + Math.min(retryAfter, LONGEST_WAIT.toNanos()));
        return isNew;
    }
}
