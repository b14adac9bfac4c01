package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.library.ImageLibrary.JoinResult;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageManifest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks whether the images of a kernel are there after a run, gives each all of its tags, and publishes their indexes. */
final class DriverTags {

    private static final String KERNEL = "kernel-version";

    private final RegistryClient client;
    private final ImageReference repository;

    /** Of the images in one repository. */
    DriverTags(RegistryClient client, ImageReference repository) {
        this.client = client.atSource();
        this.repository = repository;
    }

    /** See {@link DriverLibrary#complete}. */
    JoinResult complete(
            Map<Architecture, String> kernels,
            Map<Architecture, ? extends Collection<String>> tags,
            Collection<String> indexes,
            boolean hold)
            throws Failure, InterruptedException {
        Map<Architecture, Descriptor> images = new EnumMap<>(Architecture.class);
        Map<Architecture, String> rejected = new EnumMap<>(Architecture.class);
        Set<Architecture> missing = EnumSet.noneOf(Architecture.class);
        for (Map.Entry<Architecture, ? extends Collection<String>> entry : tags.entrySet()) {
            Architecture architecture = entry.getKey();
            Optional<Manifest> image = first(entry.getValue());
            Optional<String> other =
                    image.isPresent() ? otherKernel(image.get(), kernels.get(architecture)) : Optional.empty();
            if (image.isEmpty()) {
                missing.add(architecture);
            } else if (other.isPresent()) {
                missing.add(architecture);
                rejected.put(architecture, "the image under its tag says that it is for kernel " + other.get());
            } else {
                complete(image.get(), entry.getValue());
                images.put(architecture, image.get().descriptor());
            }
        }
        DriverIndex first = null;
        for (String tag : images.isEmpty() || hold && !missing.isEmpty() ? List.<String>of() : indexes) {
            DriverIndex index = DriverIndex.publish(client, repository.withTag(tag), tags.keySet(), images);
            first = first == null ? index : first;
        }
        Map<Architecture, Digest> there = new EnumMap<>(Architecture.class);
        images.forEach((architecture, image) -> there.put(architecture, image.digest()));
        return new JoinResult(
                first == null ? null : first.digest(),
                first != null && first.written(),
                there,
                missing,
                rejected,
                Map.of());
    }

    private Optional<Manifest> first(Collection<String> tags) throws Failure, InterruptedException {
        for (String tag : tags) {
            Optional<Manifest> found = client.findManifest(repository.withTag(tag));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The kernel that an image names, where that is not this one. A vendor's own image may name none. */
    private Optional<String> otherKernel(Manifest image, String kernel) throws Failure, InterruptedException {
        if (!(image instanceof ImageManifest single)) {
            return Optional.empty();
        }
        String named = client.config(repository, single).labels().getOrDefault(KERNEL, "");
        return named.isEmpty() || named.equals(kernel) ? Optional.empty() : Optional.of(named);
    }

    private void complete(Manifest image, Collection<String> tags) throws Failure, InterruptedException {
        for (String tag : tags) {
            ImageReference name = repository.withTag(tag);
            if (client.head(name).isEmpty()) {
                client.putManifest(name, image);
            }
        }
    }
}
