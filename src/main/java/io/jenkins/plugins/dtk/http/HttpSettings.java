package io.jenkins.plugins.dtk.http;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.text.SecretMask;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * How hosts are reached.
 *
 * @param plainHttp hosts, {@code host:port}, that are reached over plain http
 * @param unverifiedTls hosts, {@code host[:port]}, whose certificate is not verified
 * @param certificates to trust in addition to those of Java
 * @param requestsInFlight how many requests may be in flight to one host, over HTTP/2 twice as many
 * @param requestsPerSecond how many requests may start in a second, for one host; 0: by the rules of {@link Host}
 * @param limits how long one host may keep us waiting
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
        TimeLimits limits,
        Deadline deadline,
        Duration pause,
        Supplier<HttpClient.Builder> httpClient,
        SecretMask mask) {

    /** No exceptions for any host, in the pace of each, with the usual end, by the client that all of this JVM share. */
    public static HttpSettings standard() {
        return new HttpSettings(
                Set.of(),
                Set.of(),
                Certificates.parse(""),
                16,
                0,
                TimeLimits.DEFAULT,
                Deadline.in(TimeLimits.wholeWork()),
                TimeLimits.firstPause(),
                null,
                new SecretMask(List.of()));
    }

    /** A copy that is about to differ. */
    private static final class Draft {

        private Set<String> plainHttp;
        private Set<String> unverifiedTls;
        private Certificates certificates;
        private int requestsInFlight;
        private int requestsPerSecond;
        private TimeLimits limits;
        private Deadline deadline;
        private Duration pause;
        private Supplier<HttpClient.Builder> httpClient;
        private SecretMask mask;
    }

    private HttpSettings but(Consumer<Draft> change) {
        Draft next = new Draft();
        next.plainHttp = plainHttp;
        next.unverifiedTls = unverifiedTls;
        next.certificates = certificates;
        next.requestsInFlight = requestsInFlight;
        next.requestsPerSecond = requestsPerSecond;
        next.limits = limits;
        next.deadline = deadline;
        next.pause = pause;
        next.httpClient = httpClient;
        next.mask = mask;
        change.accept(next);
        return new HttpSettings(
                next.plainHttp,
                next.unverifiedTls,
                next.certificates,
                next.requestsInFlight,
                next.requestsPerSecond,
                next.limits,
                next.deadline,
                next.pause,
                next.httpClient,
                next.mask);
    }

    /**
     * The same with exceptions for some hosts.
     *
     * @param plain see {@link #plainHttp}
     * @param unverified see {@link #unverifiedTls}
     */
    public HttpSettings exceptions(Set<String> plain, Set<String> unverified) {
        return but(next -> {
            next.plainHttp = HostNames.lower(plain);
            next.unverifiedTls = HostNames.lower(unverified);
        });
    }

    /**
     * The same in another pace and through other clients.
     *
     * @param perSecond see {@link #requestsPerSecond}
     * @param clients see {@link #httpClient}
     */
    public HttpSettings through(int perSecond, Supplier<HttpClient.Builder> clients) {
        return but(next -> {
            next.requestsPerSecond = perSecond;
            next.httpClient = clients;
            next.mask = clients instanceof ProxySettings proxies ? mask.and(proxies.secrets()) : mask;
        });
    }

    /** The same with so many requests at a time; see {@link #requestsInFlight}. */
    public HttpSettings requestsInFlight(int requests) {
        return but(next -> next.requestsInFlight = requests);
    }

    /** The same with an end. */
    public HttpSettings until(Deadline end) {
        return but(next -> next.deadline = end);
    }

    /** The same with other patience; see {@link TimeLimits#request} and {@link #pause}. */
    public HttpSettings patience(Duration timeout, Duration firstPause) {
        return but(next -> {
            next.limits = limits.withRequest(timeout);
            next.pause = firstPause;
        });
    }

    /** The same with other limits for what one host may take; see {@link #limits}. */
    public HttpSettings limits(TimeLimits newLimits) {
        return but(next -> next.limits = newLimits);
    }

    /** The same that trusts these authorities, in PEM, in addition. */
    public HttpSettings trusting(String pem) {
        return but(next -> next.certificates = certificates.plus(Certificates.parse(pem)));
    }

    /** The same that hides these secrets too in what hosts say; see {@link #mask}. */
    public HttpSettings masking(Collection<String> secrets) {
        return but(next -> next.mask = mask.and(secrets));
    }

    /** Who we are to the proxy on the way to an address. */
    Optional<String> proxyAuthorization(URI address) {
        return httpClient instanceof ProxySettings proxies ? proxies.authorization(address) : Optional.empty();
    }

    /** The host, and the proxy on the way to it. */
    String way(URI address) {
        Optional<String> proxy =
                httpClient instanceof ProxySettings proxies ? proxies.proxy(address) : Optional.empty();
        return address.getRawAuthority()
                + proxy.map(" through the proxy "::concat).orElse("");
    }

    /** The failure to pass a proxy that wants to know who we are. */
    Failure refusedByProxy(URI address) {
        boolean ours = httpClient instanceof ProxySettings;
        ProxySettings proxies = ours ? (ProxySettings) httpClient : ProxySettings.of(Map.of());
        String proxy = proxies.proxy(address).map(" "::concat).orElse("");
        String what = proxies.authorization(address).isPresent() ? " does not take our login" : " wants a login";
        return new Failure(
                        Failure.Kind.REFUSED,
                        "the proxy" + proxy + " on the way to " + address.getRawAuthority() + what + " (407)")
                .advising(proxies.advice(address));
    }

    /** {@code http} for the hosts that may be reached so, {@code https} for all others. */
    public String scheme(String authority) {
        return isPlainHttp(authority) ? "http" : "https";
    }

    boolean isPlainHttp(String authority) {
        return plainHttp.contains(HostNames.lower(authority));
    }

    /** Whether the user says in the settings how this host is reached. */
    boolean isNamed(String authority) {
        return isPlainHttp(authority) || isUnverified(authority) || certificates.isFor(authority);
    }

    boolean isUnverified(String authority) {
        return unverifiedTls.contains(HostNames.lower(authority));
    }
}
