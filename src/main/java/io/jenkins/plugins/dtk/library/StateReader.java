package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.library.BaseOfImages.Answer;
import io.jenkins.plugins.dtk.library.KernelState.Part;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.oci.Platform;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what the library holds of one kernel. */
final class StateReader {

    private final RegistryClient client;
    private final ImageReference repository;
    private final String kernelTag;
    private final BaseOfImages bases;

    private final Map<Architecture, Part> parts = new EnumMap<>(Architecture.class);
    private final Set<Architecture> stale = EnumSet.noneOf(Architecture.class);
    private final Set<Architecture> silent = EnumSet.noneOf(Architecture.class);

    /** @param baseDigest empty or null: nobody asks what is stale */
    StateReader(RegistryClient client, ImageReference repository, String kernelTag, String baseDigest) {
        this.client = client;
        this.repository = repository;
        this.kernelTag = kernelTag;
        this.bases =
                baseDigest == null || baseDigest.isEmpty() ? null : new BaseOfImages(client, repository, baseDigest);
    }

    KernelState read(Collection<Architecture> wanted) throws Failure, InterruptedException {
        Optional<ImageIndex> index = client.findManifest(repository.withTag(kernelTag))
                .filter(ImageIndex.class::isInstance)
                .map(ImageIndex.class::cast);
        for (Architecture architecture : wanted) {
            Platform platform = Platform.parse(architecture.platform());
            Optional<Descriptor> entry = index.flatMap(found -> found.forPlatform(platform));
            if (entry.isEmpty() || !indexed(architecture, index.get(), entry.get())) {
                unindexed(architecture);
            }
        }
        return new KernelState(parts, stale, silent);
    }

    /** Notes an image that the index names; false when it does not exist. */
    private boolean indexed(Architecture architecture, ImageIndex index, Descriptor entry)
            throws Failure, InterruptedException {
        Answer base = bases == null ? Answer.SAME : bases.of(index, entry);
        if (base == Answer.GONE) {
            return false;
        }
        note(architecture, Part.INDEXED, base);
        return true;
    }

    private void unindexed(Architecture architecture) throws Failure, InterruptedException {
        Optional<Manifest> image = client.findManifest(repository.withTag(ImageLibrary.tag(kernelTag, architecture)));
        if (image.isEmpty()) {
            parts.put(architecture, Part.MISSING);
        } else {
            note(architecture, Part.UNJOINED, bases == null ? Answer.SAME : bases.of(image.get(), architecture));
        }
    }

    private void note(Architecture architecture, Part part, Answer base) {
        parts.put(architecture, part);
        if (base == Answer.OTHER) {
            stale.add(architecture);
        } else if (base != Answer.SAME) {
            silent.add(architecture);
        }
    }
}
