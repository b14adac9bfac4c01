package io.jenkins.plugins.dtk.oci;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A multi-arch image: an OCI index or a Docker manifest list. */
public final class ImageIndex extends StoredManifest {

    private final List<Descriptor> manifests;

    ImageIndex(String mediaType, byte[] bytes, List<Descriptor> manifests, Map<String, String> annotations) {
        super(mediaType, bytes, annotations);
        this.manifests = List.copyOf(manifests);
    }

    /**
     * Writes an index.
     *
     * @param mediaType {@link MediaType#OCI_INDEX} or {@link MediaType#DOCKER_LIST}; the latter holds no annotations,
     *     so they are left out there
     * @param manifests the entries; each needs a size
     */
    public static ImageIndex of(String mediaType, List<Descriptor> manifests, Map<String, String> annotations) {
        return IndexWriter.write(mediaType, List.of(), manifests, annotations);
    }

    /**
     * This index with some entries exchanged. Entries that stay keep all their fields, those we do not know included,
     * and so do attestations.
     *
     * @param mediaType of the new index
     * @param stays which of the present entries stay
     * @param added the new entries, put behind those
     */
    public ImageIndex with(
            String mediaType, Predicate<Descriptor> stays, List<Descriptor> added, Map<String, String> annotations) {
        return IndexWriter.write(mediaType, IndexWriter.entries(this, stays), added, annotations);
    }

    /** The images, one for each platform, and whatever else the index names. */
    public List<Descriptor> manifests() {
        return manifests;
    }

    /** The first image for this platform. */
    public Optional<Descriptor> forPlatform(Platform wanted) {
        return manifests.stream()
                .filter(entry -> entry.platform() != null && entry.platform().matches(wanted))
                .findFirst();
    }

    @Override
    public String toString() {
        return "index " + digest();
    }
}
