package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
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

    private final Settings settings;
    private final Wire wire;
    private final Map<String, Door> doors = new ConcurrentHashMap<>();
    private final Map<Grant.Key, Grant> grants = new ConcurrentHashMap<>();

    Authenticator(Settings settings, Wire wire) {
        this.settings = settings;
        this.wire = wire;
    }

    /** How one registry wants us to log in, once we know. */
    private static final class Door {
        private final ReentrantLock asking = new ReentrantLock();
        private volatile Challenge challenge;
    }

    /** No login is wanted. */
    private static final Challenge OPEN = new Challenge("", Map.of());

    /** The header for this access, or null for none. */
    String authorization(Access access) throws Failure, InterruptedException {
        Challenge challenge = challenge(access.place().registry());
        Login login = access.login();
        if (challenge.scheme().equals("bearer")) {
            return login != null && login.registryToken() != null
                    ? "Bearer " + login.registryToken()
                    : "Bearer " + grant(challenge, access).token();
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
    boolean renew(Access access, String used, Response refused) {
        Challenge now = choose(Challenge.parse(refused.headers().allValues("WWW-Authenticate")));
        Door door = doors.get(access.place().registry());
        if (now == null || door == null) {
            return false;
        }
        door.challenge = now;
        if (now.scheme().equals("bearer")) {
            boolean ownToken = access.login() != null && access.login().registryToken() != null;
            grant(now, access).refuse(used);
            return !ownToken;
        }
        return access.login() != null
                && access.login().hasPassword()
                && !access.login().basic().equals(used);
    }

    private Grant grant(Challenge challenge, Access access) {
        Grant.Key key = new Grant.Key(
                access.place().registry(),
                challenge.parameter("realm"),
                challenge.parameter("service"),
                access.scope(),
                access.login());
        return grants.computeIfAbsent(key, k -> new Grant(k, wire));
    }

    private Challenge challenge(String registry) throws Failure, InterruptedException {
        Door door = doors.computeIfAbsent(registry, any -> new Door());
        if (door.challenge == null) {
            door.asking.lockInterruptibly();
            try {
                if (door.challenge == null) {
                    door.challenge = ask(registry);
                }
            } finally {
                door.asking.unlock();
            }
        }
        return door.challenge;
    }

    /** Asks the registry's root, which the specification sets apart for this. */
    private Challenge ask(String registry) throws Failure, InterruptedException {
        URI root = URI.create(settings.scheme(registry) + "://" + registry + "/v2/");
        try (Response response = wire.send(new Wire.Request("GET", root, Map.of(), null, false), null)) {
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
