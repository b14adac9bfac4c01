package io.jenkins.plugins.dtk.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An image as the registry has it, read by skopeo. */
final class PushedImage {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final BuildAgent agent;
    private final Path folder;
    private final String digest;
    private final JsonNode manifest;
    private final JsonNode config;

    private PushedImage(BuildAgent agent, Path folder) throws Exception {
        this.agent = agent;
        this.folder = folder;
        byte[] text = Files.readAllBytes(folder.resolve("manifest.json"));
        this.digest = "sha256:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        this.manifest = JSON.readTree(text);
        this.config = JSON.readTree(blob(manifest.at("/config/digest").asText()).toFile());
    }

    /** Copies the image for amd64 {@code HOST/REPO:TAG} or {@code HOST/REPO@DIGEST} into a folder of the agent's. */
    static PushedImage read(BuildAgent agent, String image) throws Exception {
        Path folder = Files.createTempDirectory(agent.home(), "pushed");
        agent.run(
                "skopeo",
                "copy",
                "--quiet",
                "--src-tls-verify=false",
                "--src-creds=" + BuildSite.USER + ":" + BuildSite.PASSWORD,
                "docker://" + image,
                "dir:" + folder);
        return new PushedImage(agent, folder);
    }

    String digest() {
        return digest;
    }

    Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        config.at("/config/Labels")
                .fields()
                .forEachRemaining(
                        label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    Map<String, String> annotations() {
        Map<String, String> annotations = new TreeMap<>();
        manifest.get("annotations")
                .fields()
                .forEachRemaining(annotation -> annotations.put(
                        annotation.getKey(), annotation.getValue().asText()));
        return annotations;
    }

    String architecture() {
        return config.get("architecture").asText();
    }

    /** The names in each layer, the base image's first. */
    List<List<String>> layers() throws Exception {
        List<List<String>> layers = new ArrayList<>();
        for (JsonNode layer : manifest.get("layers")) {
            String list =
                    agent.run("tar", "-tzf", blob(layer.get("digest").asText()).toString());
            layers.add(list.lines().toList());
        }
        return layers;
    }

    /** The packages that rpm finds installed, NAME-VERSION-RELEASE.ARCH each: the last layer but one has its database. */
    List<String> packages() throws Exception {
        JsonNode layers = manifest.get("layers");
        Path installed = blob(layers.get(layers.size() - 2).get("digest").asText());
        Path database = Files.createTempDirectory(agent.home(), "rpm");
        agent.run("tar", "-xzf", installed.toString(), "-C", database.toString(), "var/lib/rpm");
        return agent.run(
                        "rpm",
                        "-qa",
                        "--dbpath",
                        database.resolve("var/lib/rpm").toString())
                .lines()
                .toList();
    }

    /** A file's text in the last layer. */
    String inLastLayer(String file) throws Exception {
        JsonNode layers = manifest.get("layers");
        Path last = blob(layers.get(layers.size() - 1).get("digest").asText());
        return agent.run("tar", "-xzOf", last.toString(), file);
    }

    private Path blob(String digest) {
        return folder.resolve(digest.substring("sha256:".length()));
    }
}
