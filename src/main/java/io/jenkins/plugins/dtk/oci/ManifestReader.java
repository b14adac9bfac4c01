package io.jenkins.plugins.dtk.oci;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.json.JsonCursor;
import io.jenkins.plugins.dtk.json.JsonDocument;
import io.jenkins.plugins.dtk.text.Quote;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads manifests of the four supported types. */
final class ManifestReader {

    /** Images of ostree have up to 500 layers, others less than 130. */
    private static final int MOST_LAYERS = 2_000;

    private static final int MOST_MANIFESTS = 10_000;

    private long schemaVersion;
    private String mediaType;
    private boolean hasConfig;
    private boolean hasLayers;
    private boolean hasManifests;
    private DescriptorReader config;
    private List<DescriptorReader> layers;
    private List<DescriptorReader> manifests;
    private Map<String, String> annotations = Map.of();

    private ManifestReader() {}

    /** Reads a manifest; the type that came with it and the one inside must not contradict each other. */
    static Manifest parse(String contentType, byte[] bytes) throws Failure {
        ManifestReader read = new ManifestReader();
        return JsonDocument.named("the manifest").parse(bytes, root -> {
            root.fields(read::field);
            return read.manifest(bare(contentType), bytes);
        });
    }

    private void field(String name, JsonCursor value) throws IOException {
        switch (name) {
            case "schemaVersion" -> schemaVersion = value.wholeNumber(0);
            case "mediaType" -> mediaType = value.text();
            case "annotations" -> annotations = value.texts();
            case "config" -> {
                hasConfig = true;
                config = value.isObject() ? DescriptorReader.parse(value) : null;
            }
            case "layers" -> {
                hasLayers = true;
                layers = value.isList() ? value.list(MOST_LAYERS, DescriptorReader::parse) : null;
            }
            case "manifests" -> {
                hasManifests = true;
                manifests = value.isList() ? value.list(MOST_MANIFESTS, DescriptorReader::parse) : null;
            }
            default -> {}
        }
    }

    private Manifest manifest(String outer, byte[] bytes) throws Failure {
        if (schemaVersion == 1 || (outer != null && outer.contains("distribution.manifest.v1+"))) {
            throw invalid(
                    "it is a schema 1 manifest, a form given up in 2019; push the image again with a current tool");
        }
        String type = type(outer);
        if (MediaType.isIndex(type)) {
            return new ImageIndex(type, bytes, descriptors(manifests, "manifests"), annotations);
        }
        if (config == null) {
            throw invalid("the manifest names no config");
        }
        return new ImageManifest(type, bytes, config.descriptor(), descriptors(layers, "layers"), annotations);
    }

    /**
     * The type of a manifest. One that can be read as both an image and an index is refused: two tools would see two
     * things under one digest (CVE-2021-41190).
     */
    private String type(String outer) throws Failure {
        if (hasManifests && (hasLayers || hasConfig)) {
            throw invalid("the manifest claims to be an image and an index at once");
        }
        boolean outerKnown = MediaType.isImage(outer) || MediaType.isIndex(outer);
        if (outerKnown && mediaType != null && !mediaType.equals(outer)) {
            throw invalid("the manifest came as " + outer + " and says it is " + Quote.shorten(mediaType));
        }
        String type = outerKnown ? outer : mediaType;
        if (type == null && (outer == null || outer.endsWith("/json") || outer.equals("application/octet-stream"))) {
            // OCI leaves the field out, and some servers the header.
            type = hasManifests ? MediaType.OCI_INDEX : MediaType.OCI_MANIFEST;
        }
        if (!MediaType.isImage(type) && !MediaType.isIndex(type)) {
            throw invalid("its type " + Quote.of(type == null ? outer : type) + " is not that of an image");
        }
        if (hasManifests != MediaType.isIndex(type)) {
            throw invalid("the manifest says it is " + type + " but does not look like one");
        }
        return type;
    }

    private static List<Descriptor> descriptors(List<DescriptorReader> entries, String field) throws Failure {
        if (entries == null) {
            throw invalid("the manifest has no list of " + field);
        }
        List<Descriptor> descriptors = new ArrayList<>(entries.size());
        for (DescriptorReader entry : entries) {
            descriptors.add(entry.descriptor());
        }
        return descriptors;
    }

    /** A content type without its parameters, in lower case. */
    private static String bare(String contentType) {
        if (contentType == null || contentType.isBlank()) {
            return null;
        }
        return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static Failure invalid(String reason) {
        return new Failure(Kind.INVALID, reason);
    }
}
