package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.kernel.KernelVersion;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is to be deleted of a kernel that no wanted release ships, or was.
 *
 * @param kernel the kernel
 * @param tags all tags it has in the library
 * @param digests of the manifests to delete: an index before its parts, so that none ever names what is gone
 * @param shared how many of its manifests stay, because a tag that stays names them too
 * @param going the digest that each tag had which goes with them, those of attachments too; empty for one that could
 *     not be read
 */
public record PrunedKernel(
        KernelVersion kernel, List<String> tags, List<String> digests, int shared, Map<String, String> going) {

    /** Makes the collections unmodifiable. */
    public PrunedKernel {
        tags = List.copyOf(tags);
        digests = List.copyOf(digests);
        going = Map.copyOf(going);
    }

    /** Whether nothing is left of it but names: some registries list tags of manifests that were deleted. */
    boolean isGone() {
        return going.values().stream().allMatch(String::isEmpty);
    }

    /** The same kernel without what goes with another one. */
    PrunedKernel without(Set<String> elsewhere) {
        List<String> own =
                digests.stream().filter(digest -> !elsewhere.contains(digest)).toList();
        return new PrunedKernel(kernel, tags, own, shared, going);
    }

    /** The same kernel, of which these were deleted. */
    PrunedKernel deleted(List<String> gone) {
        return new PrunedKernel(kernel, tags, gone, shared + digests.size() - gone.size(), going);
    }
}
