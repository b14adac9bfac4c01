package io.jenkins.plugins.dtk.embedded;

import io.jenkins.plugins.dtk.kernel.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What this machine's agent can do, as labels: the tools that build images, and the architectures, by their RPM names,
 * whose programs it runs: its own, and those that the kernel hands to QEMU (binfmt_misc).
 */
final class AgentLabels {

    static final Path BINFMT = Path.of("/proc/sys/fs/binfmt_misc");

    private static final List<String> BUILDERS = List.of("podman", "buildah", "docker");

    private AgentLabels() {}

    /** @param osArch the JVM's name of the architecture, {@code os.arch} */
    static Set<String> of(String searchPath, String osArch, Path binfmt) {
        Set<String> labels = new LinkedHashSet<>();
        for (Architecture architecture : Architecture.values()) {
            boolean own = osArch.equals(architecture.rpmName()) || osArch.equals(architecture.goName());
            if (own || isEmulated(binfmt.resolve("qemu-" + architecture.rpmName()))) {
                labels.add(architecture.rpmName());
            }
        }
        for (String builder : BUILDERS) {
            if (onPath(searchPath, builder)) {
                labels.add(builder);
            }
        }
        return labels;
    }

    /** Only a handler with the flag F is opened at once, so that it works in a container, which has no QEMU itself. */
    private static boolean isEmulated(Path handler) {
        try {
            List<String> lines = Files.readAllLines(handler);
            return lines.contains("enabled")
                    && lines.stream().anyMatch(line -> line.startsWith("flags:") && line.indexOf('F') > 0);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean onPath(String searchPath, String program) {
        for (String folder : searchPath.split(":")) {
            Path file = Path.of(folder, program);
            if (!folder.isEmpty() && Files.isRegularFile(file) && Files.isExecutable(file)) {
                return true;
            }
        }
        return false;
    }
}
