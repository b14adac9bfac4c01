package io.jenkins.plugins.dtk.oci;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.text.Quote;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads JSON from outside: bounded in depth, one document only, and no name twice, which parsers would read differently. */
public final class Json {

    /** Documents of the distribution API are six levels deep. */
    private static final int DEEPEST = 64;

    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private Json() {}

    /** The object in these bytes; an error says where it is broken, and quotes nothing. */
    public static JsonNode object(byte[] bytes, String what) throws Failure {
        JsonNode node;
        try {
            node = MAPPER.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw invalid(what + " is not usable JSON" + position(e));
        } catch (IOException e) {
            throw invalid(what + " is not usable JSON");
        }
        if (node == null || !node.isObject()) {
            throw invalid(what + " is not a JSON object");
        }
        return node;
    }

    public static String position(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }

    /** A text field, or null where it is absent or null. */
    public static String text(JsonNode object, String field) throws Failure {
        JsonNode value = object.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw invalid("its field '" + field + "' is not text");
        }
        return value.textValue();
    }

    /** A map of text to text, empty where the field is absent or null. */
    public static Map<String, String> texts(JsonNode object, String field) throws Failure {
        Map<String, String> texts = new LinkedHashMap<>();
        JsonNode map = object.get(field);
        if (map == null || map.isNull()) {
            return texts;
        }
        if (!map.isObject()) {
            throw invalid("its field '" + field + "' is not an object");
        }
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            String value = text(map, entry.getKey());
            if (value != null) {
                texts.put(entry.getKey(), value);
            }
        }
        return texts;
    }

    private static Failure invalid(String reason) {
        return new Failure(Failure.Kind.INVALID, Quote.shorten(reason));
    }
}
