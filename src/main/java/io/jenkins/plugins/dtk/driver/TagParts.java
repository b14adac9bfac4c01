package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelFlavour;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;

/** Reads the parts of a driver's tag. What stands behind a kernel's distribution mark is no part of its version. */
final class TagParts {

    private static final String NVR = "\\d+\\.\\d+\\.\\d+-\\d+(?:\\.(?:rt)?\\d+)*\\.(?:el|scos)\\d+(?:_\\d+)?";
    private static final String ARCH = "x86_64|aarch64|ppc64le|s390x";

    /** What a placeholder's value looks like in a tag. */
    static final Map<String, String> FORMS = Map.of(
            "kernel", NVR + "\\.(?:" + ARCH + ")(?:_(?:rt|64k))?",
            "nvr", NVR,
            "rhel", "\\d+(?:\\.\\d+)?",
            "openshift", "\\d+\\.\\d+",
            "arch", ARCH,
            "goarch", "amd64|arm64|ppc64le|s390x",
            "flavour", "standard|rt|64k");

    private TagParts() {}

    /** What they say; nothing when they contradict each other, or name a kernel that RHEL CoreOS does not ship. */
    static Optional<DriverTag> of(Matcher tag, String version) {
        try {
            String kernel = group(tag, "kernel").replaceFirst("_(rt|64k)$", "+$1");
            String nvr = group(tag, "nvr");
            KernelVersion read = KernelVersion.parse(kernel.isEmpty() ? nvr : kernel);
            if (!kernel.isEmpty() && !nvr.isEmpty() && !read.nvr().equals(nvr)) {
                return Optional.empty();
            }
            String flavour = group(tag, "flavour");
            String arch = group(tag, "arch") + group(tag, "goarch");
            return Optional.of(new DriverTag(
                    version.isEmpty() ? group(tag, "version") : version,
                    read.withoutArchitecture(),
                    arch.isEmpty()
                            ? read.architecture()
                            : Optional.of(Architecture.parse(
                                    group(tag, "arch").isEmpty() ? group(tag, "goarch") : group(tag, "arch"))),
                    flavour.isEmpty() ? read.flavour() : KernelFlavour.parse(flavour)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String group(Matcher tag, String name) {
        // Before Java 20 a pattern does not say which names it has.
        String pattern = tag.pattern().pattern();
        return pattern.contains("(?<" + name + ">") ? tag.group(name) : "";
    }
}
