package io.jenkins.plugins.dtk.registry;

import static io.jenkins.plugins.dtk.registry.Scripted.image;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The answer about a manifest")
class ManifestAnswersTest {

    private static final String PATH = "/v2/acme/x/manifests/1";

    @AutoClose
    private final ScriptedServer server = ScriptedServer.start();

    private final RegistryClient client = Scripted.client(server).build();

    @ParameterizedTest(name = "{0}")
    @MethodSource("absences")
    @DisplayName("is 'absent' only when the registry says so")
    void absent(String name, ScriptedReply reply) throws Exception {
        server.on("GET", PATH, reply);
        assertThat(client.findManifest(image(server, "acme/x:1"))).isEmpty();
        Failure failure = failure("acme/x:1");
        assertThat(failure.kind()).isEqualTo(Kind.ABSENT);
    }

    static Stream<Arguments> absences() {
        return Stream.of(
                Arguments.of("no such manifest", ScriptedReply.error(404, "MANIFEST_UNKNOWN", "manifest unknown")),
                Arguments.of("no such repository", ScriptedReply.error(404, "NAME_UNKNOWN", "repository unknown")),
                Arguments.of("empty body", ScriptedReply.status(404)),
                Arguments.of("quay: deleted", ScriptedReply.error(404, "TAG_EXPIRED", "Tag 1 was deleted")),
                Arguments.of("Harbor", ScriptedReply.error(404, "NOT_FOUND", "artifact acme/x:1 not found")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    @DisplayName("is a failure in one line whenever it is neither a manifest nor 'absent'")
    void failed(String name, ScriptedReply reply, Kind kind, String reason) {
        server.on("GET", PATH, reply);
        Failure failure = failure("acme/x:1");
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.getMessage())
                .startsWith("Tried to read the manifest of " + server.address() + "/acme/x:1 but failed because: ")
                .contains(reason)
                .doesNotContain("\n", "\u001b")
                .hasSizeLessThan(700);
    }

    static Stream<Arguments> failures() {
        String html = "<html><head><title>404 Not Found</title></head>\n<body>nginx</body></html>";
        return Stream.of(
                failure("404 of a proxy", ScriptedReply.status(404).body(html), Kind.INVALID, "404 Not Found"),
                failure(
                        "404 in plain words",
                        ScriptedReply.status(404).body("404 page not found"),
                        Kind.INVALID,
                        "404"),
                failure(
                        "404 of another API",
                        ScriptedReply.json(404, "{\"message\":\"no route\"}"),
                        Kind.INVALID,
                        "no route"),
                failure(
                        "404 with another code",
                        ScriptedReply.error(404, "UNSUPPORTED", "no"),
                        Kind.INVALID,
                        "UNSUPPORTED"),
                failure(
                        "404, the code in a list only",
                        ScriptedReply.json(404, "[\"MANIFEST_UNKNOWN\"]"),
                        Kind.INVALID,
                        "404"),
                failure(
                        "400",
                        ScriptedReply.error(400, "TAG_INVALID", "bad tag"),
                        Kind.INVALID,
                        "TAG_INVALID: bad tag"),
                failure(
                        "403",
                        ScriptedReply.error(403, "DENIED", "requested access is denied"),
                        Kind.REFUSED,
                        "DENIED"),
                failure("401 without a challenge", ScriptedReply.status(401), Kind.REFUSED, "credentials are needed"),
                failure("410", ScriptedReply.status(410), Kind.INVALID, "410"),
                failure("418", ScriptedReply.status(418), Kind.INVALID, "418"),
                failure(
                        "500 each time",
                        ScriptedReply.error(500, "UNKNOWN", "no space left"),
                        Kind.UNREACHABLE,
                        "no space left"),
                failure("502 each time", ScriptedReply.status(502).body(html), Kind.UNREACHABLE, "502"),
                failure("503 each time", ScriptedReply.status(503), Kind.UNREACHABLE, "503"),
                failure("501", ScriptedReply.status(501), Kind.INVALID, "501"),
                failure("429 each time", ScriptedReply.status(429).body(html), Kind.LIMITED, "too many requests"),
                failure("204", ScriptedReply.status(204), Kind.INVALID, "204"),
                failure(
                        "colours in the error",
                        ScriptedReply.error(400, "X", "\\u001b[31mred\\nline"),
                        Kind.INVALID,
                        "X:"),
                failure(
                        "an endless error",
                        ScriptedReply.status(400).body("x".repeat(9999)).endless(),
                        Kind.INVALID,
                        "400"),
                failure("nothing", Scripted.manifest(MediaType.OCI_INDEX, ""), Kind.INVALID, "not a JSON object"),
                failure("a page instead", Scripted.manifest("text/html", html), Kind.INVALID, "not usable JSON"),
                failure(
                        "text instead",
                        Scripted.manifest(MediaType.OCI_INDEX, "\"x\""),
                        Kind.INVALID,
                        "not a JSON object"),
                failure(
                        "cut JSON",
                        Scripted.manifest(MediaType.OCI_INDEX, "{\"schemaVersion\":2,"),
                        Kind.INVALID,
                        "not usable JSON"),
                failure(
                        "two documents",
                        Scripted.manifest(MediaType.OCI_INDEX, Scripted.EMPTY_INDEX + "{}"),
                        Kind.INVALID,
                        "not usable JSON"),
                failure(
                        "deep JSON",
                        Scripted.manifest(MediaType.OCI_INDEX, "{\"a\":".repeat(10_000)),
                        Kind.INVALID,
                        "not usable JSON"),
                failure(
                        "a field twice",
                        Scripted.manifest(MediaType.OCI_INDEX, "{\"manifests\":[],\"manifests\":[]}"),
                        Kind.INVALID,
                        "not usable JSON"),
                failure(
                        "schema 1",
                        Scripted.manifest(
                                "application/vnd.docker.distribution.manifest.v1+prettyjws", "{\"schemaVersion\":1}"),
                        Kind.INVALID,
                        "schema 1"),
                failure(
                        "schema 1 as JSON",
                        Scripted.manifest("application/json", "{\"schemaVersion\":1,\"fsLayers\":[]}"),
                        Kind.INVALID,
                        "schema 1"),
                failure(
                        "another type",
                        Scripted.manifest("application/vnd.example+json", "{}"),
                        Kind.INVALID,
                        "not that of an image"),
                failure(
                        "two types",
                        Scripted.manifest(MediaType.OCI_MANIFEST, Scripted.EMPTY_INDEX),
                        Kind.INVALID,
                        "and says it is"),
                failure(
                        "image and index at once",
                        Scripted.manifest(MediaType.OCI_INDEX, "{\"manifests\":[],\"layers\":[]}"),
                        Kind.INVALID,
                        "at once"),
                failure(
                        "index without a list",
                        Scripted.manifest(MediaType.OCI_INDEX, "{}"),
                        Kind.INVALID,
                        "does not look like one"),
                failure(
                        "manifests is text",
                        Scripted.manifest(MediaType.OCI_INDEX, "{\"manifests\":\"x\"}"),
                        Kind.INVALID,
                        "no list of manifests"),
                failure(
                        "entry without a digest",
                        Scripted.manifest(MediaType.OCI_INDEX, "{\"manifests\":[{\"size\":1}]}"),
                        Kind.INVALID,
                        "not a digest"),
                failure(
                        "entry with a path as digest",
                        Scripted.manifest(MediaType.OCI_INDEX, "{\"manifests\":[{\"digest\":\"../../x\",\"size\":1}]}"),
                        Kind.INVALID,
                        "not a digest"),
                failure(
                        "entry with a negative size",
                        Scripted.manifest(MediaType.OCI_INDEX, entry("-1")),
                        Kind.INVALID,
                        "no size"),
                failure(
                        "entry with a huge size",
                        Scripted.manifest(MediaType.OCI_INDEX, entry("1e30")),
                        Kind.INVALID,
                        "no size"),
                failure(
                        "image without a config",
                        Scripted.manifest(MediaType.OCI_MANIFEST, "{\"layers\":[]}"),
                        Kind.INVALID,
                        "no config"),
                failure(
                        "annotation that is no text",
                        Scripted.manifest(MediaType.OCI_INDEX, "{\"manifests\":[],\"annotations\":{\"a\":1}}"),
                        Kind.INVALID,
                        "not text"),
                failure(
                        "wrong digest",
                        Scripted.index().body(Scripted.EMPTY_INDEX + " "),
                        Kind.INVALID,
                        "digest should be"),
                failure(
                        "digest that is none",
                        ScriptedReply.status(200)
                                .header("Docker-Content-Digest", "x")
                                .body("{}"),
                        Kind.INVALID,
                        "which is none"),
                failure(
                        "too large",
                        Scripted.manifest(MediaType.OCI_INDEX, " ".repeat(5 << 20)),
                        Kind.INVALID,
                        "larger than"),
                failure(
                        "endless",
                        ScriptedReply.status(200).body("{".repeat(9999)).endless(),
                        Kind.INVALID,
                        "larger than"),
                failure(
                        "shorter than declared",
                        Scripted.index().declaring(5000).cutAfter(20),
                        Kind.UNREACHABLE,
                        "broke off after"),
                failure("cut before the body", Scripted.index().cutAfter(0), Kind.UNREACHABLE, "broke"));
    }

    private static Arguments failure(String name, ScriptedReply reply, Kind kind, String reason) {
        return Arguments.of(name, reply, kind, reason);
    }

    private static String entry(String size) {
        return "{\"manifests\":[{\"digest\":\"sha256:" + "a".repeat(64) + "\",\"size\":" + size + "}]}";
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
        RegistryClient hasty =
                Scripted.client(server).requestTimeout(Duration.ofMillis(50)).build();
        logIn(hasty);
        Failure failure = catchThrowableOfType(Failure.class, () -> hasty.manifest(image(server, "acme/x:1")));
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure.getMessage()).endsWith("did not answer within 50 ms");
        awaitRequests(5);
        assertThat(server.count("GET", PATH)).isEqualTo(5);
    }

    /** Asks for something else until it is there, however busy the machine is: from then on only {@code PATH} is asked. */
    private void logIn(RegistryClient hasty) throws Exception {
        server.on("GET", "/v2/acme/other/manifests/1", Scripted.index());
        for (boolean there = false; !there; ) {
            try {
                hasty.manifest(image(server, "acme/other:1"));
                there = true;
            } catch (Failure busy) {
                assertThat(busy.kind()).isEqualTo(Kind.UNREACHABLE);
            }
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
