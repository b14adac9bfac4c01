package io.jenkins.plugins.dtk.release;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Shows what came from outside in a message: short, on one line, without control characters. */
final class Text {

    private static final int SHOWN = 160;

    private Text() {}

    static String shorten(byte[] body) {
        String text = new String(Arrays.copyOf(body, Math.min(body.length, 4 * SHOWN)), StandardCharsets.UTF_8);
        return shorten(text);
    }

    static String shorten(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
    }

    static String quote(String text) {
        return "'" + shorten(text) + "'";
    }

    /** What went wrong on the way, where the JDK's own message is empty or unhelpful. */
    static String reason(Throwable cause) {
        if (cause instanceof HttpTimeoutException) {
            return "no answer in time";
        }
        if (cause instanceof ConnectException) {
            return "no connection" + (cause.getMessage() == null ? "" : ": " + shorten(cause.getMessage()));
        }
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return cause instanceof IOException ? shorten(message) : shorten(cause.toString());
    }
}
