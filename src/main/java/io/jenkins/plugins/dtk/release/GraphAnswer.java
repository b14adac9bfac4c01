package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.ReleaseVersion.Minor;
import io.jenkins.plugins.dtk.text.Quote;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an answer of the update graph says of one line.
 *
 * @param releases the releases of the line
 * @param odd what is strange in the answer, a line each: the releases are true all the same, but there may be more
 */
record GraphAnswer(List<Release> releases, List<String> odd) {

    /**
     * A node as it came.
     *
     * @param version null where it is missing or no text
     * @param payload null where it is missing or no text
     */
    record Node(String version, String payload) {}

    /**
     * Reads the nodes of an answer. Those of other lines are left out: a channel also carries the line before it. No other
     * is left out without a line in {@code odd}.
     *
     * @throws Failure when a release of the line has no payload
     */
    static GraphAnswer of(List<Node> nodes, Minor line, Architecture architecture) throws Failure {
        Map<ReleaseVersion, Release> releases = new LinkedHashMap<>();
        Set<ReleaseVersion> contradicted = new LinkedHashSet<>();
        List<String> odd = new ArrayList<>();
        for (Node node : nodes) {
            if (node.version() == null) {
                odd.add("has a release without a version, which is left out");
                continue;
            }
            if (!ReleaseVersion.isVersion(node.version())) {
                odd.add("has a release " + Quote.of(node.version()) + ", which is no version and is left out");
                continue;
            }
            ReleaseVersion version = ReleaseVersion.parse(node.version());
            if (version.line().equals(line)) {
                Release release = new Release(version, architecture, payload(node));
                Release other = releases.putIfAbsent(version, release);
                if (other != null && !other.equals(release)) {
                    contradicted.add(version);
                }
            }
        }
        releases.keySet().removeAll(contradicted);
        contradicted.forEach(version -> odd.add("names two payloads for release " + version + ", which is left out"));
        return new GraphAnswer(List.copyOf(releases.values()), odd);
    }

    private static ImageReference payload(Node node) throws Failure {
        try {
            return ImageReference.parse(node.payload() == null ? "" : node.payload());
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    Failure.Kind.INVALID,
                    "its release " + Quote.of(node.version()) + " has a payload that is " + e.getMessage(),
                    e);
        }
    }
}
