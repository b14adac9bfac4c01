package io.jenkins.plugins.dtk.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The static busybox programs of both architectures, which the stand-in base images are made of. */
public final class Busybox {

    private Busybox() {}

    /** Whether both are in a folder. */
    public static boolean isIn(Path folder) {
        return List.of("busybox-x86_64", "busybox-aarch64").stream()
                .allMatch(name -> Files.isExecutable(folder.resolve(name)));
    }

    /**
     * Brings those that are not in a folder from Debian's mirrors, and returns the folder.
     *
     * @throws IOException when that fails; one line
     */
    public static Path fetch(Path folder) throws IOException, InterruptedException {
        if (!isIn(folder)) {
            Scripts.run("fetch-busybox.sh", folder.toString());
        }
        return folder;
    }
}
