package io.jenkins.plugins.dtk.release;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The tags of an ImageStream in JSON, {@code spec.tags[]}, that someone wants. The others, of which a payload has some
 * 200, are passed over.
 */
final class ImageStreamTags {

    private final Predicate<String> wanted;
    private final Map<String, JsonNode> found = new LinkedHashMap<>();
    private final int count;

    /**
     * Reads an ImageStream.
     *
     * @param wanted tells by the name of a tag whether it is wanted
     * @throws IOException when it is not JSON
     */
    ImageStreamTags(byte[] imageStream, Predicate<String> wanted) throws IOException {
        this.wanted = wanted;
        this.count = Math.max(0, JsonArray.forEach(imageStream, this::read, "spec", "tags"));
    }

    /** The wanted tags by their names. */
    Map<String, JsonNode> found() {
        return found;
    }

    /** How many tags there are, wanted or not. */
    int count() {
        return count;
    }

    /** The name is written first, so most tags are known to be of no interest before the rest of them is looked at. */
    private void read(JsonParser json) throws IOException {
        if (!json.isExpectedStartObjectToken()) {
            json.skipChildren();
            return;
        }
        ObjectNode tag = Json.MAPPER.createObjectNode();
        boolean unwanted = false;
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            if (unwanted) {
                json.skipChildren();
            } else if (field.equals("name") && value == JsonToken.VALUE_STRING && !wanted.test(json.getText())) {
                unwanted = true;
            } else {
                tag.set(field, json.<JsonNode>readValueAsTree());
            }
        }
        String name = tag.path("name").asText();
        if (wanted.test(name)) {
            found.put(name, tag);
        }
    }
}
