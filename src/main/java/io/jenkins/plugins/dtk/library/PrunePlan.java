package io.jenkins.plugins.dtk.library;

import java.util.List;

/**
 * What a clean-up of the library would delete, or has deleted.
 *
 * @param kernels the kernels that no wanted release ships, oldest first
 * @param kept the kernels that no wanted release seems to ship and that stay, because not all of that is proven
 * @param wanted how many kernels of the library are wanted, and stay
 * @param uncovered how many kernels stay because they have images for architectures that were not asked about
 * @param foreign how many tags are not of the library's form, and stay
 */
public record PrunePlan(List<PrunedKernel> kernels, List<KeptKernel> kept, int wanted, int uncovered, int foreign) {

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
}
