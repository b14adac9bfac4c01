package io.jenkins.plugins.dtk.oci;

import java.util.Map;

/**
 * Where content is and what it is: an entry of an index, a layer, a config (OCI image-spec, descriptor.md).
 *
 * @param mediaType see {@link MediaType}
 * @param digest of the content
 * @param size of the content in bytes, or -1 where a registry did not say
 * @param annotations never null
 * @param platform for an entry of an index; null elsewhere, and where the index does not say
 */
public record Descriptor(
        String mediaType, Digest digest, long size, Map<String, String> annotations, Platform platform) {

    public Descriptor {
        annotations = Map.copyOf(annotations);
    }

    /** A descriptor without annotations and platform. */
    public static Descriptor of(String mediaType, Digest digest, long size) {
        return new Descriptor(mediaType, digest, size, Map.of(), null);
    }

    /** The same content as an entry of an index. */
    public Descriptor on(Platform newPlatform) {
        return new Descriptor(mediaType, digest, size, annotations, newPlatform);
    }
}
