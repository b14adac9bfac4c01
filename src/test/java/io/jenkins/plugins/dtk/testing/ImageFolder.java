package io.jenkins.plugins.dtk.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.StringJoiner;

/** Writes small images in the folder form that skopeo reads ({@code dir:}) and pushes them with it. */
public final class ImageFolder {

    private static final String DOCKER = "application/vnd.docker.";
    private static final String OCI = "application/vnd.oci.image.";

    private ImageFolder() {}

    /**
     * Pushes an image of one layer.
     *
     * @param target {@code HOST:PORT/REPO:TAG}, reached over plain http
     * @param login {@code user:password}, or null
     */
    public static void push(
            Path folder, boolean docker, String architecture, Map<String, String> labels, String target, String login)
            throws IOException, InterruptedException {
        write(folder, docker, architecture, labels);
        String[] command = login == null
                ? new String[] {"skopeo", "copy", "--dest-tls-verify=false", "dir:" + folder, "docker://" + target}
                : new String[] {
                    "skopeo",
                    "copy",
                    "--dest-tls-verify=false",
                    "--dest-creds",
                    login,
                    "dir:" + folder,
                    "docker://" + target
                };
        Commands.run(command);
    }

    private static void write(Path folder, boolean docker, String architecture, Map<String, String> labels)
            throws IOException {
        Files.createDirectories(folder);
        byte[] layer = ("layer for " + architecture).getBytes(StandardCharsets.UTF_8);
        StringJoiner pairs = new StringJoiner(",", "{", "}");
        labels.forEach((name, value) -> pairs.add("\"" + name + "\":\"" + value + "\""));
        byte[] config = ("{\"os\":\"linux\",\"architecture\":\"" + architecture + "\",\"config\":{\"Labels\":" + pairs
                        + "},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" + digest(layer) + "\"]}}")
                .getBytes(StandardCharsets.UTF_8);
        String manifest = "{\"schemaVersion\":2,\"mediaType\":\""
                + (docker ? DOCKER + "distribution.manifest.v2+json" : OCI + "manifest.v1+json") + "\",\"config\":"
                + descriptor(docker ? DOCKER + "container.image.v1+json" : OCI + "config.v1+json", config)
                + ",\"layers\":["
                + descriptor(docker ? DOCKER + "image.rootfs.diff.tar" : OCI + "layer.v1.tar", layer) + "]}";
        Files.writeString(folder.resolve("version"), "Directory Transport Version: 1.1\n");
        Files.writeString(folder.resolve("manifest.json"), manifest);
        Files.write(folder.resolve(digest(config).substring(7)), config);
        Files.write(folder.resolve(digest(layer).substring(7)), layer);
    }

    private static String descriptor(String type, byte[] content) {
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + digest(content) + "\",\"size\":" + content.length
                + "}";
    }

    private static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
