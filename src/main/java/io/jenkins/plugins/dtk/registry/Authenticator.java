package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.http.HttpExchange;
import io.jenkins.plugins.dtk.http.Response;
import io.jenkins.plugins.dtk.text.Quote;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Finds the Authorization header of each request. How a registry wants us to log in is asked once, by the first request;
 * tokens are shared by all requests of the same scope.
 */
final class Authenticator {

    private final ClientSettings settings;
    private final HttpExchange exchange;
    private final Map<String, AuthState> states = new ConcurrentHashMap<>();
    private final Map<BearerToken.Key, BearerToken> tokens = new ConcurrentHashMap<>();

    Authenticator(ClientSettings settings, HttpExchange exchange) {
        this.settings = settings;
        this.exchange = exchange;
    }

    /** How one registry wants us to log in, once we know. */
    private static final class AuthState {
        private final ReentrantLock asking = new ReentrantLock();
        private volatile Challenge challenge;
    }

    /** No login is wanted. */
    private static final Challenge OPEN = new Challenge("", Map.of());

    /** The header for this access, or null for none. */
    String authorization(RepositoryScope scope) throws Failure, InterruptedException {
        Challenge challenge = challenge(scope.place().registry());
        Login login = scope.login();
        if (challenge.scheme().equals("bearer")) {
            return login != null && login.registryToken() != null
                    ? "Bearer " + login.registryToken()
                    : "Bearer " + token(challenge, scope).token();
        }
        if (login == null) {
            return null;
        }
        if (!login.hasPassword()) {
            return login.registryToken() == null ? null : "Bearer " + login.registryToken();
        }
        // Sent to an open registry too: it may have repositories that it shows only to those who say who they are.
        return login.basic();
    }

    /**
     * Prepares for a repetition after status 401.
     *
     * @param used the header that was refused, or null
     * @return whether a repetition can succeed: with another token, or by a way to log in that was not known before
     */
    boolean renew(RepositoryScope scope, String used, Response refused) {
        Challenge now = choose(Challenge.parse(refused.headers().allValues("WWW-Authenticate")));
        AuthState state = states.get(scope.place().registry());
        if (now == null || state == null) {
            return false;
        }
        state.challenge = now;
        if (now.scheme().equals("bearer")) {
            boolean ownToken = scope.login() != null && scope.login().registryToken() != null;
            token(now, scope).refuse(used);
            return !ownToken;
        }
        return scope.login() != null
                && scope.login().hasPassword()
                && !scope.login().basic().equals(used);
    }

    /** Whether the registry says by a token what we may do; known once it was asked for anything. */
    boolean hasTokens(RepositoryScope scope) {
        AuthState state = states.get(scope.place().registry());
        return state != null
                && state.challenge != null
                && state.challenge.scheme().equals("bearer")
                && (scope.login() == null || scope.login().registryToken() == null);
    }

    private BearerToken token(Challenge challenge, RepositoryScope scope) {
        BearerToken.Key key = new BearerToken.Key(
                scope.place().registry(),
                challenge.parameter("realm"),
                challenge.parameter("service"),
                scope.place().repository(),
                scope.actions(),
                scope.login());
        return tokens.computeIfAbsent(key, k -> new BearerToken(k, exchange));
    }

    private Challenge challenge(String registry) throws Failure, InterruptedException {
        AuthState state = states.computeIfAbsent(registry, any -> new AuthState());
        if (state.challenge == null) {
            state.asking.lockInterruptibly();
            try {
                if (state.challenge == null) {
                    state.challenge = ask(registry);
                }
            } finally {
                state.asking.unlock();
            }
        }
        return state.challenge;
    }

    /** Asks the registry's root, which the specification sets apart for this. */
    private Challenge ask(String registry) throws Failure, InterruptedException {
        URI root = URI.create(settings.http().scheme(registry) + "://" + registry + "/v2/");
        try (Response response = exchange.send(new HttpExchange.Request("GET", root, Map.of(), null, false), null)) {
            if (response.isPassing()) {
                throw Refusal.of(response).failure(response);
            }
            response.readError();
            if (response.status() != 401 || response.elsewhere()) {
                return OPEN;
            }
            List<Challenge> challenges = Challenge.parse(response.headers().allValues("WWW-Authenticate"));
            Challenge chosen = choose(challenges);
            if (chosen == null) {
                throw new Failure(
                        Kind.REFUSED,
                        registry + " wants a login of a kind we do not have: "
                                + Quote.shorten(
                                        challenges.isEmpty()
                                                ? "it names none"
                                                : challenges.get(0).scheme()));
            }
            return chosen;
        }
    }

    /** The first challenge of a token service, else of a password; null when there is neither. */
    private static Challenge choose(List<Challenge> challenges) {
        for (String scheme : List.of("bearer", "basic")) {
            for (Challenge challenge : challenges) {
                if (challenge.scheme().equals(scheme)
                        && (scheme.equals("basic") || challenge.parameter("realm") != null)) {
                    return challenge;
                }
            }
        }
        return null;
    }
}
