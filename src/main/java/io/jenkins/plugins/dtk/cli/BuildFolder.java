package io.jenkins.plugins.dtk.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.dtk.oci.ImageReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A private folder for builds, with all logins in one file, which podman wants. It is deleted at the end. */
final class BuildFolder implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path folder;

    /**
     * @param logs made where it is not there
     * @param logins files as docker and podman keep logins, checked before; of a registry in several the last counts
     * @param located where images really are: podman asks there, and has to find the login under that name, too
     */
    BuildFolder(Path logs, List<Optional<Path>> logins, UnaryOperator<ImageReference> located) throws IOException {
        Files.createDirectories(logs);
        folder = Files.createTempDirectory(
                "dtk-build", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createDirectory(folder.resolve("empty"));
        ObjectNode all = MAPPER.createObjectNode();
        ObjectNode auths = all.putObject("auths");
        for (Optional<Path> login : logins) {
            if (login.isPresent()) {
                JsonNode own = MAPPER.readTree(TextFile.read(login.get()).replace("\ufeff", ""));
                for (Map.Entry<String, JsonNode> entry : own.path("auths").properties()) {
                    auths.set(place(entry.getKey(), located), entry.getValue());
                    auths.set(entry.getKey(), entry.getValue());
                }
            }
        }
        MAPPER.writeValue(logins().toFile(), all);
    }

    /** The registry where images of this key are; the key itself where it is a pattern, an address or the like. */
    private static String place(String key, UnaryOperator<ImageReference> located) {
        try {
            return located.apply(ImageReference.parse(key.contains("/") ? key : key + "/any"))
                    .registry();
        } catch (IllegalArgumentException e) {
            return key;
        }
    }

    Path path() {
        return folder;
    }

    Path logins() {
        return folder.resolve("auth.json");
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
