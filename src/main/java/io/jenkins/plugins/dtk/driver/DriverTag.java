package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelFlavour;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.library.LibraryTag;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a tag of a driver's image says.
 *
 * @param version the driver's; empty where the tag has none
 * @param kernel the kernel, without architecture; before RHEL 9.3 a real-time kernel has a version of its own
 * @param architecture nothing where the tag has none
 * @param flavour of the kernel
 */
record DriverTag(String version, KernelVersion kernel, Optional<Architecture> architecture, KernelFlavour flavour) {

    /**
     * Reads a tag; nothing when no pattern can have made it, or when it can be read in more than one way.
     *
     * @param version the driver's, which the tag must have; empty: any
     */
    static Optional<DriverTag> parse(String tag, Collection<TagPattern> patterns, String version) {
        Set<DriverTag> found = patterns.stream()
                .flatMap(pattern -> pattern.parse(tag, version).stream())
                .collect(Collectors.toSet());
        return found.size() == 1 ? Optional.of(found.iterator().next()) : Optional.empty();
    }

    /** The same as a tag of a library: all flavours of a kernel belong to the standard one. */
    LibraryTag ofLibrary() {
        return new LibraryTag(kernel.standard(), architecture);
    }

    /** Whether it is for this kernel; a tag without architecture may be for any. */
    boolean isFor(KernelVersion wanted, Architecture on) {
        return kernel.equals(wanted.withoutArchitecture())
                && flavour == wanted.flavour()
                && architecture.map(on::equals).orElse(true);
    }
}
