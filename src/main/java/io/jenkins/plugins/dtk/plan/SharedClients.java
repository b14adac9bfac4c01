package io.jenkins.plugins.dtk.plan;

import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.registry.RegistryCredentials;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The registry clients that short tasks share: a thousand checks in a loop need not log in a thousand times. */
final class SharedClients {

    private static final long LIFE = TimeUnit.MINUTES.toNanos(5);

    private static final Map<Key, Shared> CLIENTS = new HashMap<>();

    private record Key(Settings settings, RegistryCredentials credentials) {}

    private record Shared(RegistryClient client, long since) {
        boolean isOld() {
            return System.nanoTime() - since > LIFE;
        }
    }

    private SharedClients() {}

    static RegistryClient get(Settings settings, RegistryCredentials credentials) {
        synchronized (CLIENTS) {
            CLIENTS.values().removeIf(Shared::isOld);
            return CLIENTS.computeIfAbsent(
                            new Key(settings, credentials),
                            key -> new Shared(settings.registryClient(credentials), System.nanoTime()))
                    .client();
        }
    }
}
