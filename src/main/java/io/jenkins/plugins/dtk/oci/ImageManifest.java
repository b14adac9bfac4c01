package io.jenkins.plugins.dtk.oci;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The manifest of an image for one platform. */
public final class ImageManifest extends StoredManifest {

    private final Descriptor config;
    private final List<Descriptor> layers;

    ImageManifest(
            String mediaType,
            byte[] bytes,
            Descriptor config,
            List<Descriptor> layers,
            Map<String, String> annotations) {
        super(mediaType, bytes, annotations);
        this.config = Objects.requireNonNull(config);
        this.layers = List.copyOf(layers);
    }

    /** The blob with platform, labels and history. */
    public Descriptor config() {
        return config;
    }

    /** The layers, lowest first. */
    public List<Descriptor> layers() {
        return layers;
    }

    @Override
    public String toString() {
        return "image " + digest();
    }
}
