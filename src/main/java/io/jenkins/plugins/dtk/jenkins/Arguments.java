package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import io.jenkins.plugins.dtk.registry.ImageReference;

/** Reads the arguments that several steps have in common. */
final class Arguments {

    private Arguments() {}

    /** A repository without tag and digest. */
    static ImageReference repository(String step, String image) throws AbortException {
        if (image == null || image.isBlank()) {
            throw new AbortException(step + ": 'image' is missing; name the library's repository, HOST/REPO");
        }
        try {
            ImageReference reference = ImageReference.parse(image.strip());
            if (reference.tag() == null && reference.digest() == null) {
                return reference;
            }
        } catch (IllegalArgumentException e) {
            throw new AbortException(step + ": 'image' is " + e.getMessage());
        }
        throw new AbortException(
                step + ": 'image' is '" + image + "', with a tag or digest; name the repository alone, HOST/REPO");
    }
}
