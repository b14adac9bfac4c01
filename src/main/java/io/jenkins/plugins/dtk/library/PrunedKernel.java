package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.kernel.KernelVersion;
import java.util.List;

/**
 * What is to be deleted of a kernel that no wanted release ships.
 *
 * @param kernel the kernel
 * @param tags all tags it has in the library
 * @param digests of the manifests to delete: an index before its parts, so that none ever names what is gone
 * @param shared how many of its manifests stay, since a tag that stays names them too
 */
public record PrunedKernel(KernelVersion kernel, List<String> tags, List<String> digests, int shared) {

    /** Makes both lists unmodifiable. */
    public PrunedKernel {
        tags = List.copyOf(tags);
        digests = List.copyOf(digests);
    }
}
