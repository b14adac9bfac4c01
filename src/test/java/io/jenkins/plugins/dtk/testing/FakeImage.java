package io.jenkins.plugins.dtk.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.MediaType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An image for a {@link FakeRegistry}: labels and layers, in OCI's form or in Docker's. */
public final class FakeImage {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Map<String, String> labels = new LinkedHashMap<>();
    private final List<byte[]> layers = new ArrayList<>();
    private boolean docker;
    private Architecture architecture = Architecture.X86_64;

    /** Adds a label to the config. */
    public FakeImage label(String name, String value) {
        labels.put(name, value);
        return this;
    }

    /** Adds a layer on top. */
    public FakeImage layer(byte[] layer) {
        layers.add(layer);
        return this;
    }

    /** Adds a layer of one file on top. */
    public FakeImage file(String path, String content) {
        return layer(new Tar().file(path, content).end().gzipped());
    }

    /** Writes it as Docker does, schema 2. */
    public FakeImage docker() {
        docker = true;
        return this;
    }

    /** What it runs on; x86_64 when not said. */
    public FakeImage on(Architecture newArchitecture) {
        architecture = newArchitecture;
        return this;
    }

    List<byte[]> layers() {
        return layers;
    }

    byte[] config() {
        ObjectNode config = MAPPER.createObjectNode();
        config.put("os", "linux").put("architecture", architecture.goName());
        ObjectNode all = config.putObject("config").putObject("Labels");
        labels.forEach(all::put);
        return config.toString().getBytes(StandardCharsets.UTF_8);
    }

    String mediaType() {
        return docker ? MediaType.DOCKER_MANIFEST : MediaType.OCI_MANIFEST;
    }

    public byte[] manifest() {
        ObjectNode manifest = MAPPER.createObjectNode();
        manifest.put("schemaVersion", 2).put("mediaType", mediaType());
        describe(
                manifest.putObject("config"),
                docker ? "application/vnd.docker.container.image.v1+json" : "application/vnd.oci.image.config.v1+json",
                config());
        ArrayNode list = manifest.putArray("layers");
        String type = docker
                ? "application/vnd.docker.image.rootfs.diff.tar.gzip"
                : "application/vnd.oci.image.layer.v1.tar+gzip";
        layers.forEach(layer -> describe(list.addObject(), type, layer));
        return manifest.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The manifest's digest. */
    public String digest() {
        return digest(manifest());
    }

    /** The config's digest. */
    public String configDigest() {
        return digest(config());
    }

    /** The digest of the layer on top. */
    public String topLayerDigest() {
        return digest(layers.get(layers.size() - 1));
    }

    static ObjectNode describe(ObjectNode entry, String type, byte[] content) {
        return entry.put("mediaType", type).put("digest", digest(content)).put("size", content.length);
    }

    public static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
