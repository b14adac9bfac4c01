package io.jenkins.plugins.dtk.site;

import io.jenkins.plugins.dtk.http.HttpSettings;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.plan.Places;
import io.jenkins.plugins.dtk.registry.MirrorSettings;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.registry.RegistryCredentials;
import io.jenkins.plugins.dtk.release.ReleaseCache;
import io.jenkins.plugins.dtk.release.ReleaseSources;
import io.jenkins.plugins.dtk.release.Releases;
import io.jenkins.plugins.dtk.text.Quote;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sources of truth that are set once for all pipelines: where releases are found and how registries are reached.
 *
 * @param sources where releases are found
 * @param plainHttp the registries, HOST:PORT, that are reached over plain http
 * @param unverifiedTls the registries, HOST:PORT, whose certificate is not verified
 * @param locations where registries really are: a prefix of image names and what stands in its place; the longest
 *     prefix wins, as with {@code location} in registries.conf
 * @param mirrors where images are read first: a prefix of image names and its mirrors in their order
 * @param trustedCertificates certificate authorities to trust beside the JDK's, in PEM; empty for none; those
 *     below a line {@code [HOST]} for that registry alone
 * @param requestsPerSecond how many requests may start in a second, for one host; 0: what each host takes
 * @param http makes the client for all requests, with the proxy that applies
 */
public record SiteSettings(
        ReleaseSources sources,
        Set<String> plainHttp,
        Set<String> unverifiedTls,
        Map<String, String> locations,
        Map<String, List<String>> mirrors,
        String trustedCertificates,
        int requestsPerSecond,
        Supplier<HttpClient.Builder> http) {

    /**
     * Makes the collections unmodifiable, and hosts lower case.
     *
     * @throws IllegalArgumentException when the number of requests is negative; one line
     */
    public SiteSettings {
        plainHttp = lower(plainHttp);
        unverifiedTls = lower(unverifiedTls);
        locations = Map.copyOf(locations);
        mirrors = Map.copyOf(mirrors);
        checkRequestsPerSecond(requestsPerSecond);
    }

    /** Settings that verify every certificate and keep to the rate of requests that each host takes. */
    public SiteSettings(
            ReleaseSources sources,
            Set<String> plainHttp,
            Map<String, String> locations,
            String trustedCertificates,
            Supplier<HttpClient.Builder> http) {
        this(sources, plainHttp, Set.of(), locations, Map.of(), trustedCertificates, 0, http);
    }

    /**
     * Checks a number of requests.
     *
     * @throws IllegalArgumentException when it is negative; one line
     */
    public static void checkRequestsPerSecond(int requests) {
        if (requests < 0) {
            throw new IllegalArgumentException(
                    "not a number of requests per second: " + requests + " (0 means what each host takes)");
        }
    }

    /**
     * Checks certificates.
     *
     * @throws IllegalArgumentException when they are not PEM; one line
     */
    public static void checkCertificates(String pem) {
        RegistryClient.builder().trustedCertificates(pem).build();
    }

    /**
     * Reads a list of registries, HOST or HOST:PORT each.
     *
     * @throws IllegalArgumentException when one is malformed; one line
     */
    public static Set<String> registries(Collection<String> hosts) {
        Set<String> found = new TreeSet<>();
        for (String host : hosts) {
            if (!isPlace(host.strip()) || host.contains("/")) {
                throw new IllegalArgumentException("not a registry: " + Quote.of(host)
                        + " (expected HOST or HOST:PORT, without http:// and without a path)");
            }
            found.add(host.strip());
        }
        return found;
    }

    /**
     * Reads locations, {@code PREFIX=PLACE} each, such as {@code quay.io=mirror.example.com:5000/quay}.
     *
     * @throws IllegalArgumentException when one is malformed; one line
     */
    public static Map<String, String> locations(Collection<String> lines) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String line : lines) {
            String[] parts = pair("location", line);
            String prefix = lower(parts[0]);
            if (!parts[1].equals(found.getOrDefault(prefix, parts[1]))) {
                throw new IllegalArgumentException("the registry's location " + Quote.of(prefix) + " is given twice");
            }
            found.put(prefix, parts[1]);
        }
        return found;
    }

    /** These settings with mirrors as a site has them, behind those that are set already. */
    public SiteSettings with(MirrorSettings more) {
        Map<String, String> allLocations = new LinkedHashMap<>(more.locations());
        allLocations.putAll(locations);
        Map<String, List<String>> allMirrors = new LinkedHashMap<>(mirrors);
        more.mirrors()
                .forEach((prefix, places) ->
                        allMirrors.merge(prefix, places, (own, others) -> Stream.concat(own.stream(), others.stream())
                                .toList()));
        Set<String> unverified = new TreeSet<>(unverifiedTls);
        unverified.addAll(more.unverified());
        return new SiteSettings(
                sources, plainHttp, unverified, allLocations, allMirrors, trustedCertificates, requestsPerSecond, http);
    }

    /**
     * Reads mirrors, {@code PREFIX=PLACE} each, such as {@code quay.io=mirror.example.com:5000/quay}; those of one prefix
     * are asked in the order given.
     *
     * @throws IllegalArgumentException when one is malformed; one line
     */
    public static Map<String, List<String>> mirrors(Collection<String> lines) {
        Map<String, List<String>> found = new LinkedHashMap<>();
        for (String line : lines) {
            String[] parts = pair("mirror", line);
            found.computeIfAbsent(lower(parts[0]), prefix -> new ArrayList<>()).add(parts[1]);
        }
        return found;
    }

    private static String[] pair(String what, String line) {
        String[] parts = line.strip().split("\\s*=\\s*", -1);
        if (parts.length != 2 || !isPlace(parts[0]) || !isPlace(parts[1])) {
            throw new IllegalArgumentException("not a registry's " + what + ": " + Quote.of(line)
                    + " (expected PREFIX=PLACE, such as quay.io=mirror.example.com:5000/quay)");
        }
        return parts;
    }

    /** Whether this is HOST[:PORT][/PATH], with a host that can begin the name of an image. */
    private static boolean isPlace(String text) {
        try {
            ImageReference image = ImageReference.parse(text.contains("/") ? text : text + "/any");
            return image.tag() == null && image.digest() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether a registry, as an image reference names it, is reached over plain http. */
    boolean isPlainHttp(String registry) {
        return plainHttp.contains(lower(registry));
    }

    /** Whether the certificate of a registry, as an image reference names it, is not verified. */
    boolean isUnverifiedTls(String registry) {
        return unverifiedTls.contains(lower(registry));
    }

    private static Set<String> lower(Set<String> hosts) {
        return hosts.stream().map(SiteSettings::lower).collect(Collectors.toUnmodifiableSet());
    }

    private static String lower(String host) {
        return host.toLowerCase(Locale.ROOT);
    }

    /** A client that reads and writes registries with these credentials. */
    public RegistryClient registryClient(RegistryCredentials credentials) {
        return RegistryClient.builder()
                .credentials(credentials)
                .locations(locations)
                .mirrors(mirrors)
                .http(httpSettings())
                .build();
    }

    /** How hosts are reached. */
    public HttpSettings httpSettings() {
        return HttpSettings.standard()
                .exceptions(plainHttp, unverifiedTls)
                .trusting(trustedCertificates)
                .through(requestsPerSecond, http);
    }

    /** How RHSM is reached: it is asked while a build waits, so its answers are not waited for as long. */
    public HttpSettings rhsmHttp() {
        return httpSettings().patience(Duration.ofSeconds(20), Duration.ofSeconds(1));
    }

    /** Where images are, as far as the branches of a run must know. */
    public Places places() {
        return new SitePlaces(this, registryClient(RegistryCredentials.none()));
    }

    /** What OpenShift ships, read through a client and remembered in a cache. */
    public Releases releases(RegistryClient client, ReleaseCache cache) {
        return new Releases(sources, client, httpSettings(), cache);
    }
}
