package io.jenkins.plugins.dtk.registry;

import static io.jenkins.plugins.dtk.registry.Scripted.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import io.jenkins.plugins.dtk.testing.ScriptedServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A redirect")
class RedirectTest {

    private static final byte[] CONTENT = Scripted.bytes("the content");
    private static final Descriptor BLOB = Scripted.blob(CONTENT);
    private static final String PATH = "/v2/acme/x/blobs/" + BLOB.digest();

    @AutoClose
    private final ScriptedServer registry = ScriptedServer.start();

    @AutoClose
    private final ScriptedServer storage = ScriptedServer.start();

    private final RegistryCredentials credentials = RegistryCredentials.of(registry.address(), "user", "s3cret");
    private final RegistryClient client =
            Scripted.client(registry, storage).credentials(credentials).build();

    private byte[] read() throws Failure, InterruptedException {
        return client.blobStart(image(registry, "acme/x"), BLOB, 1000);
    }

    private Failure failure() {
        return catchThrowableOfType(Failure.class, this::read);
    }

    private void redirect(int status, String location) {
        registry.on(
                "GET",
                PATH,
                ScriptedReply.status(status).header("Location", location).body("moved"));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void toTheStorageIsFollowedWithoutOurCredentials(int status) throws Exception {
        redirect(status, "http://" + storage.address() + "/blob?signature=x");
        storage.on("GET", "/blob\\?signature=x", ScriptedReply.status(200).body(CONTENT));
        assertThat(read()).isEqualTo(CONTENT);
        assertThat(registry.requests().get(1).header("Authorization")).startsWith("Basic ");
        assertThat(storage.requests().get(0).header("Authorization")).isNull();
    }

    @Test
    void onTheSameHostKeepsOurCredentials() throws Exception {
        redirect(307, "../../../../elsewhere");
        registry.on("GET", "/elsewhere", ScriptedReply.status(200).body(CONTENT));
        assertThat(read()).isEqualTo(CONTENT);
        assertThat(registry.requests().get(2).header("Authorization")).startsWith("Basic ");
    }

    @Test
    void toAQueryAloneAsksForTheSamePath() throws Exception {
        redirect(307, "?signature=x");
        registry.on("GET", PATH + "\\?signature=x", ScriptedReply.status(200).body(CONTENT));
        assertThat(read()).isEqualTo(CONTENT);
    }

    @Test
    void awayAndBackAgainDoesNotBringTheCredentialsBack() throws Exception {
        redirect(302, "http://" + storage.address() + "/back");
        storage.on(
                "GET", "/back", ScriptedReply.status(302).header("Location", "http://" + registry.address() + "/here"));
        registry.on("GET", "/here", ScriptedReply.status(200).body(CONTENT));
        assertThat(read()).isEqualTo(CONTENT);
        assertThat(registry.requests().get(2).header("Authorization")).isNull();
    }

    @Test
    void inACircleEnds() {
        redirect(302, PATH);
        assertThat(failure().getMessage()).endsWith(registry.address() + " redirected more than 5 times");
        assertThat(registry.count("GET", PATH)).isEqualTo(6);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    plain http to another host  | http://storage.example/blob
                    another port                | http://127.0.0.1:1/blob
                    a file                      | file:///etc/passwd
                    another protocol            | ftp://storage.example/blob
                    a user in the address       | https://user:pw@storage.example/blob
                    a port that is none         | https://storage.example:99999/blob
                    no host                     | https:///blob
                    no address                  | http://[
                    nothing                     | ''
                    """)
    void toAPlaceWhereWeDoNotGoIsAFailure(String name, String location) {
        redirect(302, location);
        Failure failure = failure();
        assertThat(failure.kind()).isEqualTo(Kind.INVALID);
        assertThat(failure.getMessage()).contains("redirected to '" + location + "', where we do not go");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void toAStorageThatRefusesUsNamesTheStorage(int status) {
        redirect(302, "http://" + storage.address() + "/blob");
        storage.on("GET", "/blob", ScriptedReply.status(status).body("<Error>AccessDenied</Error>"));
        Failure failure = failure();
        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure.getMessage())
                .contains(storage.address() + ", where " + registry.address() + " redirected to, answered " + status)
                .contains("AccessDenied");
    }

    @Test
    void toAStorageWithoutTheContentIsNotTheRegistrySayingThatItHasNone() {
        registry.on(
                "GET",
                "/v2/acme/x/manifests/1",
                ScriptedReply.status(302).header("Location", "http://" + storage.address() + "/manifest"));
        storage.on("GET", "/manifest", ScriptedReply.status(404));
        Failure failure = catchThrowableOfType(Failure.class, () -> client.findManifest(image(registry, "acme/x:1")));
        assertThat(failure.kind()).isEqualTo(Kind.INVALID);
    }

    @Test
    void isAskedForAnewWhenTheStorageHasTrouble() throws Exception {
        redirect(302, "http://" + storage.address() + "/blob");
        storage.on("GET", "/blob", ScriptedReply.status(200).body(CONTENT));
        storage.on("GET", "/blob", 2, request -> ScriptedReply.status(503));
        assertThat(read()).isEqualTo(CONTENT);
        assertThat(registry.count("GET", PATH)).isEqualTo(3);
    }
}
