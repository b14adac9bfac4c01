package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.matrix.Catalog;
import io.jenkins.plugins.dtk.oci.ImageManifest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.release.DriverToolkits.PayloadToolkit;
import io.jenkins.plugins.dtk.release.Releases;
import java.util.Optional;

/**
 * Finds images of a driver that should be built again: the toolkit that they were built with is for another kernel, or is
 * of no release that ships their kernel. That a release has a newer toolkit for the same kernel does not make one stale.
 */
final class StaleImages {

    private static final String TOOLKIT = "io.jenkins.plugins.dtk.toolkit";
    private static final String KERNEL = "kernel-version";

    private final RegistryClient client;
    private final Releases releases;
    private final ImageReference library;

    /**
     * @param client reads the library of toolkits
     * @param library of toolkits; null for none
     */
    StaleImages(RegistryClient client, Releases releases, ImageReference library) {
        this.client = client;
        this.releases = releases;
        this.library = library;
    }

    /**
     * Why an image should be built again, in one line. Empty when it should not, and when it does not say with which
     * toolkit it was built.
     *
     * @throws Failure when a registry did not say; one line
     */
    Optional<String> why(DriverImage image, DriverListing there) throws Failure, InterruptedException {
        String named = there.labels(image).getOrDefault(TOOLKIT, "");
        ImageReference toolkit;
        try {
            toolkit = ImageReference.parse(named);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (toolkit.digest() == null) {
            return Optional.empty();
        }
        for (Catalog.Row row : image.rows()) {
            for (PayloadToolkit own : releases.driverToolkits(row.release())) {
                if (toolkit.digest().equals(own.image().digest())) {
                    return otherKernel(image, toolkit, own.toolkit().kernel());
                }
            }
        }
        if (library != null && library.name().equals(toolkit.name())) {
            return ofLibrary(image, toolkit);
        }
        return Optional.of("the toolkit " + toolkit + " that it was built with is of no release that ships its kernel");
    }

    /** A toolkit that is no longer there cannot be asked, and says nothing against what was built with it. */
    private Optional<String> ofLibrary(DriverImage image, ImageReference toolkit) throws Failure, InterruptedException {
        if (!(client.findManifest(toolkit).orElse(null) instanceof ImageManifest single)) {
            return Optional.empty();
        }
        String kernel = client.config(toolkit, single).labels().getOrDefault(KERNEL, "");
        return KernelVersion.isKernelVersion(kernel)
                ? otherKernel(image, toolkit, KernelVersion.parse(kernel).withoutArchitecture())
                : Optional.empty();
    }

    private static Optional<String> otherKernel(DriverImage image, ImageReference toolkit, KernelVersion kernel) {
        return kernel.equals(image.target().standard())
                ? Optional.empty()
                : Optional.of("the toolkit " + toolkit + " that it was built with is for kernel " + kernel.nvr());
    }
}
