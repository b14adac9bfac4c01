package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Distinguishes the images of an index from what else it may name. */
final class PlatformImages {

    private PlatformImages() {}

    /** The entries that are images: attestations are entered for a platform {@code unknown/unknown}. */
    static List<Descriptor> of(ImageIndex index) {
        return index.manifests().stream().filter(PlatformImages::isImage).toList();
    }

    static boolean isImage(Descriptor entry) {
        return entry.platform() != null && !entry.platform().os().equals("unknown");
    }

    /** The digests of the images among some entries. */
    static Set<Digest> digests(Collection<Descriptor> entries) {
        Set<Digest> digests = new HashSet<>();
        entries.stream().filter(PlatformImages::isImage).forEach(entry -> digests.add(entry.digest()));
        return digests;
    }
}
