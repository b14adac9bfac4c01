package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.http.HttpExchange;
import io.jenkins.plugins.dtk.http.Response;
import io.jenkins.plugins.dtk.json.JsonDocument;
import io.jenkins.plugins.dtk.text.Quote;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * The token for one scope, fetched when it is first needed and again before it expires (distribution
 * docs/content/spec/auth/token.md and oauth.md).
 */
final class BearerToken {

    private static final int LARGEST_ANSWER = 1 << 20;
    private static final Pattern SENDABLE = Pattern.compile("[\\x21-\\x7e]+");

    /** The specification's default, and the most we rely on. */
    private static final long DEFAULT_LIFE_SECONDS = 60;

    private static final long LONGEST_LIFE_SECONDS = TimeUnit.DAYS.toSeconds(1);

    /** A request that starts just before the end of a token arrives after it. */
    private static final long LARGEST_MARGIN_SECONDS = 30;

    /**
     * What tokens are shared by.
     *
     * @param realm the token service's address as the registry gave it
     * @param service null where the registry, like OpenShift's own, does not say
     */
    record Key(String registry, String realm, String service, String repository, String actions, Login login) {}

    private static final String DELETE = ",delete";

    private final Key key;
    private final HttpExchange exchange;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile String token;
    private volatile long renewAt;

    /** Whether a header can carry a token as it is. */
    static boolean isSendable(String token) {
        return SENDABLE.matcher(token).matches();
    }

    BearerToken(Key key, HttpExchange exchange) {
        this.key = key;
        this.exchange = exchange;
    }

    /** A token that is good for a while. */
    String token() throws Failure, InterruptedException {
        String present = token;
        if (present != null && System.nanoTime() - renewAt < 0) {
            return present;
        }
        fetching.lockInterruptibly();
        try {
            if (token == null || System.nanoTime() - renewAt >= 0) {
                fetch();
            }
            return token;
        } finally {
            fetching.unlock();
        }
    }

    /** Forgets the token, unless it is another by now than the one in this header. */
    void refuse(String authorization) {
        String present = token;
        if (present != null && ("Bearer " + present).equals(authorization)) {
            renewAt = System.nanoTime();
        }
    }

    private void fetch() throws Failure, InterruptedException {
        String scope = "repository:" + key.repository() + ":" + key.actions();
        try {
            fetch(scope);
        } catch (Failure e) {
            // quay has no such action: who may push may delete (quay/quay endpoints/v2/v2auth.py,
            // SCOPE_REGEX_TEMPLATE).
            if (e.kind() != Kind.REFUSED || !scope.endsWith(DELETE)) {
                throw e;
            }
            fetch(scope.substring(0, scope.length() - DELETE.length()));
        }
    }

    private void fetch(String scope) throws Failure, InterruptedException {
        long asked = System.nanoTime();
        Login login = key.login();
        boolean refreshing = login != null && login.identityToken() != null;
        HttpExchange.Request request = refreshing ? refreshRequest(login.identityToken(), scope) : request(scope);
        String authorization = login != null && login.hasPassword() ? login.basic() : null;
        try (Response response = exchange.send(request, authorization)) {
            if (response.status() != 200) {
                throw refused(Refusal.of(response), response);
            }
            TokenAnswer answer = JsonDocument.named("the answer of the token service " + realm().getRawAuthority())
                    .parse(response.readAll(LARGEST_ANSWER, "the answer of the token service"), TokenAnswer::parse);
            String fresh = answer.token();
            if (fresh == null || !isSendable(fresh)) {
                throw new Failure(
                        Kind.INVALID, "the token service " + realm().getRawAuthority() + " gave no usable token");
            }
            long life = Math.min(LONGEST_LIFE_SECONDS, answer.life(DEFAULT_LIFE_SECONDS));
            long margin = Math.min(LARGEST_MARGIN_SECONDS, life / 5);
            renewAt = asked + TimeUnit.SECONDS.toNanos(Math.max(0, life - margin));
            this.token = fresh;
        }
    }

    private HttpExchange.Request request(String scope) throws Failure {
        URI realm = realm();
        String query = (realm.getRawQuery() == null ? "" : realm.getRawQuery() + "&") + "service=" + encode(service())
                + "&scope=" + encode(scope);
        URI address =
                URI.create(realm.getScheme() + "://" + realm.getRawAuthority() + realm.getRawPath() + "?" + query);
        return new HttpExchange.Request("GET", address, Map.of(), null, false);
    }

    private HttpExchange.Request refreshRequest(String identityToken, String scope) throws Failure {
        String form = "grant_type=refresh_token&client_id=driver-toolkit&service=" + encode(service()) + "&scope="
                + encode(scope) + "&refresh_token=" + encode(identityToken);
        return new HttpExchange.Request(
                "POST",
                realm(),
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                form.getBytes(StandardCharsets.US_ASCII),
                false);
    }

    /** OpenShift's registry names no service: its own host stands for it. */
    private String service() {
        return key.service() == null ? key.registry() : key.service();
    }

    /** The token service gets our credentials, so it must be reached safely. */
    private URI realm() throws Failure {
        try {
            URI realm = URI.create(key.realm());
            URI registry = URI.create("https://" + key.registry());
            if (exchange.isAllowed(registry, realm)) {
                return realm;
            }
        } catch (IllegalArgumentException e) {
            // Reported below, in our own words.
        }
        throw new Failure(
                Kind.INVALID,
                key.registry() + " sends us for a token to " + Quote.of(key.realm())
                        + ", where we do not go: it is neither https nor a host permitted over plain http, or it is in this"
                        + " network and the registry is not");
    }

    private Failure refused(Refusal refusal, Response response) throws Failure {
        int status = refusal.status();
        if (response.isPassing()) {
            return refusal.failure(response);
        }
        String who = key.login() == null
                ? "an anonymous request"
                : "the credentials given for " + key.login().prefix();
        boolean forUs = status == 400 || status == 401 || status == 403;
        return new Failure(
                forUs ? Kind.REFUSED : Kind.INVALID,
                "the token service " + realm().getRawAuthority() + (forUs ? " refused " + who + ": " : " answered ")
                        + refusal.text());
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
