package io.jenkins.plugins.dtk.oci;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The manifest of an image for one platform. */
public final class ImageManifest implements Manifest {

    private final String mediaType;
    private final byte[] bytes;
    private final String digest;
    private final Descriptor config;
    private final List<Descriptor> layers;
    private final Map<String, String> annotations;

    ImageManifest(
            String mediaType,
            byte[] bytes,
            Descriptor config,
            List<Descriptor> layers,
            Map<String, String> annotations) {
        this.mediaType = mediaType;
        this.bytes = bytes;
        this.digest = Digest.sha256(bytes);
        this.config = Objects.requireNonNull(config);
        this.layers = List.copyOf(layers);
        this.annotations = Map.copyOf(annotations);
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
    public String mediaType() {
        return mediaType;
    }

    @Override
    public String digest() {
        return digest;
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public Map<String, String> annotations() {
        return annotations;
    }

    @Override
    public Descriptor descriptor() {
        return Descriptor.of(mediaType, digest, bytes.length);
    }

    @Override
    public String toString() {
        return "image " + digest;
    }
}
