package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageManifest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.oci.MediaType;
import io.jenkins.plugins.dtk.oci.Platform;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Publishes the index of one kernel, alone or at the same time as others.
 *
 * <p>Registries have no "write if unchanged". So each joiner looks at all parts again after it wrote, and is done only
 * when the index then names them all. Whoever writes last thus has seen every part that was pushed before; and who
 * pushes a part later joins later, and writes after that.
 */
final class Join {

    private static final int MOST_ROUNDS = 20;

    private final RegistryClient client;
    private final ImageReference repository;
    private final ImageReference index;
    private final PartReader reader;

    Join(RegistryClient client, ImageReference repository, String kernelTag) {
        this.client = client;
        this.repository = repository;
        this.index = repository.withTag(kernelTag);
        this.reader = new PartReader(client, repository, kernelTag);
    }

    JoinResult run(Collection<Architecture> wanted) throws Failure, InterruptedException {
        boolean written = false;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            PartReader.Parts parts = reader.read();
            Present present = present();
            Set<String> staying = staying(present.index(), parts);
            Set<String> there = there(staying);
            if (present.isIndex() && IndexPlan.isRight(present.index(), parts) && there.equals(staying)) {
                return result(present.index(), written, parts, wanted);
            }
            Optional<ImageIndex> planned = IndexPlan.of(present.index(), parts, there::contains);
            if (planned.isEmpty()) {
                return result(null, written, parts, wanted);
            }
            client.putManifest(index, planned.get());
            written = true;
        }
        throw Failure.of(
                Failure.Kind.INVALID,
                "publish the index " + index,
                "it was written " + MOST_ROUNDS + " times and never stayed: others keep changing it, or the registry"
                        + " does not keep what it takes");
    }

    /**
     * What the kernel's tag names at present.
     *
     * @param index empty when there is none; a single image under the tag counts as an index of that image
     * @param isIndex whether it really is one
     */
    private record Present(ImageIndex index, boolean isIndex) {}

    private Present present() throws Failure, InterruptedException {
        Optional<Manifest> found = client.findManifest(index);
        if (found.isPresent() && found.get() instanceof ImageIndex real) {
            return new Present(real, true);
        }
        List<Descriptor> entries = new ArrayList<>();
        if (found.isPresent() && found.get() instanceof ImageManifest image) {
            entries.add(image.descriptor().on(reader.platform(image)));
        }
        return new Present(ImageIndex.of(MediaType.OCI_INDEX, entries, Map.of()), false);
    }

    private static Set<String> staying(ImageIndex present, PartReader.Parts parts) {
        return present.manifests().stream()
                .filter(entry -> IndexPlan.stays(entry, parts))
                .map(Descriptor::digest)
                .collect(Collectors.toSet());
    }

    /** Those of the manifests that exist. */
    private Set<String> there(Set<String> digests) throws Failure, InterruptedException {
        Set<String> there = new HashSet<>();
        for (String digest : digests) {
            if (client.head(repository.withDigest(digest)).isPresent()) {
                there.add(digest);
            }
        }
        return there;
    }

    private static JoinResult result(
            ImageIndex index, boolean written, PartReader.Parts parts, Collection<Architecture> wanted) {
        Map<Architecture, String> joined = new EnumMap<>(Architecture.class);
        if (index != null) {
            for (Architecture architecture : Architecture.values()) {
                index.forPlatform(Platform.parse(architecture.platform()))
                        .ifPresent(entry -> joined.put(architecture, entry.digest()));
            }
        }
        Set<Architecture> missing = EnumSet.noneOf(Architecture.class);
        missing.addAll(wanted);
        missing.removeAll(joined.keySet());
        Map<Architecture, String> bases = new EnumMap<>(Architecture.class);
        parts.good().forEach((architecture, part) -> {
            if (part.baseDigest() != null) {
                bases.put(architecture, part.baseDigest());
            }
        });
        return new JoinResult(index == null ? null : index.digest(), written, joined, missing, parts.rejected(), bases);
    }
}
