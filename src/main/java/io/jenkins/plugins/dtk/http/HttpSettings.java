package io.jenkins.plugins.dtk.http;

import io.jenkins.plugins.dtk.text.SecretMask;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

/**
 * How hosts are reached.
 *
 * @param plainHttp hosts, {@code host:port}, that are reached over plain http
 * @param unverifiedTls hosts, {@code host[:port]}, whose certificate is not verified
 * @param certificates to trust in addition to those of Java
 * @param requestsInFlight how many requests may be in flight to one host, over HTTP/2 twice as many
 * @param requestsPerSecond how many requests may start in a second, for one host; 0: by the rules of {@link Host}
 * @param requestTimeout how long one request may take, and how long the transfer of a body may pause
 * @param deadline the end of all work with these settings
 * @param pause the first wait after a failure; it doubles with each further one
 * @param httpClient makes HTTP clients, with the proxy that applies; null: one is shared by all of this JVM
 * @param mask hides our logins in what others say
 */
public record HttpSettings(
        Set<String> plainHttp,
        Set<String> unverifiedTls,
        Certificates certificates,
        int requestsInFlight,
        int requestsPerSecond,
        Duration requestTimeout,
        Deadline deadline,
        Duration pause,
        Supplier<HttpClient.Builder> httpClient,
        SecretMask mask) {

    /** {@code http} for the hosts that may be reached so, {@code https} for all others. */
    public String scheme(String authority) {
        return isPlainHttp(authority) ? "http" : "https";
    }

    boolean isPlainHttp(String authority) {
        return plainHttp.contains(HostNames.lower(authority));
    }

    boolean isUnverified(String authority) {
        return unverifiedTls.contains(HostNames.lower(authority));
    }
}
