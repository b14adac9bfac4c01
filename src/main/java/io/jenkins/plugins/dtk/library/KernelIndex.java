package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageManifest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.oci.Platform;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.util.Collection;
import java.util.Optional;

/**
 * Reads the index under a kernel's tag, and compares it with what it and its images say of themselves. Costs one
 * request; two more for each image of an index that does not name its kernel.
 */
final class KernelIndex {

    private final RegistryClient client;
    private final ImageReference tag;
    private final KernelClaim claim;
    private final StoredImages images;

    KernelIndex(RegistryClient client, ImageReference repository, String kernelTag, StoredImages images) {
        this.client = client;
        this.tag = repository.withTag(kernelTag);
        this.claim = new KernelClaim(kernelTag);
        this.images = images;
    }

    /**
     * The index. What does not fit, names images that are not there or is a single image is asked for again, because a
     * proxy may mix up answers.
     *
     * @return nothing when there is none, or a single image; and the index, though it does not fit, where the registry
     *     has it so
     * @throws Failure when the registry gave two answers that do not fit and are not the same, or none
     */
    Optional<ImageIndex> find(Collection<Architecture> wanted) throws Failure, InterruptedException {
        Optional<Manifest> first = client.findManifest(tag);
        if (first.isEmpty() || fits(first.get(), wanted)) {
            return first.map(ImageIndex.class::cast);
        }
        Optional<Manifest> second = client.findManifest(tag);
        if (second.isEmpty()
                || fits(second.get(), wanted)
                || second.get().digest().equals(first.get().digest())) {
            return second.filter(ImageIndex.class::isInstance).map(ImageIndex.class::cast);
        }
        throw Failure.of(
                Failure.Kind.INVALID,
                "read the index " + tag,
                "asked twice, the registry answered with two manifests of other kernels: "
                        + first.get().digest() + ", " + second.get().digest());
    }

    private boolean fits(Manifest manifest, Collection<Architecture> wanted) throws Failure, InterruptedException {
        return manifest instanceof ImageIndex index && fits(index, wanted);
    }

    private boolean fits(ImageIndex index, Collection<Architecture> wanted) throws Failure, InterruptedException {
        for (Architecture architecture : wanted) {
            Optional<Descriptor> entry = index.forPlatform(Platform.of(architecture));
            if (entry.isPresent() && !fits(index, entry.get(), architecture)) {
                return false;
            }
        }
        return claim.fitsIndex(index.annotations());
    }

    /**
     * Whether an image of the index is for this kernel, as far as the index or, where that is silent, the image says. One
     * that is not there says nothing.
     */
    boolean fits(ImageIndex index, Descriptor entry, Architecture architecture) throws Failure, InterruptedException {
        if (KernelClaim.isStated(index.annotations())) {
            return claim.fitsIndex(index.annotations());
        }
        Optional<ImageManifest> image = images.image(entry);
        return image.isPresent()
                && claim.other(images.config(image.get()).labels(), architecture)
                        .isEmpty();
    }
}
