package io.jenkins.plugins.dtk.library;

import java.util.List;

/**
 * What a clean-up of the library would delete.
 *
 * @param kernels the kernels that no wanted release ships, oldest first
 * @param wanted how many kernels of the library are wanted, and stay
 * @param uncovered how many kernels stay since they have images for architectures that were not asked about
 * @param foreign how many tags are not of the library's form, and stay
 */
public record PrunePlan(List<PrunedKernel> kernels, int wanted, int uncovered, int foreign) {

    /** Makes the list unmodifiable. */
    public PrunePlan {
        kernels = List.copyOf(kernels);
    }

    /** How many manifests are to be deleted. */
    public int manifests() {
        return (int) kernels.stream()
                .flatMap(kernel -> kernel.digests().stream())
                .distinct()
                .count();
    }
}
