package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.text.Quote;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Shows what came from outside in a message: short, on one line, without control characters. */
final class Text {

    /** More of a body than can be shown: bytes are not characters. */
    private static final int LOOKED_AT = 1024;

    private Text() {}

    static String shorten(byte[] body) {
        String text = new String(Arrays.copyOf(body, Math.min(body.length, LOOKED_AT)), StandardCharsets.UTF_8);
        return Quote.shorten(text);
    }

    /** What went wrong on the way, where the JDK's own message is empty or unhelpful. */
    static String reason(Throwable cause) {
        if (cause instanceof HttpTimeoutException) {
            return "no answer in time";
        }
        if (cause instanceof ConnectException) {
            return "no connection" + (cause.getMessage() == null ? "" : ": " + Quote.shorten(cause.getMessage()));
        }
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return cause instanceof IOException ? Quote.shorten(message) : Quote.shorten(cause.toString());
    }
}
