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

    Compared compare() throws Failure, InterruptedException {
        Optional<Manifest> found = find();
        if (found.isEmpty()) {
            return Compared.absent(
                    tag.toString(),
                    "the registry has neither " + tag + " nor one for " + architecture.platform() + " in "
                            + kernel.tag());
        }
        return found.get() instanceof ImageManifest image
                ? compare(image)
                : Compared.unknown(tag.toString(), tag + " is an index without one image for it");
    }

    /** What the kernel's index names for the architecture, as that is what users pull; else what is under its tag. */
    private Optional<Manifest> find() throws Failure, InterruptedException {
        Optional<Manifest> indexed = child(client.findManifest(repository.withTag(kernel.tag())));
        if (indexed.isPresent()) {
            return indexed;
        }
        Optional<Manifest> tagged = client.findManifest(tag);
        return tagged.isPresent() && tagged.get() instanceof ImageIndex
                ? child(tagged).or(() -> tagged)
                : tagged;
    }

    /** The image for the architecture that an index names, as long as it exists. */
    private Optional<Manifest> child(Optional<Manifest> index) throws Failure, InterruptedException {
        Optional<Descriptor> entry = index.filter(ImageIndex.class::isInstance)
                .map(ImageIndex.class::cast)
                .flatMap(all -> all.forPlatform(Platform.parse(architecture.platform())));
        return entry.isEmpty()
                ? Optional.empty()
                : client.findManifest(repository.withDigest(entry.get().digest()));
    }

    private Compared compare(ImageManifest image) throws Failure, InterruptedException {
        String name = repository.withDigest(image.digest()).toString();
        ImageConfig config = client.config(repository, image);
        if (!config.platform().matches(Platform.parse(architecture.platform()))) {
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
        String label = config.labels().getOrDefault(PartReader.KERNEL_LABEL, "");
        return KernelVersion.isKernelVersion(label)
                ? KernelVersion.parse(label).withoutArchitecture()
                : new DriverToolkits(client)
                        .read(repository.withDigest(image.digest()), architecture)
                        .kernel();
    }
}
