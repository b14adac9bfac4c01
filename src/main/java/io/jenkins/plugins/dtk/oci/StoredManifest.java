package io.jenkins.plugins.dtk.oci;

import java.util.Map;

/** A manifest as a registry holds it: what images and indexes have in common. */
abstract sealed class StoredManifest implements Manifest permits ImageManifest, ImageIndex {

    private final String mediaType;
    private final byte[] bytes;
    private final Digest digest;
    private final Map<String, String> annotations;

    StoredManifest(String mediaType, byte[] bytes, Map<String, String> annotations) {
        this.mediaType = mediaType;
        this.bytes = bytes;
        this.digest = Digest.of(bytes);
        this.annotations = Map.copyOf(annotations);
    }

    @Override
    public final String mediaType() {
        return mediaType;
    }

    @Override
    public final Digest digest() {
        return digest;
    }

    @Override
    public final byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public final Map<String, String> annotations() {
        return annotations;
    }

    @Override
    public final Descriptor descriptor() {
        return Descriptor.of(mediaType, digest, bytes.length);
    }
}
