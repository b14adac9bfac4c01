package io.jenkins.plugins.dtk.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The programs that the demo runs, and what brings them. */
final class DemoParts {

    private static final Path BINFMT = Path.of("/proc/sys/fs/binfmt_misc");

    private DemoParts() {}

    /** A line for each part that is missing, with what to install. */
    static List<String> missing() {
        Map<String, String> packages = new LinkedHashMap<>();
        packages.put("podman", "podman");
        packages.put("docker-registry", "docker-registry");
        List<String> lines = new ArrayList<>();
        packages.forEach((program, debian) -> {
            if (!isOnPath(program)) {
                lines.add(program + " is missing: apt-get install " + debian);
            }
        });
        String foreign = System.getProperty("os.arch").equals("aarch64") ? "x86_64" : "aarch64";
        if (!Files.exists(BINFMT.resolve("qemu-" + foreign))) {
            lines.add("this machine runs no programs of " + foreign
                    + ": apt-get install qemu-user-static binfmt-support, and update-binfmts --enable qemu-" + foreign);
        }
        return lines;
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> !folder.isEmpty() && Files.isExecutable(Path.of(folder, program)));
    }
}
