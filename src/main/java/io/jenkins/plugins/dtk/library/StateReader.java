package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.library.BaseCheck.Answer;
import io.jenkins.plugins.dtk.library.KernelState.Presence;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Platform;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what the library holds of one kernel. What the index names counts as there only when the registry has it, and
 * only when it is for this kernel.
 */
final class StateReader {

    private final KernelIndex index;
    private final PartReader tags;
    private final BaseCheck bases;

    private final Map<Architecture, Presence> parts = new EnumMap<>(Architecture.class);
    private final Set<Architecture> stale = EnumSet.noneOf(Architecture.class);
    private final Set<Architecture> silent = EnumSet.noneOf(Architecture.class);
    private final Map<Architecture, String> rejected = new EnumMap<>(Architecture.class);

    /** @param baseDigest nothing: what is stale is not asked */
    StateReader(RegistryClient client, ImageReference repository, String kernelTag, Optional<Digest> baseDigest) {
        StoredImages images = new StoredImages(client, repository);
        this.index = new KernelIndex(client, repository, kernelTag, images);
        this.tags = new PartReader(client, repository, kernelTag, images);
        this.bases = new BaseCheck(images, baseDigest);
    }

    KernelState state(Collection<Architecture> wanted) throws Failure, InterruptedException {
        Optional<ImageIndex> found = index.find(wanted);
        for (Architecture architecture : wanted) {
            Platform platform = Platform.of(architecture);
            Optional<Descriptor> entry = found.flatMap(all -> all.forPlatform(platform));
            if (entry.isEmpty() || !indexed(architecture, found.get(), entry.get())) {
                unindexed(architecture);
            }
        }
        return new KernelState(parts, stale, silent, rejected);
    }

    /** Notes an image that the index names; false when it does not exist or is for another kernel. */
    private boolean indexed(Architecture architecture, ImageIndex all, Descriptor entry)
            throws Failure, InterruptedException {
        if (!index.fits(all, entry, architecture)) {
            return false;
        }
        Answer base = bases.of(all, entry);
        if (base == Answer.GONE) {
            return false;
        }
        note(architecture, Presence.INDEXED, base);
        return true;
    }

    private void unindexed(Architecture architecture) throws Failure, InterruptedException {
        PartReader.Parts found = new PartReader.Parts();
        tags.add(architecture, found);
        Part part = found.good().get(architecture);
        if (part == null) {
            parts.put(architecture, Presence.MISSING);
            rejected.putAll(found.rejected());
        } else {
            note(architecture, Presence.UNJOINED, bases.of(part));
        }
    }

    private void note(Architecture architecture, Presence part, Answer base) {
        parts.put(architecture, part);
        if (base == Answer.OTHER) {
            stale.add(architecture);
        } else if (base != Answer.SAME) {
            silent.add(architecture);
        }
    }
}
