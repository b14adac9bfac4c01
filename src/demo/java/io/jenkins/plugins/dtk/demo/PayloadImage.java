package io.jenkins.plugins.dtk.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.dtk.kernel.Architecture;
import java.util.List;

/**
 * Writes release payloads as {@code oc adm release new} does (openshift/oc pkg/cli/admin/release/new.go): the layers of
 * the cluster-version-operator, and on top one layer with {@code release-manifests/}, in it image-references first, then
 * release-metadata, then the manifests.
 */
final class PayloadImage {

    private static final int BASE_LAYERS = 5;

    private PayloadImage() {}

    /** The last layer of a payload. */
    static Layer layer(Release release, boolean multi, byte[] imageReferences, List<String> previous) {
        TarWriter head = new TarWriter()
                .directory("release-manifests/")
                .file("release-manifests/image-references", imageReferences)
                .file("release-manifests/release-metadata", metadata(release, multi, previous));
        return ReleaseManifests.TAIL.after(head);
    }

    private static byte[] metadata(Release release, boolean multi, List<String> previous) {
        ObjectNode metadata =
                StableJson.object().put("kind", "cincinnati-metadata-v0").put("version", release.version());
        ArrayNode list = metadata.putArray("previous");
        previous.forEach(list::add);
        ObjectNode free = metadata.putObject("metadata");
        if (multi) {
            free.put("release.openshift.io/architecture", "multi");
        }
        return StableJson.indented(metadata);
    }

    static Image of(Release release, Architecture architecture, Layer last) {
        return Image.of(release.flavour(), architecture)
                .label("io.openshift.release", release.version())
                .label("io.openshift.release.base-image-digest", Digests.ofText(release.version() + architecture))
                .layers(BaseLayers.of("cluster-version-operator", architecture, BASE_LAYERS))
                .layer(last)
                .build();
    }
}
