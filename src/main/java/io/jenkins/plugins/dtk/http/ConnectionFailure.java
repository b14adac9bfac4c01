package io.jenkins.plugins.dtk.http;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.text.Quote;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** Says in words why there was no answer; the JDK's own texts are often empty. */
final class ConnectionFailure {

    /** What Java says of a proxy that answered CONNECT by anything but 200 and 407. */
    private static final Pattern TUNNEL = Pattern.compile("Tunnel failed, got: (\\d{3})");

    private ConnectionFailure() {}

    /** Whether the server ended the connection in the orderly way of HTTP/2; only its text says so. */
    static boolean isEndOfConnection(Throwable cause) {
        return cause instanceof IOException
                && cause.getMessage() != null
                && cause.getMessage().contains("GOAWAY");
    }

    /** Whether no connection came about, so that no request went out. */
    static boolean isBeforeAnyRequest(Throwable cause) {
        return cause instanceof HttpConnectTimeoutException
                || cause instanceof ConnectException
                || cause instanceof SSLHandshakeException;
    }

    /** Whether a proxy refused a tunnel since it does not know us: tinyproxy says 401 to a wrong login, others 407. */
    static boolean isUnknownToProxy(Throwable cause) {
        Matcher tunnel = TUNNEL.matcher(String.valueOf(cause.getMessage()));
        return tunnel.find() && tunnel.group(1).equals("401");
    }

    /** A failure of the connection in words. The cause's own text is used only where it says more than its type. */
    static Failure of(String authority, Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof UnresolvedAddressException || t instanceof UnknownHostException) {
                return new Failure(Kind.UNREACHABLE, "the host " + authority + " is not known", cause);
            }
            if (t instanceof SSLException) {
                return tls(authority, (SSLException) t);
            }
        }
        if (cause instanceof HttpTimeoutException || cause instanceof ConnectException) {
            return new Failure(Kind.UNREACHABLE, "cannot connect to " + authority, cause);
        }
        Matcher tunnel = TUNNEL.matcher(String.valueOf(cause.getMessage()));
        if (tunnel.find()) {
            boolean passing = tunnel.group(1).startsWith("5") || tunnel.group(1).equals("429");
            return new Failure(
                            passing ? Kind.UNREACHABLE : Kind.REFUSED,
                            "cannot connect to " + authority + ": the proxy answered " + tunnel.group(1),
                            cause)
                    .advising(passing ? "" : "ask those who run the proxy to permit that host");
        }
        String detail = cause instanceof IOException ? Quote.shorten(cause.getMessage()) : cause.toString();
        return new Failure(
                Kind.UNREACHABLE, "the connection to " + authority + " broke: " + Quote.shorten(detail), cause);
    }

    private static Failure tls(String authority, SSLException failure) {
        String text = Quote.shorten(failure.getMessage());
        if (text.contains("terminated the handshake")) {
            return new Failure(Kind.UNREACHABLE, authority + " broke off the start of a TLS connection", failure);
        }
        String hint = text.toLowerCase(Locale.ROOT).contains("unrecognized ssl message")
                ? "it does not speak TLS; plain http needs an explicit permission"
                : text.contains("PKIX")
                        ? "its certificate is not trusted; add that of its authority: " + text
                        : "TLS failed: " + text;
        return new Failure(Kind.INVALID, authority + ": " + hint, failure);
    }
}
