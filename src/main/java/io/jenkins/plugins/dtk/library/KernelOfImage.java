package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.ImageConfig;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageManifest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.oci.Platform;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.release.DriverToolkits;
import java.util.Optional;

/**
 * Finds out which kernel the library's image for a kernel and architecture is really for: by its label, and where it
 * has none by the file that OpenShift's own images have.
 */
final class KernelOfImage {

    private final RegistryClient client;
    private final ImageReference repository;
    private final KernelVersion kernel;
    private final Architecture architecture;
    private final ImageReference tag;

    KernelOfImage(RegistryClient client, ImageReference repository, KernelVersion kernel, Architecture architecture) {
        this.client = client;
        this.repository = repository;
        this.kernel = kernel;
        this.architecture = architecture;
        this.tag = repository.withTag(kernel.tag(architecture));
    }

    /**
     * What the kernel's index names for the architecture is compared, because that is what users pull; what is under the
     * architecture's own tag only where the index does not name any.
     */
    Compared compare() throws Failure, InterruptedException {
        ImageReference kernelTag = repository.withTag(kernel.tag());
        Optional<Descriptor> indexed = entry(client.findManifest(kernelTag));
        if (indexed.isPresent()) {
            return compare(kernelTag, indexed.get());
        }
        Optional<Manifest> tagged = client.findManifest(tag);
        if (tagged.isEmpty()) {
            return Compared.absent(
                    tag.toString(),
                    "the registry has neither " + tag + " nor one for " + architecture.platform() + " in "
                            + kernel.tag());
        }
        Optional<Descriptor> entry = entry(tagged);
        if (entry.isPresent()) {
            return compare(tag, entry.get());
        }
        return tagged.get() instanceof ImageManifest image
                ? compare(image)
                : Compared.unknown(tag.toString(), tag + " is an index without one image for it");
    }

    private Optional<Descriptor> entry(Optional<Manifest> index) {
        return index.filter(ImageIndex.class::isInstance)
                .map(ImageIndex.class::cast)
                .flatMap(all -> all.forPlatform(Platform.of(architecture)));
    }

    /** Of what an index names: an index stays when a clean-up job deletes its images, and then no pull works. */
    private Compared compare(ImageReference index, Descriptor entry) throws Failure, InterruptedException {
        ImageReference image = repository.withDigest(entry.digest());
        Optional<Manifest> found = client.findManifest(image);
        if (found.isEmpty()) {
            return Compared.absent(
                    image.toString(), index + " names an image for " + architecture.platform() + " that is not there");
        }
        return found.get() instanceof ImageManifest single
                ? compare(single)
                : Compared.unknown(image.toString(), index + " names an index, not one image");
    }

    private Compared compare(ImageManifest image) throws Failure, InterruptedException {
        String name = repository.withDigest(image.digest()).toString();
        ImageConfig config = client.config(repository, image);
        if (!config.platform().matches(Platform.of(architecture))) {
            return Compared.differs(
                    name,
                    Optional.empty(),
                    "the image for " + architecture.platform() + " is for " + config.platform());
        }
        try {
            KernelVersion own = own(image, config);
            return own.equals(kernel)
                    ? Compared.matches(name, own)
                    : Compared.differs(
                            name, Optional.of(own), "the image under " + tag.tag() + " is for kernel " + own.nvr());
        } catch (Failure e) {
            if (e.kind() != Failure.Kind.INVALID && e.kind() != Failure.Kind.ABSENT) {
                throw e;
            }
            return Compared.unknown(name, e.getMessage());
        }
    }

    private KernelVersion own(ImageManifest image, ImageConfig config) throws Failure, InterruptedException {
        String label = config.labels().getOrDefault(KernelClaim.LABEL, "");
        return KernelVersion.isKernelVersion(label)
                ? KernelVersion.parse(label).withoutArchitecture()
                : new DriverToolkits(client)
                        .toolkit(repository.withDigest(image.digest()), architecture)
                        .kernel();
    }
}
