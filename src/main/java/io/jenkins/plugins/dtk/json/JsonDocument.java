package io.jenkins.plugins.dtk.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.text.Quote;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * One document of JSON from outside. It is read once, from its start to its end, and must be all that there is: text
 * behind it is an error. Depth, numbers, names and the text that is kept are bounded. An error says where the document
 * is broken and quotes nothing of it, because it may be a secret.
 */
public final class JsonDocument {

    /** Manifests are six levels deep, configs of images seven. */
    private static final int DEEPEST = 64;

    private static final int LONGEST_NUMBER = 100;

    private static final int LONGEST_NAME = 1 << 16;

    /** A certificate of RHSM or a token has some ten thousand characters. */
    private static final int LONGEST_TEXT = 1 << 18;

    /** Characters of one document that may be kept, where the caller sets no other limit. */
    private static final int MOST_KEPT = 1 << 20;

    /**
     * No table of names: it would hold every name of the document, wanted or not, and some of them for the life of the
     * process.
     */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxNameLength(LONGEST_NAME)
                    .maxStringLength(LONGEST_TEXT)
                    .build())
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final String what;
    private final int mostKept;

    private JsonDocument(String what, int mostKept) {
        this.what = what;
        this.mostKept = mostKept;
    }

    /**
     * Takes what it needs from a document.
     *
     * @param <T> what the document says
     */
    @FunctionalInterface
    public interface Content<T> {
        /**
         * Reads the value at which the cursor stands.
         *
         * @throws IOException a {@link Failure} when it is not as it should be
         */
        T of(JsonCursor root) throws IOException;
    }

    /** A document with a name for messages, such as {@code the manifest}; at most 1 Mi characters of it are kept. */
    public static JsonDocument named(String what) {
        return new JsonDocument(what, MOST_KEPT);
    }

    /** The same, of which other amounts may be kept. */
    public JsonDocument keeping(int characters) {
        return new JsonDocument(what, characters);
    }

    /**
     * Reads a document in UTF-8 as it arrives.
     *
     * @throws Failure of kind INVALID when it is not one JSON document, or not as the content expects it
     * @throws IOException the stream's own
     */
    public <T> T parse(InputStream utf8, Content<T> content) throws IOException {
        return parse(new InputStreamReader(utf8, StandardCharsets.UTF_8.newDecoder()), content);
    }

    /** Reads a document in UTF-8 that is in memory. */
    public <T> T parse(byte[] utf8, Content<T> content) throws Failure {
        try {
            return parse(new ByteArrayInputStream(utf8), content);
        } catch (Failure e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("memory can always be read", e);
        }
    }

    /** Reads a document that is in memory as text. */
    public <T> T parse(String text, Content<T> content) throws Failure {
        try {
            return parse(new StringReader(text), content);
        } catch (Failure e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("memory can always be read", e);
        }
    }

    private <T> T parse(Reader text, Content<T> content) throws IOException {
        try (JsonParser parser = FACTORY.createParser(new Unmarked(text))) {
            parser.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
            if (parser.nextToken() == null) {
                throw invalid(" is not a JSON object: it is empty");
            }
            JsonCursor cursor = new JsonCursor(parser, what, mostKept);
            T result = content.of(cursor);
            cursor.end();
            return result;
        } catch (StreamConstraintsException e) {
            throw invalid(" is not usable JSON: it is nested deeper than " + DEEPEST + ", or has a text of more than "
                    + LONGEST_TEXT + " characters or a number of more than " + LONGEST_NUMBER + " digits");
        } catch (JsonProcessingException e) {
            // Not the parser's own text and not as a cause: both quote the input.
            throw invalid(" is not usable JSON" + position(e.getLocation()));
        } catch (CharacterCodingException e) {
            throw invalid(" is not text in UTF-8");
        }
    }

    private Failure invalid(String reason) {
        return new Failure(Failure.Kind.INVALID, Quote.shorten(what) + reason);
    }

    private static String position(JsonLocation place) {
        return place == null ? "" : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
    }
}
