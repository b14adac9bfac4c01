package io.jenkins.plugins.dtk.rhsm;

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
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;

/** Sends RHSM's requests, and again where that may help and does no harm. */
final class RhsmRequests {

    /** Certificates of whole organisations have been seen with 230 KiB. */
    private static final int MAX_BYTES = 4 << 20;

    /** For one request with its repetitions, and the waits between them: longer than the longest request. */
    private static final Duration PATIENCE = Duration.ofMinutes(7);

    private final URI url;
    private final HttpExchange http;

    RhsmRequests(URI url, HttpExchange http) {
        this.url = url;
        this.http = http;
    }

    /** What to do where it is unknown whether a system was registered. */
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

    /** Requests with one purpose. */
    final class Task {
        private final String action;
        private final SecretMask secrets;
        private boolean doubtful;

        private Task(String action, SecretMask secrets) {
            this.action = action;
            this.secrets = secrets;
        }

        /**
         * Registers. After an answer that was lost the same is asked again, for the identity: see {@link Rhsm}.
         *
         * @param doubt hears of each lost answer, in one line
         */
        RhsmAnswer register(String path, byte[] body, Consumer<String> doubt) throws Failure, InterruptedException {
            return checked(send("POST", path, body, doubt));
        }

        RhsmAnswer get(String path, KeyManager... identity) throws Failure, InterruptedException {
            return checked(send("GET", path, null, reason -> {}, identity));
        }

        /** Deletes a system, also one that is gone. */
        void delete(String uuid, KeyManager... identity) throws Failure, InterruptedException {
            RhsmAnswer answer = send("DELETE", "/consumers/" + uuid, null, reason -> {}, identity);
            if (!answer.isGone(uuid)) {
                checked(answer);
            }
        }

        private RhsmAnswer send(String method, String path, byte[] body, Consumer<String> doubt, KeyManager... identity)
                throws Failure, InterruptedException {
            HttpExchange session = http.session(Deadline.in(PATIENCE), identity);
            Map<String, String> headers = body == null
                    ? Map.of("Accept", "application/json")
                    : Map.of("Accept", "application/json", "Content-Type", "application/json");
            Request request = new Request(method, URI.create(url + path), headers, body, false);
            try {
                return new Retries(session).run(request.address(), () -> attempt(session, request, doubt));
            } catch (Failure e) {
                throw failure(e.kind(), e.reason() + unknown());
            }
        }

        private RhsmAnswer attempt(HttpExchange session, Request request, Consumer<String> doubt)
                throws Failure, InterruptedException {
            RhsmAnswer answer;
            try (Response response = session.sendDirectly(request)) {
                byte[] content = response.readAll(MAX_BYTES, "the answer");
                answer = new RhsmAnswer(this, response.status(), response.headers(), content);
            } catch (Failure e) {
                if (!HttpExchange.isNeverSent(e)) {
                    lost(request, e.reason(), doubt);
                }
                throw e;
            }
            if (!answer.isPassing() && !(doubtful && answer.isOfWorkInParallel())) {
                return answer;
            }
            if (!answer.isBeforeAnyWork()) {
                lost(request, answer.text(), doubt);
            }
            // Candlepin 5 says of certificates that it is still making them.
            boolean wait = answer.isLimit() && request.method().equals("GET");
            throw new Failure(wait ? Kind.LIMITED : Kind.UNREACHABLE, answer.text());
        }

        /** It is no longer known what came of a request that registers. */
        private void lost(Request request, String reason, Consumer<String> doubt) {
            if (request.body() != null) {
                doubtful = true;
                doubt.accept(hidden(reason));
            }
        }

        private String unknown() {
            return doubtful ? look("it") : "";
        }

        private RhsmAnswer checked(RhsmAnswer answer) throws Failure {
            if (answer.isFine()) {
                return answer;
            }
            // What is refused may have been done before its answer was lost.
            boolean refused = answer.isRefusal() && !doubtful;
            throw failure(refused ? Kind.REFUSED : Kind.INVALID, answer.text() + unknown());
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
