package io.jenkins.plugins.dtk.oci;

import io.jenkins.plugins.dtk.failure.Failure;
import java.util.Map;

/** What a tag or a digest of a repository names: an image for one platform, or an index of several. */
public sealed interface Manifest permits StoredManifest {

    /** One of the types in {@link MediaType}. */
    String mediaType();

    /** The digest of {@link #bytes()}. */
    Digest digest();

    /** The manifest exactly as the registry holds it. */
    byte[] bytes();

    /** The annotations of the manifest as a whole; empty where there are none. */
    Map<String, String> annotations();

    /** This manifest as an entry of an index, without a platform. */
    Descriptor descriptor();

    /**
     * Reads a manifest.
     *
     * @param mediaType the type that came with it, or null: then its own field decides
     * @throws Failure when it is not a manifest of a supported kind
     */
    static Manifest parse(String mediaType, byte[] bytes) throws Failure {
        return ManifestReader.parse(mediaType, bytes);
    }
}
