package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelFlavour;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageManifest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.oci.Platform;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.util.Map;

/**
 * Whether an image for a standard kernel is for a flavour of it, too: a Driver Toolkit holds the development packages of
 * several, and says of which; an image of a driver is for one alone.
 */
final class FlavourClaim {

    /** Labels of what is built here: a toolkit and a driver. Such an image names each flavour that it is for. */
    private static final String TOOLKIT = "io.jenkins.plugins.dtk.rhel-version";

    static final String DRIVER = "io.jenkins.plugins.dtk.toolkit";

    private final RegistryClient client;

    FlavourClaim(RegistryClient client) {
        this.client = client;
    }

    /**
     * Why an image is of no use for a kernel; empty when it is for it. Costs two requests, one more for an index, and two
     * more for an image that was not built here.
     *
     * @param digest the image, or an index with it, by its digest
     * @throws Failure when the registry, or the image, did not say
     */
    String refusal(ImageReference digest, KernelVersion kernel, Architecture architecture)
            throws Failure, InterruptedException {
        ImageReference image = single(digest, Platform.parse(architecture.platform()));
        ImageManifest manifest = (ImageManifest) client.manifest(image);
        Map<String, String> labels = client.config(image, manifest).labels();
        boolean realTime = kernel.flavour() == KernelFlavour.RT;
        String stated = labels.getOrDefault(realTime ? "kernel-rt-version" : "kernel-64k-version", "");
        if (!KernelVersion.isKernelVersion(stated) && !labels.containsKey(TOOLKIT) && !labels.containsKey(DRIVER)) {
            stated = new ImageInspection(client)
                    .inspect(image)
                    .get(0)
                    .release()
                    .getOrDefault(realTime ? "RT_KERNEL_VERSION" : "KERNEL_64K_VERSION", "");
            // OpenShift's own hold kernels of 64 KiB pages and do not name them.
            if (!realTime && stated.isEmpty()) {
                throw new Failure(
                        Failure.Kind.INVALID, image + " does not say whether it is for kernels with 64 KiB pages");
            }
        }
        if (!KernelVersion.isKernelVersion(stated)) {
            return "is for the standard kernel alone";
        }
        return KernelVersion.parse(stated).standard().equals(kernel.standard()) ? "" : "is for kernel " + stated;
    }

    private ImageReference single(ImageReference image, Platform platform) throws Failure, InterruptedException {
        Manifest manifest = client.manifest(image);
        return manifest instanceof ImageIndex index
                ? index.forPlatform(platform)
                        .map(entry -> image.withDigest(entry.digest()))
                        .orElseThrow(() -> new Failure(Failure.Kind.INVALID, image + " names no image for " + platform))
                : image;
    }
}
