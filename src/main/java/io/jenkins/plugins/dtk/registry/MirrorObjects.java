package io.jenkins.plugins.dtk.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.jenkins.plugins.dtk.json.JsonTree;
import io.jenkins.plugins.dtk.text.Quote;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Reads OpenShift's objects that name mirrors, alone, several behind each other, or in a List; as {@code oc get -o yaml}
 * or {@code -o json} prints them and oc-mirror writes them.
 */
final class MirrorObjects {

    /** By the kind: the field below spec, and for which images the mirrors are. */
    private static final Map<String, List<String>> KINDS = Map.of(
            "ImageDigestMirrorSet", List.of("imageDigestMirrors", MirrorSettings.DIGEST_ONLY),
            "ImageTagMirrorSet", List.of("imageTagMirrors", MirrorSettings.TAG_ONLY),
            "ImageContentSourcePolicy", List.of("repositoryDigestMirrors", MirrorSettings.DIGEST_ONLY));

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private MirrorObjects() {}

    static void addTo(String text, MirrorSettings settings) {
        boolean json = text.strip().startsWith("{");
        try {
            if (json) {
                object(JsonTree.MAPPER.readValue(text, Object.class), settings);
            } else {
                documents(text).forEach(document -> object(document, settings));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is not usable " + (json ? "JSON" : "YAML") + JsonTree.position(e));
        } catch (IOException e) {
            throw new IllegalStateException(e); // a text in memory can always be read
        }
    }

    private static List<Object> documents(String text) throws IOException {
        try (YAMLParser parser = YAML.getFactory().createParser(text)) {
            while (parser.nextToken() != null) {
                if (parser.isCurrentAlias()) { // Jackson gives its name for its value.
                    throw new IllegalArgumentException("has an alias in line "
                            + parser.currentTokenLocation().getLineNr() + "; write its value out");
                }
            }
        }
        try (MappingIterator<Object> all = YAML.readerFor(Object.class).readValues(text)) {
            return all.readAll();
        }
    }

    private static void object(Object document, MirrorSettings settings) {
        String kind = text(document, "kind");
        List<String> known = KINDS.get(kind);
        if (kind.endsWith("List") || kind.isEmpty() && get(document, "items") != null) {
            list(get(document, "items")).forEach(item -> object(item, settings));
        } else if (known != null) {
            for (Object entry : list(get(get(document, "spec"), known.get(0)))) {
                enter(entry, known.get(1), settings);
            }
        } else if (document != null) {
            settings.note("an object of the kind " + Quote.of(kind) + " names no mirrors and is passed over");
        }
    }

    private static void enter(Object entry, String mode, MirrorSettings settings) {
        String source = text(entry, "source");
        for (Object mirror : list(get(entry, "mirrors"))) {
            settings.mirror(source, mode, String.valueOf(mirror));
        }
        String policy = text(entry, "mirrorSourcePolicy");
        if (policy.equals("NeverContactSource")) {
            settings.block(source);
        } else if (!policy.isEmpty() && !policy.equals("AllowContactingSource")) {
            settings.note("mirrorSourcePolicy " + Quote.of(policy) + " is not known");
        }
    }

    private static Object get(Object from, String key) {
        return from instanceof Map<?, ?> map ? map.get(key) : null;
    }

    private static String text(Object from, String key) {
        Object value = get(from, key);
        return value == null ? "" : String.valueOf(value);
    }

    private static List<?> list(Object from) {
        return from instanceof List<?> list ? list : List.of();
    }
}
