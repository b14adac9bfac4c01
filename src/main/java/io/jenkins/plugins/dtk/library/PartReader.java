package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.ImageConfig;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageManifest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.oci.Platform;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the images under the tags {@code <kernel>.<arch>} and checks that each is what its tag claims. */
final class PartReader {

    /** The label with the full kernel version, as the Driver Toolkit of OpenShift has it from 4.23 on. */
    static final String KERNEL_LABEL = "kernel-version";

    /** How an attestation names the image that it is about; the convention of BuildKit. */
    static final String SUBJECT = "vnd.docker.reference.digest";

    private final RegistryClient client;
    private final ImageReference repository;
    private final String kernelTag;

    /** Configs are immutable and named by digest: read once, however often the tags are looked at. */
    private final Map<String, ImageConfig> configs = new HashMap<>();

    PartReader(RegistryClient client, ImageReference repository, String kernelTag) {
        this.client = client;
        this.repository = repository;
        this.kernelTag = kernelTag;
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
            Map<Architecture, String> rejectedDigests) {}

    /** Looks at the tags of all architectures, wanted or not: what another pipeline pushed belongs to the index too. */
    Parts read() throws Failure, InterruptedException {
        Parts parts = new Parts(
                new EnumMap<>(Architecture.class),
                new EnumMap<>(Architecture.class),
                new EnumMap<>(Architecture.class));
        for (Architecture architecture : Architecture.values()) {
            ImageReference tag = repository.withTag(ImageLibrary.tag(kernelTag, architecture));
            Optional<Manifest> found = client.findManifest(tag);
            if (found.isPresent()) {
                read(tag, architecture, found.get(), parts);
            }
        }
        // An image under a wrong tag besides its right one is no bad image.
        parts.good.values().forEach(part -> parts.rejectedDigests
                .values()
                .remove(part.image().digest()));
        return parts;
    }

    private void read(ImageReference tag, Architecture architecture, Manifest manifest, Parts parts)
            throws Failure, InterruptedException {
        Platform platform = Platform.parse(architecture.platform());
        List<Descriptor> attached = List.of();
        Manifest child = manifest;
        if (manifest instanceof ImageIndex index) {
            Optional<Descriptor> entry = index.forPlatform(platform);
            if (entry.isEmpty()) {
                reject(parts, architecture, manifest, tag + " is an index without an image for " + platform);
                return;
            }
            String digest = entry.get().digest();
            attached = index.manifests().stream()
                    .filter(other -> digest.equals(other.annotations().get(SUBJECT)))
                    .toList();
            child = client.manifest(tag.withDigest(digest));
        }
        if (!(child instanceof ImageManifest image)) {
            reject(parts, architecture, manifest, tag + " is an index of indexes");
            return;
        }
        ImageConfig config = config(image);
        String fault = fault(config, platform, architecture);
        if (fault != null) {
            reject(parts, architecture, image, tag + " " + fault);
            return;
        }
        parts.good.put(
                architecture,
                new Part(architecture, image.descriptor().on(config.platform()), attached, config.labels()));
    }

    private String fault(ImageConfig config, Platform platform, Architecture architecture) {
        if (!config.platform().matches(platform)) {
            return "claims to be for " + platform + " but its image is for " + config.platform();
        }
        String kernel = ImageLibrary.tag(config.labels().getOrDefault(KERNEL_LABEL, ""));
        boolean fits = kernel.isEmpty()
                || kernel.equals(kernelTag)
                || kernel.equals(ImageLibrary.tag(kernelTag, architecture));
        return fits ? null : "claims to be for kernel " + kernelTag + " but its image is for " + kernel;
    }

    private static void reject(Parts parts, Architecture architecture, Manifest manifest, String reason) {
        parts.rejected.put(architecture, reason);
        parts.rejectedDigests.put(architecture, manifest.digest());
    }

    private ImageConfig config(ImageManifest image) throws Failure, InterruptedException {
        ImageConfig known = configs.get(image.digest());
        if (known == null) {
            known = client.config(repository, image);
            configs.put(image.digest(), known);
        }
        return known;
    }

    /** The platform of an image that is no part: of the single image that a kernel's own tag may name. */
    Platform platform(ImageManifest image) throws Failure, InterruptedException {
        return config(image).platform();
    }
}
