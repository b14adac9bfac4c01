package io.jenkins.plugins.dtk.http;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The hosts of this JVM: clients with equal limits share what they know about a host, so that they are polite together. */
final class Hosts {

    /** Redirects may name ever new hosts; beyond so many, all is forgotten and learned again. */
    private static final int MOST = 1000;

    private static final Map<Key, Host> ALL = new ConcurrentHashMap<>();

    private record Key(
            String scheme, String authority, int requestsInFlight, int requestsPerSecond, Duration firstPause) {}

    private final HttpSettings settings;

    Hosts(HttpSettings settings) {
        this.settings = settings;
    }

    Host of(URI address) {
        if (ALL.size() > MOST) {
            ALL.clear();
        }
        Key key = new Key(
                address.getScheme(),
                HostNames.lower(address.getRawAuthority()),
                settings.requestsInFlight(),
                settings.requestsPerSecond(),
                settings.pause());
        return ALL.computeIfAbsent(
                key,
                k -> new Host(
                        k.requestsInFlight(), k.requestsPerSecond(), k.scheme().equals("http"), k.firstPause()));
    }
}
