package io.jenkins.plugins.dtk.rhsm;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.dtk.failure.ErrorContext;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.http.Deadline;
import io.jenkins.plugins.dtk.http.HttpExchange;
import io.jenkins.plugins.dtk.http.HttpExchange.Request;
import io.jenkins.plugins.dtk.http.Response;
import io.jenkins.plugins.dtk.http.Retries;
import io.jenkins.plugins.dtk.text.SecretMask;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;

/** Sends RHSM's requests, and again where that may help and does no harm. */
final class RhsmRequests {

    /** Certificates of whole organisations have been seen with 230 KiB. */
    private static final int MAX_BYTES = 4 << 20;

    /** For one request with its repetitions, and the waits between them. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final URI url;
    private final HttpExchange http;

    RhsmRequests(URI url, HttpExchange http) {
        this.url = url;
        this.http = http;
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

    /** What came of a request that may not be repeated, or need not be: an answer, or a failure for good. */
    private record Outcome(RhsmAnswer answer, Failure failure) {}

    /** Requests with one purpose. */
    final class Task {
        private final String action;
        private final SecretMask secrets;

        private Task(String action, SecretMask secrets) {
            this.action = action;
            this.secrets = secrets;
        }

        /** Sends a request with a body; once, as far as RHSM may have seen it. */
        JsonNode post(String path, byte[] body) throws Failure, InterruptedException {
            return checked(send("POST", path, body)).json();
        }

        JsonNode get(String path, KeyManager... identity) throws Failure, InterruptedException {
            return checked(send("GET", path, null, identity)).json();
        }

        /** Deletes, also what is gone. */
        void delete(String path, KeyManager... identity) throws Failure, InterruptedException {
            RhsmAnswer answer = send("DELETE", path, null, identity);
            if (!answer.isGone()) {
                checked(answer);
            }
        }

        private RhsmAnswer send(String method, String path, byte[] body, KeyManager... identity)
                throws Failure, InterruptedException {
            HttpExchange session = http.session(Deadline.in(PATIENCE), identity);
            Map<String, String> headers = body == null
                    ? Map.of("Accept", "application/json")
                    : Map.of("Accept", "application/json", "Content-Type", "application/json");
            Request request = new Request(method, URI.create(url + path), headers, body, false);
            Outcome outcome = ErrorContext.during(action + " at " + url.getRawAuthority(), () -> new Retries(session)
                    .run(request.address(), () -> attempt(session, request)));
            if (outcome.failure() != null) {
                throw outcome.failure();
            }
            return outcome.answer();
        }

        private Outcome attempt(HttpExchange session, Request request) throws Failure, InterruptedException {
            boolean harmless = request.body() == null;
            RhsmAnswer answer;
            try (Response response = session.sendDirectly(request)) {
                byte[] content = response.readAll(MAX_BYTES, "the answer");
                answer = new RhsmAnswer(this, response.status(), response.headers(), content);
            } catch (Failure e) {
                if (harmless || e.kind() == Kind.INVALID || HttpExchange.isNeverSent(e)) {
                    throw e;
                }
                return new Outcome(null, failure(e.kind(), e.reason() + unknown()));
            }
            if (!answer.isPassing()) {
                return new Outcome(answer, null);
            }
            if (harmless || answer.isBeforeAnyWork()) {
                throw new Failure(Kind.UNREACHABLE, answer.text());
            }
            return new Outcome(null, failure(Kind.UNREACHABLE, answer.text() + unknown()));
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
