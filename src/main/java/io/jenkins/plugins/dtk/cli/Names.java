package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.oci.ImageReference;

/** Reads names of repositories and images. */
final class Names {

    private Names() {}

    /**
     * A repository without tag and digest.
     *
     * @throws IllegalArgumentException when it is something else; one line
     */
    static ImageReference repository(String name) {
        ImageReference reference = ImageReference.parse(name);
        if (reference.tag() != null || reference.digest() != null) {
            throw new IllegalArgumentException(
                    "'" + reference + "' has a tag or digest; name the repository alone, HOST/REPO");
        }
        return reference;
    }

    /**
     * An image with a tag and without a digest.
     *
     * @throws IllegalArgumentException when it is something else; one line
     */
    static ImageReference tagged(String name) {
        ImageReference reference = ImageReference.parse(name);
        if (reference.tag() == null || reference.digest() != null) {
            throw new IllegalArgumentException("'" + reference
                    + (reference.tag() == null ? "' has no tag" : "' has a digest") + "; write HOST/REPO:TAG");
        }
        return reference;
    }
}
