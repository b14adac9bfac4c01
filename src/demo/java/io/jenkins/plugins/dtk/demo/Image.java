package io.jenkins.plugins.dtk.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.dtk.kernel.Architecture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An image for one platform, or an index of such images: a manifest and the blobs it names. */
record Image(String mediaType, Architecture architecture, Blob manifest, List<Blob> blobs) {

    private static final String CREATED = "2026-01-01T00:00:00Z";

    String digest() {
        return manifest.digest();
    }

    /** The same image without the content of its blobs, to be remembered once it has been pushed. */
    Image manifestOnly() {
        return new Image(mediaType, architecture, manifest, List.of());
    }

    /** Starts an image for one platform. */
    static Builder of(Flavour flavour, Architecture architecture) {
        return new Builder(flavour, architecture);
    }

    /** An index (OCI) or manifest list (Docker) of these images, which are to be pushed before it. */
    static Image index(Flavour flavour, List<Image> images) {
        ObjectNode index = StableJson.object().put("schemaVersion", 2).put("mediaType", flavour.index());
        ArrayNode manifests = index.putArray("manifests");
        for (Image image : images) {
            descriptor(manifests.addObject(), image.mediaType, image.manifest)
                    .putObject("platform")
                    .put("architecture", image.architecture.goName())
                    .put("os", "linux");
        }
        return new Image(flavour.index(), null, Blob.of(StableJson.bytes(index)), List.of());
    }

    private static ObjectNode descriptor(ObjectNode node, String mediaType, Blob blob) {
        return node.put("mediaType", mediaType).put("size", blob.size()).put("digest", blob.digest());
    }

    /** Collects what an image consists of; layers from the bottom up. */
    static final class Builder {
        private final Flavour flavour;
        private final Architecture architecture;
        private final Map<String, String> labels = new LinkedHashMap<>();
        private final List<Layer> layers = new ArrayList<>();

        private Builder(Flavour flavour, Architecture architecture) {
            this.flavour = flavour;
            this.architecture = architecture;
        }

        Builder layer(Layer layer) {
            layers.add(layer);
            return this;
        }

        Builder layers(List<Layer> several) {
            layers.addAll(several);
            return this;
        }

        /** Sets a label of the image; an empty value leaves it out. */
        Builder label(String name, String value) {
            if (!value.isEmpty()) {
                labels.put(name, value);
            }
            return this;
        }

        Image build() {
            Blob config = Blob.of(StableJson.bytes(config()));
            ObjectNode manifest = StableJson.object().put("schemaVersion", 2).put("mediaType", flavour.manifest());
            descriptor(manifest.putObject("config"), flavour.config(), config);
            ArrayNode descriptors = manifest.putArray("layers");
            List<Blob> blobs = new ArrayList<>();
            for (Layer layer : layers) {
                descriptor(descriptors.addObject(), flavour.layer(), layer.blob());
                blobs.add(layer.blob());
            }
            blobs.add(config);
            return new Image(flavour.manifest(), architecture, Blob.of(StableJson.bytes(manifest)), blobs);
        }

        private ObjectNode config() {
            ObjectNode config = StableJson.object()
                    .put("created", CREATED)
                    .put("architecture", architecture.goName())
                    .put("os", "linux");
            ObjectNode run = config.putObject("config");
            run.putArray("Env").add("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
            run.putArray("Cmd").add("/bin/sh");
            ObjectNode labelNode = run.putObject("Labels");
            labels.forEach(labelNode::put);
            ArrayNode diffIds = config.putObject("rootfs").put("type", "layers").putArray("diff_ids");
            ArrayNode history = config.putArray("history");
            for (Layer layer : layers) {
                diffIds.add(layer.diffId());
                history.addObject().put("created", CREATED);
            }
            return config;
        }
    }
}
