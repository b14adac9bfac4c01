package io.jenkins.plugins.dtk.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLHandshakeException;

/**
 * A host that is no registry, spoken to with the same caution: its certificate is verified, no redirect is followed, and
 * answers are bounded in size and time. Every request goes out once.
 */
public final class HttpsHost {

    /** Why there is no answer. */
    public static final class NoAnswer extends IOException {
        private static final long serialVersionUID = 1;

        private final boolean neverAsked;

        private NoAnswer(String reason, boolean neverAsked) {
            super(reason);
            this.neverAsked = neverAsked;
        }

        /** Whether the host cannot have seen the request. */
        public boolean neverAsked() {
            return neverAsked;
        }
    }

    private final String authority;
    private final HttpClients clients;

    /**
     * Prepares to speak to a host.
     *
     * @param http makes clients, with the proxy that applies
     * @param certificates authorities to trust besides Java's, in PEM; those below a line {@code [HOST:PORT]} for that
     *     host alone
     * @throws IllegalArgumentException when they are not certificates in PEM; one line
     */
    public HttpsHost(URI address, Supplier<HttpClient.Builder> http, String certificates) {
        this.authority = address.getRawAuthority();
        this.clients = new HttpClients(http, Certificates.parse(certificates));
    }

    /**
     * Sends a request and reads the answer.
     *
     * @param limit in bytes; of a larger answer comes little more than this, so that its length tells
     * @param timeout for the whole answer
     * @param identity with which we identify ourselves to the host; none: anonymously
     * @throws NoAnswer with the reason in one line, which never holds the address that was asked
     */
    public HttpResponse<byte[]> send(HttpRequest request, int limit, Duration timeout, KeyManager... identity)
            throws NoAnswer, InterruptedException {
        HttpClient client =
                identity.length == 0 ? clients.verified(authority) : clients.identified(authority, identity);
        try {
            return WholeAnswer.of(client, request, limit, timeout);
        } catch (HttpConnectTimeoutException | ConnectException | SSLHandshakeException e) {
            throw new NoAnswer(ConnectionFailure.of(authority, e).reason(), true);
        } catch (HttpTimeoutException e) {
            throw new NoAnswer(authority + " did not answer within " + Deadline.text(timeout), false);
        } catch (IOException e) {
            throw new NoAnswer(ConnectionFailure.of(authority, e).reason(), false);
        }
    }
}
