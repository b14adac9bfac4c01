package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.text.Quote;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * Where releases are looked for.
 *
 * @param graphUrl the update graph, up to and including {@code /graph}
 * @param releaseRepository where payloads are read; empty means where the graph says they are
 */
public record ReleaseSources(URI graphUrl, Optional<ImageReference> releaseRepository) {

    /** Red Hat's update service. */
    public static final String DEFAULT_GRAPH_URL = "https://api.openshift.com/api/upgrades_info/v1/graph";

    /** Where Red Hat publishes payloads, tagged {@code 4.16.20-x86_64}. */
    public static final String DEFAULT_REPOSITORY = "quay.io/openshift-release-dev/ocp-release";

    /**
     * Reads the two addresses as a user writes them; null or empty means Red Hat's.
     *
     * @throws IllegalArgumentException when one is malformed; one line
     */
    public static ReleaseSources of(String graphUrl, String releaseRepository) {
        String address = blank(graphUrl) ? DEFAULT_GRAPH_URL : graphUrl.strip();
        return new ReleaseSources(
                graph(address),
                blank(releaseRepository) ? Optional.empty() : Optional.of(repository(releaseRepository.strip())));
    }

    /** The repository in which a release is looked up by its tag. */
    ImageReference taggedRepository() {
        return releaseRepository.orElseGet(() -> ImageReference.parse(DEFAULT_REPOSITORY));
    }

    private static ImageReference repository(String name) {
        ImageReference repository = ImageReference.parse(name);
        if (repository.tag() != null || repository.digest() != null) {
            throw new IllegalArgumentException("not a repository of releases: " + Quote.of(name)
                    + " (expected a form like " + DEFAULT_REPOSITORY + ", without tag and digest)");
        }
        return repository;
    }

    private static URI graph(String address) {
        try {
            URI uri = new URI(address);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null && uri.getUserInfo() == null && uri.getFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Reported below, in the words of the option.
        }
        String shown = address.replaceFirst("//[^/]*@", "//***@");
        throw new IllegalArgumentException("not the address of an update graph: " + Quote.of(shown)
                + " (expected a form like " + DEFAULT_GRAPH_URL + ")");
    }

    private static boolean blank(String text) {
        return text == null || text.isBlank();
    }
}
