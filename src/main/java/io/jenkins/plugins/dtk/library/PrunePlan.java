package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.oci.Digest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a clean-up of the library would delete, or has deleted.
 *
 * @param kernels the kernels that no wanted release ships, oldest first
 * @param kept the kernels that no wanted release seems to ship and that stay, because not all of that is proven
 * @param wanted how many kernels of the library are wanted, and stay
 * @param uncovered how many kernels stay because they have images for architectures that were not asked about
 * @param foreign how many tags are not of the library's form, and stay
 */
public record PrunePlan(List<Pruned> kernels, List<Kept> kept, int wanted, int uncovered, int foreign) {

    /** Makes the lists unmodifiable. */
    public PrunePlan {
        kernels = List.copyOf(kernels);
        kept = List.copyOf(kept);
    }

    /** How many manifests are to be deleted, or were. */
    public int manifests() {
        return (int) kernels.stream()
                .flatMap(kernel -> kernel.digests().stream())
                .distinct()
                .count();
    }

    /**
     * A kernel that no wanted release seems to ship, and whose images stay all the same.
     *
     * @param kernel the kernel
     * @param why what is not proven, in one line
     */
    public record Kept(KernelVersion kernel, String why) {}

    /**
     * What is to be deleted of a kernel that no wanted release ships, or was.
     *
     * @param kernel the kernel
     * @param tags all tags it has in the library
     * @param digests of the manifests to delete: an index before its parts, so that none ever names what is gone
     * @param shared how many of its manifests stay, because a tag that stays names them too
     * @param going the digest that each tag had which goes with them, those of attachments too; nothing for one that could
     *     not be read
     */
    public record Pruned(
            KernelVersion kernel,
            List<String> tags,
            List<Digest> digests,
            int shared,
            Map<String, Optional<Digest>> going) {

        /** Makes the collections unmodifiable. */
        public Pruned {
            tags = List.copyOf(tags);
            digests = List.copyOf(digests);
            going = Map.copyOf(going);
        }

        /** Whether nothing is left of it but names: some registries list tags of manifests that were deleted. */
        boolean isGone() {
            return going.values().stream().allMatch(Optional::isEmpty);
        }

        /** The same kernel without what goes with another one. */
        Pruned without(Set<Digest> elsewhere) {
            List<Digest> own = digests.stream()
                    .filter(digest -> !elsewhere.contains(digest))
                    .toList();
            return new Pruned(kernel, tags, own, shared, going);
        }

        /** The same kernel, of which these were deleted. */
        Pruned deleted(List<Digest> gone) {
            return new Pruned(kernel, tags, gone, shared + digests.size() - gone.size(), going);
        }
    }
}
