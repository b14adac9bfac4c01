package io.jenkins.plugins.dtk.jenkins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A place of a test's own for podman's images. */
final class Storage {

    private Storage() {}

    /** Writes a {@code storage.conf} for images in this folder, and says where it is. */
    static Path in(Path folder) throws IOException {
        return Files.writeString(
                folder.resolve("storage.conf"),
                """
                [storage]
                driver = "vfs"
                graphroot = "%1$s/podman/images"
                runroot = "%1$s/podman/run"
                rootless_storage_path = "%1$s/podman/images"
                """
                        .formatted(folder));
    }
}
