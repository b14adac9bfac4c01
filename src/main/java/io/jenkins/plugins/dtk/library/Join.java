package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.library.ImageLibrary.JoinResult;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageManifest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.oci.MediaType;
import io.jenkins.plugins.dtk.oci.Platform;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.util.ArrayList;
import java.util.Arrays;
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
    private final ImageReference index;
    private final StoredImages images;
    private final PartReader reader;
    private final KernelClaim claim;

    Join(RegistryClient client, ImageReference repository, String kernelTag) {
        this.client = client;
        this.index = repository.withTag(kernelTag);
        this.images = new StoredImages(client, repository);
        this.reader = new PartReader(client, repository, kernelTag, images);
        this.claim = new KernelClaim(kernelTag);
    }

    JoinResult run(Collection<Architecture> wanted) throws Failure, InterruptedException {
        boolean written = false;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            images.lookAgain();
            PartReader.Parts parts = reader.parts();
            Present present = present();
            List<Descriptor> others = others(present.index(), parts);
            Set<Digest> staying = others.stream().map(Descriptor::digest).collect(Collectors.toSet());
            Set<Digest> there = there(others);
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
            entries.add(image.descriptor().on(images.config(image).platform()));
        }
        return new Present(ImageIndex.of(MediaType.OCI_INDEX, entries, Map.of()), false);
    }

    private static List<Descriptor> others(ImageIndex present, PartReader.Parts parts) {
        return present.manifests().stream()
                .filter(entry -> IndexPlan.stays(entry, parts))
                .toList();
    }

    /** Those that exist and, where they are images, are for this kernel: the answer may be that of another tag. */
    private Set<Digest> there(List<Descriptor> entries) throws Failure, InterruptedException {
        Set<Digest> there = new HashSet<>();
        for (Descriptor entry : entries) {
            if (PlatformImages.isImage(entry) ? isOurs(entry) : images.has(entry.digest())) {
                there.add(entry.digest());
            }
        }
        return there;
    }

    private boolean isOurs(Descriptor entry) throws Failure, InterruptedException {
        Optional<ImageManifest> image = images.image(entry);
        return image.isPresent()
                && claim.other(images.config(image.get()).labels(), architecture(entry))
                        .isEmpty();
    }

    private static Architecture architecture(Descriptor entry) {
        return Arrays.stream(Architecture.values())
                .filter(one -> entry.platform().matches(Platform.of(one)))
                .findFirst()
                .orElse(null);
    }

    private static JoinResult result(
            ImageIndex index, boolean written, PartReader.Parts parts, Collection<Architecture> wanted) {
        Map<Architecture, Digest> joined = new EnumMap<>(Architecture.class);
        if (index != null) {
            for (Architecture architecture : Architecture.values()) {
                index.forPlatform(Platform.of(architecture))
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
