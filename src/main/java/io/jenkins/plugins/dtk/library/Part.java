package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.Descriptor;
import java.util.List;
import java.util.Map;

/**
 * The image of one architecture, as it is under its tag.
 *
 * @param image its entry for the index, with the platform that its config states
 * @param attached what belongs to it, such as attestations, when the tag names an index of its own
 * @param labels what it says of itself
 * @param annotations those of its manifest
 */
record Part(
        Architecture architecture,
        Descriptor image,
        List<Descriptor> attached,
        Map<String, String> labels,
        Map<String, String> annotations) {

    /** On which base it says that it was built, or null. */
    String baseDigest() {
        return labels.get(ExistenceCheck.BASE_DIGEST);
    }
}
