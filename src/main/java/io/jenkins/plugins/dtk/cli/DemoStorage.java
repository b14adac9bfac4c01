package io.jenkins.plugins.dtk.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** A storage of podman for the demo alone, so that the user's own images and containers are left as they are. */
final class DemoStorage {

    private final Path folder;

    /** Prepares it in a folder, which is made for it. */
    DemoStorage(Path folder) throws IOException {
        this.folder = Files.createDirectory(folder);
        Files.writeString(
                folder.resolve("storage.conf"),
                """
                [storage]
                driver = "vfs"
                graphroot = "%1$s/images"
                runroot = "%1$s/run"
                rootless_storage_path = "%1$s/images"
                """
                        .formatted(folder));
    }

    /** What makes podman use it. Isolation by chroot needs no privileges, so it also works inside a container. */
    Map<String, String> environment() {
        return Map.of(
                "CONTAINERS_STORAGE_CONF", folder.resolve("storage.conf").toString(), "BUILDAH_ISOLATION", "chroot");
    }

    /** Removes a folder with all that is in it. Without root, some of podman's files belong to other user ids. */
    static void remove(Path folder) throws IOException, InterruptedException {
        if (Files.exists(folder) && !System.getProperty("user.name").equals("root")) {
            new ProcessBuilder("podman", "unshare", "rm", "-rf", folder.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
