package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageConfig;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageManifest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.oci.Platform;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the images under the tags {@code <kernel>.<arch>} and checks that each is what its tag claims. */
final class PartReader {

    /** How an attestation names the image that it is about; the convention of BuildKit. */
    static final String SUBJECT = "vnd.docker.reference.digest";

    private final RegistryClient client;
    private final ImageReference repository;
    private final String kernelTag;
    private final KernelClaim claim;
    private final StoredImages images;

    PartReader(RegistryClient client, ImageReference repository, String kernelTag, StoredImages images) {
        this.client = client;
        this.repository = repository;
        this.kernelTag = kernelTag;
        this.claim = new KernelClaim(kernelTag);
        this.images = images;
    }

    /**
     * What is there.
     *
     * @param good the images that are what their tags claim
     * @param rejected the others, with the reason
     * @param rejectedDigests of those
     */
    record Parts(
            Map<Architecture, Part> good,
            Map<Architecture, String> rejected,
            Map<Architecture, Digest> rejectedDigests) {

        Parts() {
            this(
                    new EnumMap<>(Architecture.class),
                    new EnumMap<>(Architecture.class),
                    new EnumMap<>(Architecture.class));
        }
    }

    /** What the tag of one architecture is: the image, or why it is not one for this kernel and architecture. */
    private record Found(Digest digest, Part part, String fault) {}

    /** Looks at the tags of all architectures, wanted or not: what another pipeline pushed belongs to the index too. */
    Parts parts() throws Failure, InterruptedException {
        Parts parts = new Parts();
        for (Architecture architecture : Architecture.values()) {
            add(architecture, parts);
        }
        // An image under a wrong tag in addition to its right one is no bad image.
        parts.good.values().forEach(part -> parts.rejectedDigests
                .values()
                .remove(part.image().digest()));
        return parts;
    }

    /**
     * Looks at the tag of one architecture. An answer that does not fit is asked for again, because a proxy may mix up
     * answers; what the registry has is answered twice.
     */
    void add(Architecture architecture, Parts parts) throws Failure, InterruptedException {
        Optional<Found> found = find(architecture);
        if (found.isPresent() && found.get().part() == null) {
            found = find(architecture);
        }
        if (found.isEmpty()) {
            return;
        }
        if (found.get().part() != null) {
            parts.good.put(architecture, found.get().part());
        } else {
            parts.rejected.put(architecture, found.get().fault());
            parts.rejectedDigests.put(architecture, found.get().digest());
        }
    }

    private Optional<Found> find(Architecture architecture) throws Failure, InterruptedException {
        ImageReference tag = repository.withTag(LibraryTag.of(kernelTag, architecture));
        Optional<Manifest> manifest = client.findManifest(tag);
        return manifest.isEmpty() ? Optional.empty() : Optional.of(look(tag, architecture, manifest.get()));
    }

    private Found look(ImageReference tag, Architecture architecture, Manifest manifest)
            throws Failure, InterruptedException {
        if (manifest instanceof ImageManifest image) {
            return look(tag, architecture, image, List.of());
        }
        ImageIndex index = (ImageIndex) manifest;
        Platform platform = Platform.of(architecture);
        Optional<Descriptor> entry = index.forPlatform(platform);
        if (entry.isEmpty()) {
            return bad(manifest, tag + " is an index without an image for " + platform);
        }
        Digest digest = entry.get().digest();
        Optional<ImageManifest> child = images.image(entry.get());
        if (child.isEmpty()) {
            return bad(manifest, tag + " is an index of " + digest + ", which is not there or is no image");
        }
        List<Descriptor> attached = index.manifests().stream()
                .filter(other -> digest.toString().equals(other.annotations().get(SUBJECT)))
                .toList();
        return look(tag, architecture, child.get(), attached);
    }

    private Found look(ImageReference tag, Architecture architecture, ImageManifest image, List<Descriptor> attached)
            throws Failure, InterruptedException {
        ImageConfig config = images.config(image);
        String fault = fault(config, architecture);
        if (fault != null) {
            return bad(image, tag + " " + fault);
        }
        Descriptor entry = image.descriptor().on(config.platform());
        Part part = new Part(architecture, entry, attached, config.labels(), image.annotations());
        return new Found(image.digest(), part, null);
    }

    private static Found bad(Manifest manifest, String fault) {
        return new Found(manifest.digest(), null, fault);
    }

    private String fault(ImageConfig config, Architecture architecture) {
        Platform platform = Platform.of(architecture);
        if (!config.platform().matches(platform)) {
            return "claims to be for " + platform + " but its image is for " + config.platform();
        }
        String other = claim.other(config.labels(), architecture);
        return other.isEmpty() ? null : "claims to be for kernel " + kernelTag + " but its image is for " + other;
    }
}
