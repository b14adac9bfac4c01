package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.oci.MediaType;
import io.jenkins.plugins.dtk.oci.Platform;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An index of a driver's images, as it is now.
 *
 * @param digest of the index
 * @param written whether it had to be written
 */
record DriverIndex(Digest digest, boolean written) {

    /**
     * Publishes an index of the images that are there. What it named before for other platforms stays, what it named for
     * a wanted platform whose image is not there goes, and one that is right already is not written again.
     *
     * @param wanted the architectures that it is about
     * @param images those that are there
     * @throws Failure when the registry could not be read or written, or something else than an index has its tag; one
     *     line
     */
    static DriverIndex publish(
            RegistryClient client,
            ImageReference name,
            Collection<Architecture> wanted,
            Map<Architecture, Descriptor> images)
            throws Failure, InterruptedException {
        Optional<Manifest> before = client.findManifest(name);
        if (before.isPresent() && !(before.get() instanceof ImageIndex)) {
            throw new Failure(Failure.Kind.INVALID, name + " is an image already, and stays; use another tag");
        }
        ImageIndex old = (ImageIndex) before.orElseGet(() -> ImageIndex.of(MediaType.OCI_INDEX, List.of(), Map.of()));
        if (before.isPresent() && wanted.stream().allMatch(one -> isRight(old, one, images.get(one)))) {
            return new DriverIndex(old.digest(), false);
        }
        List<Descriptor> entries = new ArrayList<>();
        images.forEach((architecture, image) -> entries.add(image.on(Platform.of(architecture))));
        ImageIndex index = old.with(
                MediaType.OCI_INDEX,
                present -> wanted.stream().noneMatch(one -> isFor(present, one)),
                entries,
                old.annotations());
        client.putManifest(name, index);
        return new DriverIndex(index.digest(), true);
    }

    private static boolean isRight(ImageIndex index, Architecture architecture, Descriptor image) {
        return index.forPlatform(Platform.of(architecture))
                .map(Descriptor::digest)
                .equals(Optional.ofNullable(image).map(Descriptor::digest));
    }

    private static boolean isFor(Descriptor present, Architecture architecture) {
        return present.platform() != null && present.platform().matches(Platform.of(architecture));
    }
}
