package io.jenkins.plugins.dtk.site;

import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.registry.RegistryCredentials;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The registry clients that short tasks share: a thousand checks in a loop need not log in a thousand times. Each holds
 * a login and the tokens for it, so each has an end: after five minutes, when a changed proxy comes into force, too, or
 * when its owner clears them because other settings apply.
 */
public final class SharedClients {

    private static final long LIFE_MINUTES = 5;

    private final Map<RegistryCredentials, RegistryClient> clients = new HashMap<>();

    /** The client of these credentials, made when there is none. */
    public synchronized RegistryClient get(
            RegistryCredentials credentials, Function<RegistryCredentials, RegistryClient> make) {
        RegistryClient known = clients.get(credentials);
        if (known != null) {
            return known;
        }
        RegistryClient client = make.apply(credentials);
        clients.put(credentials, client);
        CompletableFuture.delayedExecutor(LIFE_MINUTES, TimeUnit.MINUTES).execute(() -> forget(credentials, client));
        return client;
    }

    private synchronized void forget(RegistryCredentials credentials, RegistryClient client) {
        clients.remove(credentials, client);
    }

    /** Forgets all of them: those in use go on, the next task gets a new one. */
    public synchronized void clear() {
        clients.clear();
    }
}
