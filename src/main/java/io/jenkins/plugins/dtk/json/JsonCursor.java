package io.jenkins.plugins.dtk.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.text.Quote;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Stands at one value of a {@link JsonDocument}. The value is taken by one call; what is not taken is passed over. A
 * field that is taken twice is an error, because two readers would understand two things.
 */
public final class JsonCursor {

    /** What a kept text costs beside its characters. */
    private static final int OVERHEAD = 32;

    private final JsonParser parser;
    private final String what;
    private final int mostKept;
    private int kept;
    private String field;
    private boolean taken;

    JsonCursor(JsonParser parser, String what, int mostKept) {
        this.parser = parser;
        this.what = what;
        this.mostKept = mostKept;
    }

    /** Takes a field of an object, or leaves it alone. */
    @FunctionalInterface
    public interface Field {
        void at(String name, JsonCursor value) throws IOException;
    }

    /** Takes an element of a list, or leaves it alone. */
    @FunctionalInterface
    public interface Element {
        void at(JsonCursor value) throws IOException;
    }

    /**
     * Makes something of an element of a list.
     *
     * @param <T> what it is
     */
    @FunctionalInterface
    public interface Item<T> {
        T of(JsonCursor value) throws IOException;
    }

    /** Whether the value is an object. */
    public boolean isObject() {
        return parser.currentToken() == JsonToken.START_OBJECT;
    }

    /** Whether the value is a list. */
    public boolean isList() {
        return parser.currentToken() == JsonToken.START_ARRAY;
    }

    /** Whether the value is text. */
    public boolean isText() {
        return parser.currentToken() == JsonToken.VALUE_STRING;
    }

    /** Whether the value is {@code null}. */
    public boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    /** Takes an object, field by field. */
    public void fields(Field each) throws IOException {
        if (!isObject()) {
            throw invalid(place() + " is not " + (field == null ? "a JSON object" : "an object"));
        }
        String own = field;
        Set<String> names = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            field = name;
            taken = false;
            each.at(name, this);
            if (taken) {
                if (!names.add(name)) {
                    field = name;
                    throw invalid(Quote.shorten(what) + " is not usable JSON: " + place() + " is there twice");
                }
            } else {
                parser.skipChildren();
            }
        }
        field = own;
        taken = true;
    }

    /**
     * Takes a list, element by element.
     *
     * @return how many there are
     */
    public int elements(Element each) throws IOException {
        if (!isList()) {
            throw invalid(place() + " is not a list");
        }
        String own = field;
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            count++;
            taken = false;
            each.at(this);
            if (!taken) {
                parser.skipChildren();
            }
            field = own;
        }
        taken = true;
        return count;
    }

    /**
     * Takes a list as one.
     *
     * @param most how many elements it may have
     */
    public <T> List<T> list(int most, Item<T> item) throws IOException {
        List<T> items = new ArrayList<>();
        elements(value -> {
            if (items.size() == most) {
                throw invalid(place() + " has more than " + most + " entries");
            }
            items.add(item.of(value));
            keep(0);
        });
        return items;
    }

    /** Takes text; null where the value is {@code null}. */
    public String text() throws IOException {
        taken = true;
        if (isNull()) {
            return null;
        }
        if (!isText()) {
            throw invalid(place() + " is not text");
        }
        return kept();
    }

    /**
     * Takes a text of which there may be any number, so that it does not count as kept; the caller counts.
     *
     * @param longest in characters; a longer one is cut there
     */
    public String shortText(int longest) throws IOException {
        taken = true;
        String text = parser.getText();
        return text.length() > longest ? text.substring(0, longest + 1) : text;
    }

    /** Takes text; null, and no error, where the value is anything else. */
    public String anyText() throws IOException {
        if (isText()) {
            return text();
        }
        parser.skipChildren();
        taken = true;
        return null;
    }

    /** Takes an object of texts; empty where the value is {@code null}. */
    public Map<String, String> texts() throws IOException {
        taken = true;
        Map<String, String> texts = new LinkedHashMap<>();
        if (!isNull()) {
            fields((name, value) -> {
                String text = value.text();
                if (text != null) {
                    keep(name.length());
                    texts.put(name, text);
                }
            });
        }
        return texts;
    }

    /** Takes a whole number; otherwise what is given, where the value is none or too large. */
    public long wholeNumber(long otherwise) throws IOException {
        taken = true;
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            try {
                return parser.getLongValue();
            } catch (InputCoercionException e) {
                return otherwise;
            }
        }
        parser.skipChildren();
        return otherwise;
    }

    /** A failure of this document, with a reason in one line. */
    public Failure invalid(String reason) {
        return new Failure(Failure.Kind.INVALID, reason);
    }

    /** The document's end: nothing may be behind it. */
    void end() throws IOException {
        if (!taken) {
            parser.skipChildren();
        }
        boolean last;
        try {
            last = parser.nextToken() == null;
        } catch (JsonProcessingException e) {
            last = false; // Not even JSON.
        }
        if (!last) {
            throw invalid(Quote.shorten(what) + " is not usable JSON: there is text behind the document");
        }
    }

    /** The text's length is known before a copy of it is made. */
    private String kept() throws IOException {
        keep(parser.getTextLength());
        return parser.getText();
    }

    private void keep(int characters) throws Failure {
        kept += OVERHEAD;
        if (characters > mostKept - kept) {
            throw invalid(Quote.shorten(what) + " holds more text than is kept of it (" + mostKept + " characters)");
        }
        kept += characters;
    }

    private String place() {
        return field == null ? Quote.shorten(what) : "its field " + Quote.of(field);
    }
}
