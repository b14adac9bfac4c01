package io.jenkins.plugins.dtk.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.testing.TableText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("JSON from outside")
class JsonDocumentTest {

    private record Image(String name, long size, Map<String, String> labels, List<String> tags) {}

    private static Image image(JsonCursor root) throws IOException {
        String[] name = new String[1];
        long[] size = {-1};
        List<Map<String, String>> labels = new ArrayList<>();
        List<String> tags = new ArrayList<>();
        root.fields((field, value) -> {
            switch (field) {
                case "name" -> name[0] = value.text();
                case "size" -> size[0] = value.wholeNumber(-1);
                case "labels" -> labels.add(value.texts());
                case "tags" -> tags.addAll(value.list(3, JsonCursor::text));
                default -> {}
            }
        });
        return new Image(name[0], size[0], labels.isEmpty() ? Map.of() : labels.get(0), tags);
    }

    private static Image read(String json) throws Failure {
        return JsonDocument.named("the image").keeping(1000).parse(json, JsonDocumentTest::image);
    }

    @Test
    @DisplayName("gives what is wanted of it; what is not is passed over")
    void wanted() throws Exception {
        assertThat(read("{\"x\":{\"name\":[1,{}]},\"name\":\"a\",\"size\":7,\"labels\":{\"k\":\"v\",\"n\":null},"
                        + "\"tags\":[\"1\",\"2\"],\"y\":[[[]]],\"y\":0}\n"))
                .isEqualTo(new Image("a", 7, Map.of("k", "v"), List.of("1", "2")));
    }

    @Test
    @DisplayName("may begin with a byte order mark, as editors on Windows write one")
    void mark() throws Exception {
        byte[] marked = "\ufeff{\"name\":\"a\"}".getBytes(StandardCharsets.UTF_8);
        Image image = JsonDocument.named("it").parse(marked, JsonDocumentTest::image);
        assertThat(image.name()).isEqualTo("a");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("is refused with the reason, and not quoted")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            nothing               | ``                                 | the image is not a JSON object: it is empty
            a list                | []                                 | the image is not a JSON object
            a page of a proxy     | <html>                             | the image is not usable JSON (line 1, column
            a cut one             | {"name":"a"                        | the image is not usable JSON (line 1, column
            a page behind it      | {}<html>                           | the image is not usable JSON: there is text behind the document
            a second one behind it | {} {}                             | the image is not usable JSON: there is text behind the document
            a name twice          | {"name":"a","name":"b"}            | the image is not usable JSON: its field 'name' is there twice
            a label twice         | {"labels":{"k":"a","k":"b"}}       | the image is not usable JSON: its field 'k' is there twice
            a number as name      | {"name":1}                         | its field 'name' is not text
            labels that are a list | {"labels":[]}                     | its field 'labels' is not an object
            tags that are text    | {"tags":"a"}                       | its field 'tags' is not a list
            too many tags         | {"tags":["1","2","3","4"]}         | its field 'tags' has more than 3 entries
            half a character      | {"name":"\\ud800                   | the image is not usable JSON
            a deep one            | {"x":([)*100                       | the image is not usable JSON: it is nested deeper
            a long number         | {"size":(1)*101}                   | the image is not usable JSON: it is nested
            much text             | {"labels":{"k":"(a)*1001"}}        | the image holds more text than is kept of it (1000 characters)
            """)
    void refused(String what, String json, String reason) {
        assertThatThrownBy(() -> read(TableText.of(json)))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith(reason)
                .hasNoCause()
                .satisfies(e -> assertThat(((Failure) e).kind()).isEqualTo(Failure.Kind.INVALID));
    }

    @Test
    @DisplayName("that is no UTF-8 is refused")
    void encoding() {
        assertThatThrownBy(() -> JsonDocument.named("it")
                        .parse("{\"name\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1), JsonDocumentTest::image))
                .hasMessage("it is not text in UTF-8");
    }

    @Test
    @DisplayName("that goes on for ever ends as soon as it is deeper, longer or richer than allowed")
    void endless() {
        assertThatThrownBy(() -> JsonDocument.named("it")
                        .parse(new Endless("{\"tags\":[\"a\"", ",\"a\""), JsonDocumentTest::image))
                .hasMessageContaining("more than 3 entries");
        assertThatThrownBy(() -> JsonDocument.named("it").parse(new Endless("{\"a\":\"", "x"), root -> root.text()
                        .length()))
                .hasMessageContaining("not text");
        assertThatThrownBy(() -> JsonDocument.named("it")
                        .parse(new Endless("\"", "x"), root -> root.text().length()))
                .hasMessageContaining("a text of more than");
    }

    /** A text, then another again and again. */
    private static final class Endless extends InputStream {
        private final byte[] start;
        private final byte[] more;
        private int at;

        Endless(String start, String more) {
            this.start = start.getBytes(StandardCharsets.UTF_8);
            this.more = more.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int read() {
            int place = at++;
            return place < start.length ? start[place] : more[(place - start.length) % more.length];
        }
    }
}
