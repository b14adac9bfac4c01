package io.jenkins.plugins.dtk.registry;

import static io.jenkins.plugins.dtk.registry.Scripted.image;
import static io.jenkins.plugins.dtk.testing.ReplyText.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.MediaType;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import io.jenkins.plugins.dtk.testing.ScriptedServer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The answer about a manifest")
class ManifestAnswersTest {

    private static final String PATH = "/v2/acme/x/manifests/1";

    @AutoClose
    private final ScriptedServer server = ScriptedServer.start();

    private final RegistryClient client = Scripted.client(server).build();

    @ParameterizedTest(name = "{0}")
    @DisplayName("is 'absent' only when the registry says so")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            no such manifest   | 404 MANIFEST_UNKNOWN: manifest unknown
            no such repository | 404 NAME_UNKNOWN: repository unknown
            empty body         | 404
            quay: deleted      | 404 TAG_EXPIRED: Tag 1 was deleted
            Harbor             | 404 NOT_FOUND: artifact acme/x:1 not found
            """)
    void absent(String name, String reply) throws Exception {
        server.on("GET", PATH, reply(reply));
        assertThat(client.findManifest(image(server, "acme/x:1"))).isEmpty();
        Failure failure = failure("acme/x:1");
        assertThat(failure.kind()).isEqualTo(Kind.ABSENT);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("is a failure in one line whenever it is neither a manifest nor 'absent'")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            404 of a proxy                | 404 <html><head><title>404 Not Found</title></head>␊<body>nginx</body></html> | INVALID | 404 Not Found
            404 in plain words            | 404 404 page not found                 | INVALID     | 404
            404 of another API            | 404 {"message":"no route"}             | INVALID     | no route
            404 with another code         | 404 UNSUPPORTED: no                    | INVALID     | UNSUPPORTED
            404, the code in a list only  | 404 ["MANIFEST_UNKNOWN"]               | INVALID     | 404
            400                           | 400 TAG_INVALID: bad tag               | INVALID     | TAG_INVALID: bad tag
            403                           | 403 DENIED: requested access is denied | REFUSED     | DENIED
            401 without a challenge       | 401                                    | REFUSED     | credentials are needed
            410                           | 410                                    | INVALID     | 410
            418                           | 418                                    | INVALID     | 418
            500 each time                 | 500 UNKNOWN: no space left             | UNREACHABLE | no space left
            502 each time                 | 502 <html>␊<body>nginx</body></html>   | UNREACHABLE | 502
            503 each time                 | 503                                    | UNREACHABLE | 503
            501                           | 501                                    | INVALID     | 501
            429 each time                 | 429 <html>␊<body>nginx</body></html>   | LIMITED     | too many requests
            204                           | 204                                    | INVALID     | 204
            colours in the error          | 400 X: \\u001b[31mred\\nline           | INVALID     | X:
            an endless error              | 400 (x)*9999 ~ endless                 | INVALID     | 400
            wrong digest                  | 200 INDEX ~ Docker-Content-Digest: sha256:(0)*64 | INVALID | digest should be
            digest that is none           | 200 {} ~ Docker-Content-Digest: x      | INVALID     | which is none
            endless                       | 200 ({)*9999 ~ endless                 | INVALID     | larger than
            shorter than declared         | 200 INDEX ~ declaring 5000 ~ cut after 20 | UNREACHABLE | broke off after
            cut before the body           | 200 INDEX ~ cut after 0                | UNREACHABLE | broke
            """)
    void failed(String name, String reply, Kind kind, String reason) {
        checkFailure(reply(reply.replace("INDEX", Scripted.EMPTY_INDEX)), kind, reason);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("is a failure in one line when the document is none")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            nothing                       | INDEX |                                        | not a JSON object
            a page instead                | text/html | <html><body>nginx</body></html>    | not usable JSON
            text instead                  | INDEX | "x"                                    | not a JSON object
            cut JSON                      | INDEX | {"schemaVersion":2,                    | not usable JSON
            two documents                 | INDEX | EMPTY{}                                | not usable JSON
            deep JSON                     | INDEX | DEEP                                   | not usable JSON
            a field twice                 | INDEX | {"manifests":[],"manifests":[]}        | not usable JSON
            schema 1                      | application/vnd.docker.distribution.manifest.v1+prettyjws | {"schemaVersion":1} | schema 1
            schema 1 as JSON              | application/json | {"schemaVersion":1,"fsLayers":[]} | schema 1
            another type                  | application/vnd.example+json | {}              | not that of an image
            two types                     | IMAGE | EMPTY                                  | and says it is
            image and index at once       | INDEX | {"manifests":[],"layers":[]}           | at once
            index without a list          | INDEX | {}                                     | does not look like one
            manifests is text             | INDEX | {"manifests":"x"}                      | no list of manifests
            entry without a digest        | INDEX | {"manifests":[{"size":1}]}             | not a digest
            entry with a path as digest   | INDEX | {"manifests":[{"digest":"../../x","size":1}]} | not a digest
            entry with a negative size    | INDEX | {"manifests":[{"digest":"DIGEST","size":-1}]} | no size
            entry with a huge size        | INDEX | {"manifests":[{"digest":"DIGEST","size":1e30}]} | no size
            image without a config        | IMAGE | {"layers":[]}                          | no config
            annotation that is no text    | INDEX | {"manifests":[],"annotations":{"a":1}} | not text
            too large                     | INDEX | LARGE                                  | larger than
            """)
    void noManifest(String name, String type, String content, String reason) {
        String media = type.replace("INDEX", MediaType.OCI_INDEX).replace("IMAGE", MediaType.OCI_MANIFEST);
        String document = content == null
                ? ""
                : content.replace("EMPTY", Scripted.EMPTY_INDEX)
                        .replace("DEEP", "{\"a\":".repeat(10_000))
                        .replace("DIGEST", "sha256:" + "a".repeat(64))
                        .replace("LARGE", " ".repeat(5 << 20));
        checkFailure(Scripted.manifest(media, document), Kind.INVALID, reason);
    }

    private void checkFailure(ScriptedReply reply, Kind kind, String reason) {
        server.on("GET", PATH, reply);
        Failure failure = failure("acme/x:1");
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.getMessage())
                .startsWith("Tried to read the manifest of " + server.address() + "/acme/x:1 but failed because: ")
                .contains(reason)
                .doesNotContain("\n", "\u001b")
                .hasSizeLessThan(700);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    type with a charset   | application/vnd.oci.image.index.v1+json; charset=utf-8
                    type in upper case    | Application/Vnd.OCI.Image.Index.V1+JSON
                    type of plain JSON    | application/json
                    type of any bytes     | application/octet-stream
                    type of text          | text/plain
                    """)
    @DisplayName("is a manifest however the registry writes its type")
    void types(String name, String type) throws Exception {
        server.on("GET", PATH, Scripted.manifest(type, Scripted.EMPTY_INDEX));
        assertThat(client.manifest(image(server, "acme/x:1")).mediaType()).isEqualTo(MediaType.OCI_INDEX);
    }

    @Test
    void isAskedForInAllFourTypes() throws Exception {
        server.on("GET", PATH, Scripted.index());
        client.manifest(image(server, "acme/x:1"));
        assertThat(server.requests().get(1).header("Accept").split(", "))
                .containsExactlyInAnyOrder(
                        MediaType.DOCKER_MANIFEST, MediaType.DOCKER_LIST, MediaType.OCI_MANIFEST, MediaType.OCI_INDEX);
    }

    @Test
    void byDigestIsComparedWithThatDigest() throws Exception {
        Digest digest = Digest.of(Scripted.bytes(Scripted.EMPTY_INDEX));
        String other = "sha256:" + "0".repeat(64);
        ScriptedReply reply = ScriptedReply.status(200)
                .header("Content-Type", MediaType.OCI_INDEX)
                .body(Scripted.EMPTY_INDEX);
        server.on("GET", "/v2/acme/x/manifests/sha256:.*", reply);
        assertThat(client.manifest(image(server, "acme/x@" + digest)).digest()).isEqualTo(digest);
        assertThat(failure("acme/x@" + other).getMessage()).contains("should be " + other);
    }

    @Test
    void isWaitedForNotLongerThanTheTimeout() throws Exception {
        server.on("GET", PATH, ScriptedReply.silence());
        RegistryClient hasty = loggedIn(Duration.ofMillis(50));
        Failure failure = catchThrowableOfType(Failure.class, () -> hasty.manifest(image(server, "acme/x:1")));
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure.getMessage()).containsPattern("did not answer within [0-9.]+ m?s$");
        awaitRequests(5);
        assertThat(server.count("GET", PATH)).isEqualTo(5);
    }

    /**
     * A client that asks for nothing but manifests from now on, and waits so long for each, or longer where this machine
     * is busy. Each try has a client of its own: one that was left without an answer leaves the host alone for a while.
     */
    private RegistryClient loggedIn(Duration timeout) throws Exception {
        server.on("GET", "/v2/acme/other/manifests/1", Scripted.index());
        RegistryClient hasty = Scripted.client(server).requestTimeout(timeout).build();
        try {
            hasty.manifest(image(server, "acme/other:1"));
            return hasty;
        } catch (Failure busy) {
            assertThat(busy.kind()).isEqualTo(Kind.UNREACHABLE);
            return loggedIn(timeout.multipliedBy(2));
        }
    }

    /** The server may note a request after its client has given up on it. */
    private void awaitRequests(int count) throws InterruptedException {
        for (int i = 0; i < 60_000 && server.count("GET", PATH) < count; i++) {
            Thread.sleep(10);
        }
    }

    @Test
    void thatStopsInTheMiddleIsNotWaitedForEither() {
        server.on("GET", PATH, Scripted.index().declaring(5000));
        server.on("GET", PATH, request -> Scripted.index().declaring(5000));
        RegistryClient hasty =
                Scripted.client(server).requestTimeout(Duration.ofMillis(50)).build();
        assertThat(catchThrowableOfType(Failure.class, () -> hasty.manifest(image(server, "acme/x:1")))
                        .kind())
                .isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void isHeardFromHeadInOneRequest() throws Exception {
        server.on("HEAD", PATH, Scripted.index());
        Descriptor found = client.head(image(server, "acme/x:1")).orElseThrow();
        assertThat(found.digest()).isEqualTo(Digest.of(Scripted.bytes(Scripted.EMPTY_INDEX)));
        assertThat(found.size()).isEqualTo(Scripted.EMPTY_INDEX.length());
        assertThat(server.requests()).extracting(Object::toString).containsExactly("GET /v2/", "HEAD " + PATH);
    }

    @ParameterizedTest(name = "HEAD answered {0}")
    @CsvSource({"404", "405", "400", "501", "200"})
    @DisplayName("comes from GET where HEAD does not say enough")
    void headFallsBack(int status) throws Exception {
        server.on("HEAD", PATH, ScriptedReply.status(status).header("Content-Type", MediaType.OCI_INDEX));
        server.on("GET", PATH, Scripted.index());
        assertThat(client.head(image(server, "acme/x:1"))).isPresent();
        server.on("GET", PATH, ScriptedReply.error(404, "MANIFEST_UNKNOWN", "unknown"));
        assertThat(client.head(image(server, "acme/x:1"))).isEqualTo(Optional.empty());
        server.on("GET", PATH, ScriptedReply.status(404).body("<html>no</html>"));
        assertThat(catchThrowableOfType(Failure.class, () -> client.head(image(server, "acme/x:1"))))
                .hasMessageContaining("not in the form of a registry: \"no\"");
    }

    @Test
    void aboutAServerThatIsNotThereSaysThatItCannotBeReached() throws Exception {
        server.close();
        Failure failure = failure("acme/x:1");
        assertThat(failure.getMessage()).endsWith("cannot connect to " + server.address());
        assertThat(client.stats()).isEqualTo(new RegistryClient.Stats(3, 0, 2));
        assertThat(catchThrowableOfType(
                        Failure.class, () -> client.manifest(ImageReference.parse("no-such-host.invalid/acme/x:1"))))
                .hasMessageEndingWith("the host no-such-host.invalid is not known");
    }

    private Failure failure(String image) {
        return catchThrowableOfType(Failure.class, () -> client.manifest(image(server, image)));
    }
}
