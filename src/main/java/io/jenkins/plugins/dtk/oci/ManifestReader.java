package io.jenkins.plugins.dtk.oci;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.text.Quote;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads manifests of the four supported types, and image configs. */
public final class ManifestReader {

    private ManifestReader() {}

    /** Reads a manifest; the type that came with it and the one inside must not contradict each other. */
    static Manifest read(String contentType, byte[] bytes) throws Failure {
        JsonNode json = Json.object(bytes, "the manifest");
        String outer = bare(contentType);
        if (json.path("schemaVersion").asInt() == 1 || (outer != null && outer.contains("distribution.manifest.v1+"))) {
            throw invalid(
                    "it is a schema 1 manifest, a form given up in 2019; push the image again with a current tool");
        }
        String type = type(outer, Json.text(json, "mediaType"), json);
        if (MediaType.isIndex(type)) {
            return new ImageIndex(type, bytes, descriptors(json, "manifests"), Json.texts(json, "annotations"));
        }
        if (!json.path("config").isObject()) {
            throw invalid("the manifest names no config");
        }
        return new ImageManifest(
                type,
                bytes,
                descriptor(json.get("config")),
                descriptors(json, "layers"),
                Json.texts(json, "annotations"));
    }

    /**
     * The type of a manifest. One that can be read as both an image and an index is refused: two tools would see two
     * things under one digest (CVE-2021-41190).
     */
    private static String type(String outer, String inner, JsonNode json) throws Failure {
        boolean index = json.has("manifests");
        if (index && (json.has("layers") || json.has("config"))) {
            throw invalid("the manifest claims to be an image and an index at once");
        }
        boolean outerKnown = MediaType.isImage(outer) || MediaType.isIndex(outer);
        if (outerKnown && inner != null && !inner.equals(outer)) {
            throw invalid("the manifest came as " + outer + " and says it is " + Quote.shorten(inner));
        }
        String type = outerKnown ? outer : inner;
        if (type == null && (outer == null || outer.endsWith("/json") || outer.equals("application/octet-stream"))) {
            // OCI leaves the field out, and some servers the header.
            type = index ? MediaType.OCI_INDEX : MediaType.OCI_MANIFEST;
        }
        if (!MediaType.isImage(type) && !MediaType.isIndex(type)) {
            throw invalid("its type " + Quote.of(type == null ? outer : type) + " is not that of an image");
        }
        if (index != MediaType.isIndex(type)) {
            throw invalid("the manifest says it is " + type + " but does not look like one");
        }
        return type;
    }

    private static List<Descriptor> descriptors(JsonNode json, String field) throws Failure {
        List<Descriptor> descriptors = new ArrayList<>();
        JsonNode list = json.get(field);
        if (list == null || !list.isArray()) {
            throw invalid("the manifest has no list of " + field);
        }
        for (JsonNode entry : list) {
            descriptors.add(descriptor(entry));
        }
        return descriptors;
    }

    private static Descriptor descriptor(JsonNode json) throws Failure {
        String digest = Json.text(json, "digest");
        if (digest == null || !Digest.isValid(digest)) {
            throw invalid(Quote.of(digest) + " in the manifest is not a digest");
        }
        JsonNode size = json.path("size");
        if (!size.isIntegralNumber() || !size.canConvertToLong() || size.longValue() < 0) {
            throw invalid("the manifest gives no size for " + digest);
        }
        String mediaType = Json.text(json, "mediaType");
        return new Descriptor(
                mediaType == null ? "" : mediaType,
                digest,
                size.longValue(),
                Json.texts(json, "annotations"),
                platform(json.path("platform")));
    }

    private static Platform platform(JsonNode json) throws Failure {
        String os = Json.text(json, "os");
        String architecture = Json.text(json, "architecture");
        return os == null || architecture == null ? null : new Platform(os, architecture, variant(json));
    }

    private static String variant(JsonNode json) throws Failure {
        String variant = Json.text(json, "variant");
        return variant == null || variant.isEmpty() ? null : variant;
    }

    /** Reads the config of an image. */
    public static ImageConfig config(byte[] bytes) throws Failure {
        JsonNode json = Json.object(bytes, "the config of the image");
        String os = Json.text(json, "os");
        String architecture = Json.text(json, "architecture");
        return new ImageConfig(
                os == null ? "" : os,
                architecture == null ? "" : architecture,
                variant(json),
                Json.texts(json.path("config"), "Labels"));
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
