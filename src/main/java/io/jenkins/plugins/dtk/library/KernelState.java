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
 * @param rejected those that are missing because what their tag names is not what it claims, with the reason in one line
 */
record KernelState(
        Map<Architecture, Presence> architectures,
        Set<Architecture> stale,
        Set<Architecture> silent,
        Map<Architecture, String> rejected) {

    /** What the library holds of one architecture of a kernel. */
    public enum Presence {
        /** The index {@code <kernel>} names the image, and the registry has it. */
        INDEXED,
        /** The image is under the tag {@code <kernel>.<arch>}, but the index does not name one that is there. */
        UNJOINED,
        /** There is no image. */
        MISSING
    }

    /** Puts the architectures into their fixed order and makes the collections unmodifiable. */
    public KernelState {
        architectures = Collections.unmodifiableMap(new TreeMap<>(architectures));
        stale = Collections.unmodifiableSet(new TreeSet<>(stale));
        silent = Collections.unmodifiableSet(new TreeSet<>(silent));
        rejected = Collections.unmodifiableMap(new TreeMap<>(rejected));
    }

    /** The architectures in this state. */
    public Set<Architecture> in(Presence part) {
        Set<Architecture> found = EnumSet.noneOf(Architecture.class);
        architectures.forEach((architecture, its) -> {
            if (its == part) {
                found.add(architecture);
            }
        });
        return found;
    }
}
