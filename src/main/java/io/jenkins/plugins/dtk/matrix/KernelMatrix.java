package io.jenkins.plugins.dtk.matrix;

import java.util.List;

/**
 * Every kernel of the wanted releases, each once: by stream, oldest first.
 *
 * @param kernels the kernels
 * @param unreadable releases that could not be read and were skipped on request, each with its reason
 */
public record KernelMatrix(List<MatrixKernel> kernels, List<String> unreadable) {

    /** Makes both lists unmodifiable. */
    public KernelMatrix {
        kernels = List.copyOf(kernels);
        unreadable = List.copyOf(unreadable);
    }

    /** How many images the library lacks, as far as it was asked. */
    public int missing() {
        return kernels.stream().mapToInt(kernel -> kernel.missing().size()).sum();
    }

    /** How many images of the library were built on another base image, as far as it was asked. */
    public int stale() {
        return kernels.stream().mapToInt(kernel -> kernel.stale().size()).sum();
    }
}
