package io.jenkins.plugins.dtk.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.MediaType;
import io.jenkins.plugins.dtk.testing.ReplyText;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import io.jenkins.plugins.dtk.testing.ScriptedServer;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A mirror")
class MirrorsTest {

    private static final byte[] CONTENT = Scripted.bytes("a layer");

    @AutoClose
    private final ScriptedServer mirror = ScriptedServer.start();

    @AutoClose
    private final ScriptedServer source = ScriptedServer.start();

    private final RegistryClient client = client(Map.of("quay.io/acme", List.of(mirror.address() + "/copy")));
    private final ImageReference image = ImageReference.parse("quay.io/acme/x:1");

    private RegistryClient client(Map<String, List<String>> mirrors) {
        return Scripted.client(mirror, source)
                .locations(Map.of("quay.io", source.address()))
                .mirrors(mirrors)
                .credentials(RegistryCredentials.of("quay.io", "user", "s3cret"))
                .build();
    }

    @Test
    void isReadInsteadOfTheSourceAndNeverGetsTheSourcesCredentials() throws Exception {
        mirror.on("GET", "/v2/copy/x/manifests/1", Scripted.index());
        mirror.on("HEAD", "/v2/copy/x/manifests/1", Scripted.index());
        mirror.on("GET", "/v2/copy/x/blobs/.*", ScriptedReply.status(200).body(CONTENT));
        assertThat(client.findManifest(image)).isPresent();
        assertThat(client.head(image)).isPresent();
        assertThat(client.blobStart(image, Scripted.blob(CONTENT), 100)).isEqualTo(CONTENT);
        try (InputStream blob = client.blob(image, Scripted.blob(CONTENT))) {
            assertThat(blob.readAllBytes()).isEqualTo(CONTENT);
        }
        assertThat(source.requests()).isEmpty();
        assertThat(mirror.requests()).allSatisfy(request -> assertThat(request.header("Authorization"))
                .isNull());
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("that has it not, or no good one, is passed over for the source")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            not there         | 404 MANIFEST_UNKNOWN: manifest unknown
            no such page      | 404 <html>not here</html>
            a login is wanted | 401 UNAUTHORIZED: who are you
            not permitted     | 403 DENIED: no
            in trouble        | 503
            nonsense          | 200 nonsense
            """)
    void passedOver(String name, String reply) throws Exception {
        mirror.on("GET", "/v2/copy/.*", ReplyText.reply(reply));
        source.on("GET", "/v2/acme/x/manifests/1", Scripted.index());
        assertThat(client.findManifest(image)).isPresent();
    }

    @Test
    void thatCannotBeReachedIsLeftAloneForAWhile() throws Exception {
        mirror.on("GET", "/v2/copy/.*", ScriptedReply.status(503));
        source.on("GET", "/v2/acme/.*", Scripted.index());
        client.findManifest(image);
        int asked = mirror.requests().size();
        for (int i = 0; i < 20; i++) {
            assertThat(client.findManifest(image.withTag("t" + i))).isPresent();
        }
        assertThat(mirror.requests()).hasSize(asked);
    }

    @Test
    void doesNotDecideThatAnImageIsAbsent() throws Exception {
        mirror.on("GET", "/v2/copy/.*", ScriptedReply.status(404));
        source.on("GET", "/v2/acme/.*", ScriptedReply.error(404, "MANIFEST_UNKNOWN", "manifest unknown"));
        assertThat(client.findManifest(image)).isEmpty();
        assertThat(source.count("GET", "/v2/acme/x/manifests/1")).isEqualTo(1);
    }

    @Test
    void isNamedBesideTheSourceWhenBothFail() {
        mirror.on("GET", "/v2/copy/.*", ScriptedReply.status(403));
        source.on("GET", "/v2/acme/.*", ScriptedReply.error(403, "DENIED", "go away"));
        Failure failure = catchThrowableOfType(Failure.class, () -> client.findManifest(image));
        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure)
                .hasMessageContaining("go away")
                .hasMessageContaining("; its mirror " + mirror.address() + "/copy/x: ");
    }

    @Test
    void isNeitherWrittenNorReadByThoseWhoWrite() throws Exception {
        source.on("PUT", "/v2/acme/x/manifests/1", ScriptedReply.status(201));
        source.on("GET", "/v2/acme/.*", Scripted.index());
        client.putManifest(image, ImageIndex.of(MediaType.OCI_INDEX, List.of(), Map.of()));
        assertThat(client.atSource().findManifest(image)).isPresent();
        assertThat(mirror.requests()).isEmpty();
    }

    @Test
    void isAskedInItsOrderAndTheLongestPrefixWins() throws Exception {
        RegistryClient several = client(Map.of(
                "quay.io", List.of("127.0.0.1:1"),
                "quay.io/acme", List.of(mirror.address() + "/first", mirror.address() + "/second")));
        mirror.on("GET", "/v2/second/x/manifests/1", Scripted.index());
        mirror.on("GET", "/v2/first/.*", ScriptedReply.status(404));
        assertThat(several.findManifest(image)).isPresent();
        assertThat(mirror.requests())
                .extracting(ScriptedServer.Request::path)
                .containsExactly("/v2/", "/v2/first/x/manifests/1", "/v2/second/x/manifests/1");
    }

    @Test
    void needsAPlace() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegistryClient.builder().mirrors(Map.of("quay.io", List.of("http://mirror"))))
                .withMessageStartingWith("not a place for quay.io: ");
        assertThat(Set.of(client.located(image).registry())).containsExactly(source.address());
    }
}
