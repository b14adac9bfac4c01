package io.jenkins.plugins.dtk.build;

import io.jenkins.plugins.dtk.registry.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.registry.RegistryCredentials;
import io.jenkins.plugins.dtk.release.ReleaseCache;
import io.jenkins.plugins.dtk.release.ReleaseSources;
import io.jenkins.plugins.dtk.release.Releases;
import java.net.http.HttpClient;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The sources of truth that are set once for all pipelines: where releases are found and how registries are reached.
 *
 * @param sources where releases are found
 * @param plainHttp the registries, HOST:PORT, that are reached over plain http
 * @param locations where registries really are: a prefix of image names and what stands in its place; the longest
 *     prefix wins, as with {@code location} in registries.conf
 * @param trustedCertificates certificate authorities to trust beside the JDK's, in PEM; empty for none
 * @param http makes the client for all requests, with the proxy that applies
 */
public record Settings(
        ReleaseSources sources,
        Set<String> plainHttp,
        Map<String, String> locations,
        String trustedCertificates,
        Supplier<HttpClient.Builder> http) {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+(?::\\d{1,5})?|\\[[0-9A-Fa-f:]+](?::\\d{1,5})?");

    /** Makes the collections unmodifiable, and hosts lower case. */
    public Settings {
        plainHttp = plainHttp.stream().map(Settings::lower).collect(Collectors.toUnmodifiableSet());
        locations = Map.copyOf(locations);
    }

    /**
     * Reads a list of registries, HOST or HOST:PORT each.
     *
     * @throws IllegalArgumentException when one is malformed; one line
     */
    public static Set<String> registries(Collection<String> hosts) {
        Set<String> found = new TreeSet<>();
        for (String host : hosts) {
            if (!HOST.matcher(host.strip()).matches()) {
                throw new IllegalArgumentException("not a registry: '" + host
                        + "' (expected HOST or HOST:PORT, without http:// and without a path)");
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
            String[] parts = line.strip().split("=", -1);
            if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
                throw new IllegalArgumentException("not a registry's location: '" + line
                        + "' (expected PREFIX=PLACE, such as quay.io=mirror.example.com:5000/quay)");
            }
            Arrays.stream(parts).forEach(Settings::checkPrefix);
            found.put(parts[0].strip(), parts[1].strip());
        }
        return found;
    }

    /** Whether a registry, as an image reference names it, is reached over plain http. */
    boolean isPlainHttp(String registry) {
        return plainHttp.contains(lower(registry));
    }

    private static String lower(String host) {
        return host.toLowerCase(Locale.ROOT);
    }

    private static void checkPrefix(String prefix) {
        String host = prefix.strip().split("/", 2)[0];
        registries(Set.of(host));
        if (prefix.contains("/")) {
            ImageReference.parse(prefix.strip());
        }
    }

    /** A client that reads and writes registries with these credentials. */
    public RegistryClient registryClient(RegistryCredentials credentials) {
        RegistryClient.Builder builder = RegistryClient.builder()
                .credentials(credentials)
                .plainHttp(plainHttp)
                .locations(locations)
                .httpClientBuilder(http);
        if (!trustedCertificates.isBlank()) {
            builder.trustedCertificates(trustedCertificates);
        }
        return builder.build();
    }

    /** What OpenShift ships, read through a client and remembered in a cache. */
    public Releases releases(RegistryClient client, ReleaseCache cache) {
        return new Releases(sources, client, http.get().build(), cache);
    }
}
