package io.jenkins.plugins.dtk.http;

import java.time.Duration;

/**
 * How long one host may keep us waiting. Each limit ends what it bounds with a message that says what was waited for.
 *
 * @param request until an answer begins, and the longest pause within its body
 * @param answer for one whole answer that is read into something small, from the request to the body's last byte
 * @param transfer for the whole body of a layer
 * @param attempts for one question with all its repetitions and the waits between them
 */
public record TimeLimits(Duration request, Duration answer, Duration transfer, Duration attempts) {

    /** Generous: a registry that answers at all is far below them. */
    public static final TimeLimits DEFAULT = new TimeLimits(
            seconds("request", 60), seconds("answer", 300), seconds("transfer", 3600), seconds("attempts", 900));

    /** The same, with another time until an answer begins. */
    public TimeLimits withRequest(Duration time) {
        return new TimeLimits(time, answer, transfer, attempts);
    }

    /** All work of a step or a command, unless it sets another limit. */
    public static Duration wholeWork() {
        return seconds("work", 6 * 3600);
    }

    /** Before the first repetition; it doubles with each further one. Another for benchmarks alone. */
    static Duration firstPause() {
        return Duration.ofMillis(Math.max(1, Integer.getInteger("dtk.limit.pause.millis", 500)));
    }

    private static Duration seconds(String what, int usual) {
        int seconds = Integer.getInteger("dtk.limit." + what + ".seconds", usual);
        return Duration.ofSeconds(Math.max(1, seconds));
    }
}
