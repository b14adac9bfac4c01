package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.http.Deadline;
import io.jenkins.plugins.dtk.http.HttpSettings;
import io.jenkins.plugins.dtk.http.TimeLimits;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Collects the settings of a {@link RegistryClient}. */
public final class RegistryClientBuilder {

    private RegistryCredentials credentials = RegistryCredentials.none();
    private HttpSettings http = HttpSettings.standard();
    private Locations locations = new Locations(Map.of());
    private Mirrors mirrors = Mirrors.NONE;
    private Duration deadline;

    RegistryClientBuilder() {}

    /** Who we are to each registry, under the name the user writes; default: no one. */
    public RegistryClientBuilder credentials(RegistryCredentials newCredentials) {
        credentials = newCredentials;
        return this;
    }

    /** How hosts are reached, with all that the following methods set one by one. */
    public RegistryClientBuilder http(HttpSettings settings) {
        http = settings;
        return this;
    }

    /** Places, as {@code host:port}, that are reached over plain http; default: none. */
    public RegistryClientBuilder plainHttp(Set<String> places) {
        http = http.exceptions(places, http.unverifiedTls());
        return this;
    }

    /** Places, as {@code host[:port]}, whose TLS certificate is not verified; default: none. */
    public RegistryClientBuilder unverifiedTls(Set<String> places) {
        http = http.exceptions(http.plainHttp(), places);
        return this;
    }

    /**
     * Certificates of authorities to trust in addition to those of Java, in PEM; default: none. Those below a line
     * {@code [HOST]} or {@code [HOST:PORT]} are trusted for that registry alone, those before any such line for all.
     */
    public RegistryClientBuilder trustedCertificates(String pem) {
        http = http.trusting(pem == null ? "" : pem);
        return this;
    }

    /**
     * Where names lead: a prefix such as {@code quay.io} or {@code quay.io/acme} to {@code host[:port][/path]}; the
     * longest prefix wins.
     *
     * @throws IllegalArgumentException when a place is not of that form
     */
    public RegistryClientBuilder locations(Map<String, String> places) {
        locations = new Locations(places);
        return this;
    }

    /**
     * Where images are read first: a prefix such as {@code quay.io} to {@code host[:port][/path]} of its mirrors in their
     * order; the longest prefix wins. The source is read where they do not have an image or cannot be reached, and it
     * alone is written. A mirror gets the credentials for its own name; lists of tags are not asked of it.
     *
     * @throws IllegalArgumentException when a place is not of that form
     */
    public RegistryClientBuilder mirrors(Map<String, List<String>> places) {
        mirrors = new Mirrors(places);
        return this;
    }

    /** How many requests may be in flight to one host, over HTTP/2 twice as many; default 16. */
    public RegistryClientBuilder requestsInFlight(int requests) {
        http = http.requestsInFlight(positive(requests));
        return this;
    }

    /** How many requests may start in a second, for one host; default: what the host takes. */
    public RegistryClientBuilder requestsPerSecond(int requests) {
        http = http.through(positive(requests), http.httpClient());
        return this;
    }

    /** How long one request may take, and how long the transfer of a body may pause; default 60 s. */
    public RegistryClientBuilder requestTimeout(Duration timeout) {
        http = http.patience(timeout, http.pause());
        return this;
    }

    /** How long one host may keep us waiting; default: {@link TimeLimits#DEFAULT}. */
    public RegistryClientBuilder limits(TimeLimits limits) {
        http = http.limits(limits);
        return this;
    }

    /** How long all work of the client may take, from {@link #build} on; default: {@link TimeLimits#wholeWork}. */
    public RegistryClientBuilder deadline(Duration newDeadline) {
        deadline = newDeadline;
        return this;
    }

    /** The first pause after a failure, which doubles with each further one; for tests. */
    RegistryClientBuilder pause(Duration newPause) {
        http = http.patience(http.limits().request(), newPause);
        return this;
    }

    /** Makes the HTTP client, for proxies; default: one that all clients of this JVM share. */
    public RegistryClientBuilder httpClientBuilder(Supplier<HttpClient.Builder> supplier) {
        http = http.through(http.requestsPerSecond(), supplier);
        return this;
    }

    /**
     * Makes the client.
     *
     * @throws IllegalArgumentException when the trusted certificates are not PEM
     */
    public RegistryClient build() {
        HttpSettings timed = deadline == null ? http : http.until(Deadline.in(deadline));
        return new RegistryClient(
                new ClientSettings(credentials, locations, mirrors, timed.masking(credentials.secrets())));
    }

    private static int positive(int requests) {
        if (requests < 1) {
            throw new IllegalArgumentException("at least one request must be allowed, not " + requests);
        }
        return requests;
    }
}
