package io.jenkins.plugins.dtk.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Writes one channel of the update graph as Cincinnati does (openshift/cincinnati docs/design/cincinnati.md). */
final class UpdateGraphJson {

    private static final String PREFIX = "io.openshift.upgrades.graph.release.";

    private final PublishedWorld published;
    private final String channel;
    private final String scope;

    /** @param scope an architecture by its RPM name, or {@code multi} */
    UpdateGraphJson(PublishedWorld published, String channel, String scope) {
        this.published = published;
        this.channel = channel;
        this.scope = scope;
    }

    byte[] json() {
        List<Release> releases = published.world().releases().stream()
                .filter(release -> release.channels().contains(channel))
                .filter(release -> published.payload(release.version(), scope).isPresent())
                .toList();
        ObjectNode graph = StableJson.object().put("version", 1);
        ArrayNode nodes = graph.putArray("nodes");
        releases.forEach(release -> node(nodes.addObject(), release));
        edges(graph.putArray("edges"), releases);
        conditionalEdges(graph.putArray("conditionalEdges"), releases);
        return StableJson.bytes(graph);
    }

    private void node(ObjectNode node, Release release) {
        String digest = published.payload(release.version(), scope).orElseThrow();
        node.put("version", release.version());
        node.put("payload", "quay.io/" + OpenShiftWorld.RELEASE_REPOSITORY + "@" + digest);
        ObjectNode metadata = node.putObject("metadata")
                .put(PREFIX + "channels", String.join(",", release.channels()))
                .put(PREFIX + "manifestref", digest);
        if (scope.equals(OpenShiftWorld.MULTI)) {
            metadata.put("release.openshift.io/architecture", "multi");
        }
    }

    /** From each release to the next one, by their places in the list of nodes. */
    private static void edges(ArrayNode edges, List<Release> releases) {
        for (int to = 1; to < releases.size(); to++) {
            edges.addArray().add(to - 1).add(to);
        }
    }

    /** The update that skips one release is one that clusters are warned of. */
    private static void conditionalEdges(ArrayNode conditional, List<Release> releases) {
        for (int to = 2; to < releases.size(); to++) {
            ObjectNode entry = conditional.addObject();
            entry.putArray("edges")
                    .addObject()
                    .put("from", releases.get(to - 2).version())
                    .put("to", releases.get(to).version());
            ObjectNode risk = entry.putArray("risks")
                    .addObject()
                    .put("url", "https://example.com/risks/skipped-release")
                    .put("name", "SkippedRelease")
                    .put("message", "Clusters that skip a release may wait longer for their nodes.");
            risk.putArray("matchingRules").addObject().put("type", "Always");
        }
    }
}
