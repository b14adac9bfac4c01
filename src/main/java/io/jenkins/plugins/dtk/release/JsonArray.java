package io.jenkins.plugins.dtk.release;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Reads one array of a JSON document element by element, so that a document of megabytes is never held as objects. All
 * else in the document is passed over, but must be JSON.
 */
final class JsonArray {

    private final JsonParser json;
    private final Element element;

    /** How many elements were read; -1 while there is no such array. */
    private int count = -1;

    /** Takes an element. The parser is at its first token, and is to be left at its last. */
    @FunctionalInterface
    interface Element {
        void read(JsonParser json) throws IOException;
    }

    private JsonArray(JsonParser json, Element element) {
        this.json = json;
        this.element = element;
    }

    /**
     * Reads a document to its end.
     *
     * @param path the names of the fields that lead to the array
     * @return how many elements it has; -1 when there is no array at the path
     * @throws IOException when it is not JSON, has a name twice in one object, or is followed by anything
     */
    static int forEach(byte[] document, Element element, String... path) throws IOException {
        try (JsonParser json = Json.MAPPER.createParser(document)) {
            JsonArray array = new JsonArray(json, element);
            json.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
            json.nextToken();
            array.descend(path, 0);
            if (json.nextToken() != null) {
                throw new IOException("there is something behind the document");
            }
            return array.count;
        }
    }

    private void descend(String[] path, int depth) throws IOException {
        if (depth == path.length && json.isExpectedStartArrayToken()) {
            elements();
        } else if (depth < path.length && json.isExpectedStartObjectToken()) {
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                json.nextToken();
                if (field.equals(path[depth])) {
                    descend(path, depth + 1);
                } else {
                    json.skipChildren();
                }
            }
        } else {
            json.skipChildren();
        }
    }

    private void elements() throws IOException {
        count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            count++;
            element.read(json);
        }
    }
}
