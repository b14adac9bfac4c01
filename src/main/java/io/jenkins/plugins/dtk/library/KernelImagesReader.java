package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.oci.Platform;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the images of a kernel that can be pulled, by their own tags and by the kernel's index. */
final class KernelImagesReader {

    private final RegistryClient client;
    private final ImageReference repository;
    private final KernelVersion kernel;
    private final StoredImages stored;

    private final Map<Architecture, Digest> images = new EnumMap<>(Architecture.class);
    private final Set<Architecture> tagged = EnumSet.noneOf(Architecture.class);
    private final Set<Digest> there = new HashSet<>();

    KernelImagesReader(RegistryClient client, ImageReference repository, KernelVersion kernel) {
        this.client = client;
        this.repository = repository;
        this.kernel = kernel;
        this.stored = new StoredImages(client, repository);
    }

    LibraryCatalog.KernelImages images(Collection<Architecture> wanted) throws Failure, InterruptedException {
        Optional<Manifest> found = client.findManifest(repository.withTag(kernel.tag()));
        for (Architecture architecture : wanted) {
            add(architecture, found);
        }
        return new LibraryCatalog.KernelImages(
                isWhole(found) ? found.map(Manifest::digest) : Optional.empty(), images, tagged);
    }

    private void add(Architecture architecture, Optional<Manifest> found) throws Failure, InterruptedException {
        Platform platform = Platform.of(architecture);
        Optional<Digest> own = stored.pullable(repository.withTag(kernel.tag(architecture)), platform);
        if (own.isPresent()) {
            there.add(own.get());
            images.put(architecture, own.get());
            tagged.add(architecture);
            return;
        }
        Optional<Descriptor> entry =
                found.filter(ImageIndex.class::isInstance).flatMap(index -> ((ImageIndex) index).forPlatform(platform));
        if (entry.isPresent() && stored.hasImage(entry.get())) {
            there.add(entry.get().digest());
            images.put(architecture, entry.get().digest());
        }
    }

    /** Whether all images that an index names are there: who mirrors it needs each. */
    private boolean isWhole(Optional<Manifest> found) throws Failure, InterruptedException {
        if (found.isPresent() && found.get() instanceof ImageIndex index) {
            for (Descriptor entry : PlatformImages.of(index)) {
                if (!there.contains(entry.digest()) && !stored.hasImage(entry)) {
                    return false;
                }
            }
        }
        return true;
    }
}
