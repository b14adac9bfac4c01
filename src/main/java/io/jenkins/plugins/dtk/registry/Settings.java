package io.jenkins.plugins.dtk.registry;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The settings of a client, as its builder collected them.
 *
 * @param certificates to trust besides those of Java
 * @param requestsPerSecond 0: by the rules of {@link Host}
 * @param pause the first wait after a failure; it doubles with each further one
 * @param httpClient makes HTTP clients; null: one is shared by all clients of this JVM
 */
record Settings(
        RegistryCredentials credentials,
        Set<String> plainHttp,
        Set<String> unverifiedTls,
        Certificates certificates,
        Locations locations,
        Mirrors mirrors,
        int requestsInFlight,
        int requestsPerSecond,
        Duration requestTimeout,
        Deadline deadline,
        Duration pause,
        Supplier<HttpClient.Builder> httpClient) {

    /** {@code http} for the registries that may be reached so, {@code https} for all others. */
    String scheme(String authority) {
        return isPlainHttp(authority) ? "http" : "https";
    }

    boolean isPlainHttp(String authority) {
        return plainHttp.contains(Locations.lower(authority));
    }

    boolean isUnverified(String authority) {
        return unverifiedTls.contains(Locations.lower(authority));
    }
}
