package io.jenkins.plugins.dtk.matrix;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.kernel.RhelVersion;
import io.jenkins.plugins.dtk.kernel.Stream;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One kernel of the matrix: what to build an image for, from what, and what the library has of it.
 *
 * @param rhel the RHEL release it is built for; for CentOS Stream the major only
 * @param kernel its NVR, without architecture
 * @param architectures the architectures that ship it
 * @param kernelRt the real-time kernel beside it, x86_64 only
 * @param kernel64k the kernel with 64 KiB pages beside it, aarch64 only
 * @param stream the operating system's line
 * @param base the base image, with the digests for these architectures
 * @param releases the releases that ship it, oldest first
 * @param builds the RHEL CoreOS builds that have it
 * @param library what the library has, or empty when it was not asked
 */
public record MatrixKernel(
        RhelVersion rhel,
        KernelVersion kernel,
        Set<Architecture> architectures,
        Optional<KernelVersion> kernelRt,
        Optional<KernelVersion> kernel64k,
        Stream stream,
        BaseImage base,
        List<String> releases,
        List<String> builds,
        Optional<LibraryState> library) {

    /** Puts the architectures into their fixed order and makes the collections unmodifiable. */
    public MatrixKernel {
        architectures = ordered(architectures);
        base = base.on(architectures);
        releases = List.copyOf(releases);
        builds = List.copyOf(builds);
    }

    /**
     * What the library has of a kernel.
     *
     * @param missing the architectures that have no image
     * @param unjoined the architectures whose image is there, but not in the multi-arch index
     * @param stale the architectures whose image is there, but says that it was built on another base image
     */
    public record LibraryState(Set<Architecture> missing, Set<Architecture> unjoined, Set<Architecture> stale) {
        /** Puts the sets into their fixed order and makes them unmodifiable. */
        public LibraryState {
            missing = ordered(missing);
            unjoined = ordered(unjoined);
            stale = ordered(stale);
        }

        /** Of a library in which nothing is stale. */
        public LibraryState(Set<Architecture> missing, Set<Architecture> unjoined) {
            this(missing, unjoined, Set.of());
        }
    }

    /** The architectures to build: what the library lacks; none where it was not asked. */
    public Set<Architecture> missing() {
        return library.map(LibraryState::missing).orElse(Set.of());
    }

    /** The architectures whose image only has to be put into the index. */
    public Set<Architecture> unjoined() {
        return library.map(LibraryState::unjoined).orElse(Set.of());
    }

    /** The architectures whose image says that it was built on another base image than this kernel's is now. */
    public Set<Architecture> stale() {
        return library.map(LibraryState::stale).orElse(Set.of());
    }

    /** The same kernel with what the library has of it. */
    public MatrixKernel with(LibraryState state) {
        return new MatrixKernel(
                rhel, kernel, architectures, kernelRt, kernel64k, stream, base, releases, builds, Optional.of(state));
    }

    /** The same kernel on a base image. */
    MatrixKernel on(BaseImage newBase) {
        return new MatrixKernel(
                rhel, kernel, architectures, kernelRt, kernel64k, stream, newBase, releases, builds, library);
    }

    private static Set<Architecture> ordered(Collection<Architecture> architectures) {
        Set<Architecture> set = EnumSet.noneOf(Architecture.class);
        set.addAll(architectures);
        return Collections.unmodifiableSet(set);
    }
}
