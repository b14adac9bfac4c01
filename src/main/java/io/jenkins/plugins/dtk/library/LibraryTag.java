package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tag of the library's form: {@code <kernel>} or {@code <kernel>.<arch>}.
 *
 * @param kernel the kernel, without architecture
 * @param architecture nothing for the multi-arch index
 */
public record LibraryTag(KernelVersion kernel, Optional<Architecture> architecture) {

    /**
     * Stricter than a kernel's version: behind the distribution mark stands nothing but the architecture. Who tags
     * {@code <kernel>.x86_64-debug} or {@code <kernel>.x86_64_rt} means something of their own.
     */
    private static final Pattern FORM = Pattern.compile(
            "(\\d+\\.\\d+\\.\\d+-\\d+(?:\\.\\d+)*\\.(?:el|scos)\\d+(?:_\\d+)?)(?:\\.(x86_64|aarch64|ppc64le|s390x))?");

    /** Reads a tag; nothing when it is of another form. */
    public static Optional<LibraryTag> parse(String tag) {
        Matcher form = FORM.matcher(tag);
        return form.matches() && KernelVersion.isKernelVersion(form.group(1))
                ? Optional.of(new LibraryTag(
                        KernelVersion.parse(form.group(1)),
                        Optional.ofNullable(form.group(2)).map(Architecture::parse)))
                : Optional.empty();
    }

    /** The tag of one architecture of a kernel, from that of its index: {@code <kernel>.<arch>}. */
    static String of(String kernelTag, Architecture architecture) {
        return kernelTag + "." + architecture.rpmName();
    }

    /** How a kernel that an image names is written in a tag: a plus sign, not allowed there, is an underscore. */
    static String written(String kernel) {
        return kernel.replace('+', '_');
    }
}
