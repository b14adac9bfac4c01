package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import java.util.Map;

/**
 * Compares what a tag claims with what its image says of itself: a proxy may answer one tag with the image of another.
 * An image that says nothing of its kernel, because something else built it, fits any tag.
 */
final class KernelClaim {

    /** The label with the full kernel version, as the Driver Toolkit of OpenShift has it from 4.23 on. */
    static final String LABEL = "kernel-version";

    /** The kernel without architecture, as label of an image and as annotation of its index. */
    static final String VERSION = "org.opencontainers.image.version";

    private final String kernelTag;

    KernelClaim(String kernelTag) {
        this.kernelTag = kernelTag;
    }

    /** Whether the annotations of an index name a kernel at all. */
    static boolean isStated(Map<String, String> annotations) {
        return KernelVersion.isKernelVersion(annotations.getOrDefault(VERSION, ""));
    }

    /** Whether the annotations of an index name no other kernel. */
    boolean fitsIndex(Map<String, String> annotations) {
        return !isStated(annotations)
                || LibraryTag.written(annotations.get(VERSION)).equals(kernelTag);
    }

    /** The other kernel that an image's labels name, or nothing: an empty text. */
    String other(Map<String, String> labels, Architecture architecture) {
        String kernel = LibraryTag.written(labels.getOrDefault(LABEL, ""));
        boolean fits = kernel.isEmpty()
                || kernel.equals(kernelTag)
                || (architecture != null && kernel.equals(LibraryTag.of(kernelTag, architecture)));
        return fits ? "" : kernel;
    }
}
