package io.jenkins.plugins.dtk.oci;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.json.JsonTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Writes indexes. The same content always gives the same bytes, and so the same digest. */
final class IndexWriter {

    private IndexWriter() {}

    static ImageIndex write(
            String mediaType, Iterable<JsonNode> kept, List<Descriptor> manifests, Map<String, String> annotations) {
        if (!MediaType.isIndex(mediaType)) {
            throw new IllegalArgumentException("not the type of an index: " + mediaType);
        }
        ObjectNode index = JsonTree.MAPPER.createObjectNode();
        index.put("schemaVersion", 2);
        index.put("mediaType", mediaType);
        ArrayNode entries = index.putArray("manifests");
        kept.forEach(entries::add);
        manifests.forEach(manifest -> entries.add(entry(manifest)));
        if (mediaType.equals(MediaType.OCI_INDEX)) {
            putTexts(index, annotations);
        }
        try {
            byte[] bytes = JsonTree.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(index);
            return (ImageIndex) ManifestReader.parse(mediaType, bytes);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        } catch (Failure e) {
            throw new IllegalArgumentException(e.reason(), e);
        }
    }

    /** The entries of an index that fit, with all their fields, known to us or not. */
    static List<JsonNode> entries(ImageIndex index, Predicate<Descriptor> keep) {
        try {
            JsonNode list = JsonTree.MAPPER.readTree(index.bytes()).get("manifests");
            List<JsonNode> kept = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                if (keep.test(index.manifests().get(i))) {
                    kept.add(list.get(i));
                }
            }
            return kept;
        } catch (IOException e) {
            throw new UncheckedIOException("it was read before", e);
        }
    }

    private static ObjectNode entry(Descriptor manifest) {
        ObjectNode entry = JsonTree.MAPPER.createObjectNode();
        entry.put("mediaType", manifest.mediaType());
        entry.put("size", manifest.size());
        entry.put("digest", manifest.digest().toString());
        Platform platform = manifest.platform();
        if (platform != null) {
            ObjectNode node = entry.putObject("platform");
            node.put("architecture", platform.architecture());
            node.put("os", platform.os());
            if (platform.variant() != null) {
                node.put("variant", platform.variant());
            }
        }
        putTexts(entry, manifest.annotations());
        return entry;
    }

    private static void putTexts(ObjectNode node, Map<String, String> annotations) {
        if (!annotations.isEmpty()) {
            ObjectNode texts = node.putObject("annotations");
            new TreeMap<>(annotations).forEach(texts::put);
        }
    }
}
