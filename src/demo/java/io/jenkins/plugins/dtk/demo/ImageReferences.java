package io.jenkins.plugins.dtk.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes {@code release-manifests/image-references}: the image of each component of a payload, by digest. Some 95 to
 * 120 KB, as real ones are.
 */
final class ImageReferences {

    private record Component(String name, boolean since12) {}

    private static final List<Component> COMPONENTS = Resources.lines("components.txt").stream()
            .map(line -> new Component(line.split(" ")[0], line.endsWith(" 4.12")))
            .toList();

    /**
     * An image that the world really has.
     *
     * @param os its node OS, or null when it is no bootable node OS image
     */
    record Reference(String repository, String digest, NodeOs os) {}

    private final Release release;
    private final String scope;
    private final Map<String, Reference> real;

    /**
     * @param scope the architecture of the payload, or {@code multi}
     * @param real the images that the world has, tag by tag; the others are named only
     */
    ImageReferences(Release release, String scope, Map<String, Reference> real) {
        this.release = release;
        this.scope = scope;
        this.real = real;
    }

    byte[] json() {
        ObjectNode stream = StableJson.object().put("kind", "ImageStream").put("apiVersion", "image.openshift.io/v1");
        stream.putObject("metadata")
                .put("name", release.version())
                .put("creationTimestamp", "2026-01-01T00:00:00Z")
                .putObject("annotations")
                .put("release.openshift.io/from-image-stream", "ocp/" + release.yStream() + "-art-assembly");
        ObjectNode spec = stream.putObject("spec");
        spec.putObject("lookupPolicy").put("local", false);
        ArrayNode tags = spec.putArray("tags");
        for (Map.Entry<String, Reference> entry : references().entrySet()) {
            tag(tags.addObject(), entry.getKey(), entry.getValue());
        }
        stream.putObject("status").put("dockerImageRepository", "");
        return StableJson.indented(stream);
    }

    private Map<String, Reference> references() {
        Map<String, Reference> references = new TreeMap<>();
        for (Component component : COMPONENTS) {
            if (!component.since12 || release.ocp().from(12)) {
                String digest = Digests.ofText(release.version() + " " + scope + " " + component.name);
                references.put(component.name, new Reference(release.componentRepository(), digest, null));
            }
        }
        references.putAll(real);
        return references;
    }

    private void tag(ObjectNode tag, String name, Reference reference) {
        tag.put("name", name);
        ObjectNode annotations = tag.putObject("annotations");
        boolean component = !name.contains("coreos") && !name.equals("machine-os-content");
        annotations.put("io.openshift.build.commit.id", component ? commit(name) : "");
        annotations.put("io.openshift.build.commit.ref", "");
        annotations.put("io.openshift.build.source-location", component ? "https://github.com/openshift/" + name : "");
        if (reference.os != null) {
            nodeOs(annotations, name, reference.os);
        } else if (name.equals("hyperkube")) {
            annotations.put("io.openshift.build.version-display-names", "");
            annotations.put(
                    "io.openshift.build.versions",
                    "kubernetes=1." + (release.ocp().minor() + 13) + ".0");
        }
        ObjectNode from = tag.putObject("from");
        from.put("kind", "DockerImage");
        from.put("name", "quay.io/" + reference.repository + "@" + reference.digest);
        tag.putNull("generation");
        tag.putObject("importPolicy");
        tag.putObject("referencePolicy").put("type", "");
    }

    private void nodeOs(ObjectNode annotations, String name, NodeOs os) {
        String rhel = name.equals("rhel-coreos-10") ? " " + os.rhel() : "";
        annotations.put(
                "io.openshift.build.version-display-names", "machine-os=Red Hat Enterprise Linux CoreOS" + rhel);
        if (!os.build().isEmpty()) {
            annotations.put("io.openshift.build.versions", "machine-os=" + os.build());
        }
        if (release.nodeOses().size() > 1) {
            annotations.put("io.openshift.os.streamclass", os.stream());
        }
    }

    private String commit(String name) {
        return Digests.ofText(release.yStream() + " " + name).substring("sha256:".length(), "sha256:".length() + 40);
    }
}
