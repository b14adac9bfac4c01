package io.jenkins.plugins.dtk.http;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.text.Quote;
import io.jenkins.plugins.dtk.text.SecretMask;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * An answer whose body is still to be read. Closing it gives the turn at the host back.
 *
 * @param address that answered, after redirects
 * @param elsewhere whether it is another host than the one that was asked
 * @param mask hides our logins in what it says
 */
public record Response(
        URI address,
        boolean elsewhere,
        int status,
        HttpHeaders headers,
        BodyStream body,
        boolean http2,
        SecretMask mask,
        Runnable turn)
        implements AutoCloseable {

    /** More of an error's text is not read. */
    private static final int ERROR_LIMIT = 64 * 1024;

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(365 * 100);

    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** What it says, short, on one line, and without our logins: they are hidden before the end is cut off. */
    public String shown(String text) {
        return Quote.shorten(mask.hide(text));
    }

    /** The same in single quotes. */
    public String quoted(String text) {
        return Quote.of(mask.hide(text));
    }

    public boolean isRedirect() {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    /** Whether the same request may succeed later. */
    public boolean isPassing() {
        return status == 408
                || status == 429
                || status == 500
                || status == 502
                || status == 503
                || status == 504
                || (status >= 520 && status <= 524); // A well-known content network's own.
    }

    /** The whole body, when it is not larger than the limit, of whole MiB. */
    public byte[] readAll(int limit, String what) throws Failure, InterruptedException {
        byte[] content = body.readUpTo(limit + 1);
        if (content.length > limit) {
            throw new Failure(Kind.INVALID, what + " is larger than " + (limit >> 20) + " MiB");
        }
        return content;
    }

    /** Reads a small body to its end, so that the connection can be used again. */
    public byte[] readError() throws Failure, InterruptedException {
        return body.readUpTo(ERROR_LIMIT);
    }

    /** The wait the host asks for, in nanoseconds: {@code Retry-After} in seconds or as a date; 0 without one. */
    long retryAfter() {
        String value = header("Retry-After").orElse("").strip();
        Duration wait = Duration.ZERO;
        try {
            long seconds = seconds(value);
            wait = seconds >= 0
                    ? Duration.ofSeconds(seconds)
                    : value.isEmpty()
                            ? wait
                            : Duration.between(
                                    Instant.now(), DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from));
        } catch (DateTimeException e) {
            return 0; // Not a date: our own pause has to do.
        }
        if (wait.isNegative()) {
            return 0;
        }
        return wait.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER.toNanos() : wait.toNanos();
    }

    /** A number of seconds as hosts write it in text; -1 where it is none, or longer than nine digits. */
    public static long seconds(String text) {
        return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : -1;
    }

    @Override
    public void close() {
        body.close();
        turn.run();
    }
}
