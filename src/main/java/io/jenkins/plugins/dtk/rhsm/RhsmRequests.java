package io.jenkins.plugins.dtk.rhsm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.http.HttpsHost;
import io.jenkins.plugins.dtk.text.SecretMask;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;

/** Sends RHSM's requests, and again where that may help and does no harm. */
final class RhsmRequests {

    /** Certificates of whole organisations have been seen with 230 KiB. */
    private static final int MAX_BYTES = 4 << 20;

    private static final int RETRIES = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI url;
    private final HttpsHost host;
    private final Duration timeout;
    private final RetryPolicy<Object> retries;

    RhsmRequests(URI url, Supplier<HttpClient.Builder> http, String certificates, Duration timeout, Duration pause) {
        this.url = url;
        this.host = new HttpsHost(url, http, certificates);
        this.timeout = timeout;
        this.retries = RetryPolicy.builder()
                .handle(Again.class)
                .withMaxRetries(RETRIES)
                .withBackoff(pause, pause.multipliedBy(8))
                .withMaxDuration(PATIENCE.plus(pause))
                .build();
    }

    /** What to do where nobody knows whether a system was registered. */
    static String look(String name) {
        return "; whether it is registered is unknown: look for " + name + " there";
    }

    /**
     * Some work at RHSM.
     *
     * @param action what is tried, such as {@code register the system X}
     * @param secrets what no message may show
     */
    Task task(String action, List<String> secrets) {
        return new Task(action, new SecretMask(secrets));
    }

    /** A failure that another attempt may mend. */
    private static final class Again extends Exception {
        private static final long serialVersionUID = 1;

        Again(Failure failure) {
            super(failure);
        }
    }

    /** Requests with one purpose. */
    final class Task {
        private final String action;
        private final SecretMask secrets;

        private Task(String action, SecretMask secrets) {
            this.action = action;
            this.secrets = secrets;
        }

        /** Sends a request with a body, once as far as anybody knows. */
        JsonNode post(String path, byte[] body) throws Failure, InterruptedException {
            HttpRequest request = request(path)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(body))
                    .build();
            return checked(send(request, false)).json();
        }

        JsonNode get(String path, KeyManager... identity) throws Failure, InterruptedException {
            return checked(send(request(path).GET().build(), true, identity)).json();
        }

        /** Deletes, also what is gone. */
        void delete(String path, KeyManager... identity) throws Failure, InterruptedException {
            RhsmAnswer answer = send(request(path).DELETE().build(), true, identity);
            if (!answer.isGone()) {
                checked(answer);
            }
        }

        private HttpRequest.Builder request(String path) {
            // RHSM may ask for the certificate after the request has come in, which HTTP/2 has no way to do.
            return HttpRequest.newBuilder(URI.create(url + path))
                    .version(HttpClient.Version.HTTP_1_1)
                    .header("Accept", "application/json")
                    .header("User-Agent", "driver-toolkit");
        }

        private RhsmAnswer send(HttpRequest request, boolean harmless, KeyManager... identity)
                throws Failure, InterruptedException {
            try {
                return Failsafe.with(retries).get(() -> sendOnce(request, harmless, identity));
            } catch (FailsafeException e) {
                if (e.getCause() instanceof InterruptedException) {
                    Thread.interrupted();
                    throw (InterruptedException) new InterruptedException().initCause(e);
                }
                throw (Failure) (e.getCause() instanceof Again again ? again.getCause() : e.getCause());
            }
        }

        private RhsmAnswer sendOnce(HttpRequest request, boolean harmless, KeyManager... identity)
                throws Again, Failure, InterruptedException {
            RhsmAnswer answer;
            try {
                HttpResponse<byte[]> whole = host.send(request, MAX_BYTES, timeout, identity);
                answer = new RhsmAnswer(this, whole.statusCode(), whole.headers(), whole.body());
            } catch (HttpsHost.NoAnswer e) {
                Failure failure =
                        failure(Kind.UNREACHABLE, e.getMessage() + (harmless || e.neverAsked() ? "" : unknown()));
                if (harmless || e.neverAsked()) {
                    throw new Again(failure);
                }
                throw failure;
            }
            if (answer.isPassing()) {
                boolean refused = harmless || answer.isBeforeAnyWork();
                Failure failure = failure(Kind.UNREACHABLE, answer.text() + (refused ? "" : unknown()));
                if (refused) {
                    throw new Again(failure);
                }
                throw failure;
            }
            if (answer.length() > MAX_BYTES) {
                throw failure(Kind.INVALID, "the answer is larger than " + (MAX_BYTES >> 20) + " MiB");
            }
            return answer;
        }

        private String unknown() {
            return look("it");
        }

        private RhsmAnswer checked(RhsmAnswer answer) throws Failure {
            if (answer.isFine()) {
                return answer;
            }
            throw failure(answer.isRefusal() ? Kind.REFUSED : Kind.INVALID, answer.text());
        }

        /** The failure of this work, in one line without a secret. */
        Failure failure(Kind kind, String reason) {
            return new Failure(kind, hidden(reason)).during(action + " at " + url.getRawAuthority());
        }

        /** A text with the secrets covered, also as they stand in the address of the request. */
        String hidden(String text) {
            return secrets.hide(text);
        }
    }
}
