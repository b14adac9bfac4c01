package io.jenkins.plugins.dtk.matrix;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import java.util.List;
import java.util.Set;

/**
 * The kernels that wanted releases ship, as far as that is proven: what may be deleted depends on it.
 *
 * @param kernels the kernels, without architecture, read from layers that were verified
 * @param architectures those that have wanted releases: of others nothing is known
 * @param doubts why there may be more, a line each; empty when all answers were full and plausible
 */
public record WantedKernels(Set<KernelVersion> kernels, Set<Architecture> architectures, List<String> doubts) {

    /** Makes the collections unmodifiable. */
    public WantedKernels {
        architectures = Set.copyOf(architectures);
        kernels = Set.copyOf(kernels);
        doubts = List.copyOf(doubts);
    }
}
