package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.kernel.Architecture;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the library holds of one kernel.
 *
 * @param architectures the answer for each architecture that was asked for
 * @param stale those whose image says that it was built on another base
 * @param silent those whose image does not say on which base it was built: they are never taken for stale
 */
public record KernelState(Map<Architecture, Part> architectures, Set<Architecture> stale, Set<Architecture> silent) {

    /** What the library holds of one architecture of a kernel. */
    public enum Part {
        /** The image is in the index {@code <kernel>}. */
        INDEXED,
        /** The tag {@code <kernel>.<arch>} is there, but the index does not name it. */
        UNJOINED,
        /** There is no image. */
        MISSING
    }

    /** Puts the architectures into their fixed order and makes the collections unmodifiable. */
    public KernelState {
        architectures = Collections.unmodifiableMap(new TreeMap<>(architectures));
        stale = Collections.unmodifiableSet(new TreeSet<>(stale));
        silent = Collections.unmodifiableSet(new TreeSet<>(silent));
    }

    /** The architectures in this state. */
    public Set<Architecture> in(Part part) {
        Set<Architecture> found = EnumSet.noneOf(Architecture.class);
        architectures.forEach((architecture, its) -> {
            if (its == part) {
                found.add(architecture);
            }
        });
        return found;
    }
}
