package io.jenkins.plugins.dtk.registry;

import static io.jenkins.plugins.dtk.registry.Scripted.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import io.jenkins.plugins.dtk.testing.ScriptedServer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The list of tags")
class TagsTest {

    private static final String LIST = "/v2/acme/x/tags/list\\?n=100";

    @AutoClose
    private final ScriptedServer server = ScriptedServer.start();

    private final RegistryClient client = Scripted.client(server).build();

    private static ScriptedReply page(String tags) {
        return ScriptedReply.json(200, "{\"name\":\"acme/x\",\"tags\":" + tags + "}");
    }

    private Failure failure() {
        return catchThrowableOfType(Failure.class, () -> client.tags(image(server, "acme/x"), null));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    quay                    | </v2/acme/x/tags/list?n=100&last=b>; rel="next"
                    cursor first            | </v2/acme/x/tags/list?last=b&n=100>; rel="next"
                    token as a cursor       | </v2/acme/x/tags/list?n=100&next_page=gAAAAAB=b>; rel="next"
                    full address            | <http://HOST/v2/acme/x/tags/list?n=100&last=b>; rel="next"
                    proxy that ends TLS     | <https://registry.example/v2/acme/x/tags/list?n=100&last=b>; rel="next"
                    query alone             | <?n=100&last=b>; rel="next"
                    no quotes               | </v2/acme/x/tags/list?n=100&last=b>;rel=next
                    other links beside      | </v2/acme/x/tags/list?n=100>; rel="first", </v2/acme/x/tags/list?n=100&last=b>; rel="next"
                    other parameters        | </v2/acme/x/tags/list?n=100&last=b>; title="x"; rel="next"
                    """)
    void isReadPageByPage(String name, String link) throws Exception {
        server.on("GET", "/v2/acme/x/tags/list\\?.*b.*", page("[\"c\"]"));
        server.on("GET", LIST, page("[\"a\",\"b\"]").header("Link", link.replace("HOST", server.address())));
        assertThat(client.tags(image(server, "acme/x"), null)).containsExactly("a", "b", "c");
    }

    @Test
    void canBeginBehindATag() throws Exception {
        server.on("GET", LIST + "&last=4.8.0-fc", page("[\"4.8.0-x86_64\"]"));
        assertThat(client.tags(image(server, "acme/x"), "4.8.0-fc")).containsExactly("4.8.0-x86_64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null"})
    void mayBeEmpty(String tags) throws Exception {
        server.on("GET", LIST, page(tags));
        assertThat(client.tags(image(server, "acme/x"), null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"errors\":[]}", "{\"tags\":{}}", "{\"tags\":\"a\"}"})
    void thatIsNoneIsNotTakenForAnEmptyOne(String answer) {
        server.on("GET", LIST, ScriptedReply.json(200, answer));
        assertThat(failure().getMessage()).endsWith("the answer has no list of tags");
    }

    @Test
    void ofARepositoryThatIsNotThereIsSaidToBeAbsent() {
        server.on("GET", LIST, ScriptedReply.error(404, "NAME_UNKNOWN", "repository name not known to registry"));
        assertThat(failure().kind()).isEqualTo(Kind.ABSENT);
    }

    @Test
    void inACircleEnds() {
        server.on("GET", LIST, page("[\"a\"]").header("Link", "</v2/acme/x/tags/list?n=100>; rel=\"next\""));
        assertThat(failure().getMessage()).endsWith("its pages do not come to an end");
    }

    @Test
    void withoutEndEnds() {
        AtomicInteger page = new AtomicInteger();
        server.on("GET", "/v2/acme/x/tags/list.*", request -> page("[\"a\"]")
                .header("Link", "</v2/acme/x/tags/list?n=100&last=" + page.incrementAndGet() + ">; rel=\"next\""));
        assertThat(failure().getMessage()).endsWith("its pages do not come to an end");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<https://evil.example/v2/other/tags/list?n=100>", "</v2/other/tags/list?last=b>", "<http://[>"})
    void isNotFollowedToAnotherList(String link) {
        server.on("GET", LIST, page("[\"a\"]").header("Link", link + "; rel=\"next\""));
        assertThat(failure()).isNotNull();
        assertThat(server.requests())
                .allMatch(request ->
                        request.path().equals("/v2/") || request.path().startsWith("/v2/acme/x/tags/list"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "[\"a b\"]", "[\"<script>\"]", "[\"\"]", "[null]"})
    void holdsOnlyTags(String tags) throws Exception {
        server.on("GET", LIST, page(tags));
        assertThat(client.tags(image(server, "acme/x"), null)).isEmpty();
    }
}
