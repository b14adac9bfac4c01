package io.jenkins.plugins.dtk.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.text.Quote;
import java.io.IOException;

/** Writes JSON, and reads as a tree what is written again with all its fields: it was read as a stream before. */
public final class JsonTree {

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

    private JsonTree() {}

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

    /** Where a document breaks: {@code  (line 1, column 4)}, or empty. */
    public static String position(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }

    private static Failure invalid(String reason) {
        return new Failure(Failure.Kind.INVALID, Quote.shorten(reason));
    }
}
