package io.jenkins.plugins.dtk.registry;

import static io.jenkins.plugins.dtk.registry.Scripted.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.ImageManifest;
import io.jenkins.plugins.dtk.oci.MediaType;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import io.jenkins.plugins.dtk.testing.ScriptedServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A blob")
class BlobTest {

    private static final byte[] CONTENT = content(300_000);
    private static final Descriptor BLOB = Scripted.blob(CONTENT);
    private static final String PATH = "/v2/acme/x/blobs/" + BLOB.digest();

    @AutoClose
    private final ScriptedServer server = ScriptedServer.start();

    private final RegistryClient client = Scripted.client(server).build();

    private static byte[] content(int size) {
        byte[] content = new byte[size];
        new Random(1).nextBytes(content);
        return content;
    }

    /** What a registry that knows ranges answers. */
    private static ScriptedReply range(ScriptedServer.Request request) {
        String range = request.header("Range");
        if (range == null) {
            return ScriptedReply.status(200).body(CONTENT);
        }
        String[] ends = range.replace("bytes=", "").split("-", -1);
        int from = Integer.parseInt(ends[0]);
        int to = ends[1].isEmpty() ? CONTENT.length : Integer.parseInt(ends[1]) + 1;
        return ScriptedReply.status(206)
                .header("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + CONTENT.length)
                .body(Arrays.copyOfRange(CONTENT, from, to));
    }

    private void serve(Function<ScriptedServer.Request, ScriptedReply> answer) {
        server.on("GET", PATH, answer);
    }

    private byte[] start(int bytes) throws Failure, InterruptedException {
        return client.blobStart(image(server, "acme/x"), BLOB, bytes);
    }

    private byte[] stream() throws IOException, InterruptedException {
        try (InputStream in = client.blob(image(server, "acme/x"), BLOB)) {
            return in.readAllBytes();
        }
    }

    private Failure startFailure(int bytes) {
        return catchThrowableOfType(Failure.class, () -> start(bytes));
    }

    private Failure streamFailure() {
        return catchThrowableOfType(Failure.class, this::stream);
    }

    @Test
    void isReadOnlyAsFarAsAsked() throws Exception {
        serve(BlobTest::range);
        assertThat(start(65536)).isEqualTo(Arrays.copyOf(CONTENT, 65536));
        assertThat(server.requests().get(1).header("Range")).isEqualTo("bytes=0-65535");
        assertThat(client.stats().bytes()).isEqualTo(65536);
    }

    @Test
    void leavesTheConnectionForTheNextRequestWhenItIsReadAsFarAsAsked() throws Exception {
        serve(BlobTest::range);
        for (int i = 0; i < 5; i++) {
            assertThat(start(65536)).hasSize(65536);
        }
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void isCutWhereTheRegistrySendsMoreThanAsked() throws Exception {
        serve(request -> ScriptedReply.status(206)
                .header("Content-Range", "bytes 0-299999/300000")
                .body(CONTENT)
                .endless());
        assertThat(start(1000)).isEqualTo(Arrays.copyOf(CONTENT, 1000));
    }

    @Test
    void isReadOnlyAsFarAsAskedWhenTheRegistryIgnoresTheRange() throws Exception {
        serve(request -> ScriptedReply.status(200).body(CONTENT));
        assertThat(start(1000)).isEqualTo(Arrays.copyOf(CONTENT, 1000));
        serve(request -> ScriptedReply.status(200).body(CONTENT).endless());
        assertThat(start(1000)).isEqualTo(Arrays.copyOf(CONTENT, 1000));
        assertThat(client.stats().bytes()).isLessThan(CONTENT.length);
    }

    @Test
    void thatIsSmallerThanAskedIsReadWholeAndVerified() throws Exception {
        serve(BlobTest::range);
        assertThat(start(1_000_000)).isEqualTo(CONTENT);
        assertThat(server.requests().get(1).header("Range")).isNull();
        byte[] other = content(300_000);
        other[299_999]++;
        serve(request -> ScriptedReply.status(200).body(other));
        assertThat(startFailure(1_000_000).getMessage()).endsWith("has another digest");
    }

    @Test
    void ofOtherLengthThanTheManifestSaysIsRefused() {
        serve(request -> ScriptedReply.status(200).body(Arrays.copyOf(CONTENT, 299_999)));
        assertThat(startFailure(1000).getMessage()).endsWith("should have 300000 bytes, the registry sends 299999");
        assertThat(streamFailure().getMessage()).endsWith("should have 300000 bytes, the registry sends 299999");
    }

    @Test
    void thatStartsElsewhereThanAskedIsRefused() {
        serve(request -> ScriptedReply.status(206)
                .header("Content-Range", "bytes 5-1004/300000")
                .body(Arrays.copyOf(CONTENT, 1000)));
        assertThat(startFailure(1000).kind()).isEqualTo(Kind.INVALID);
    }

    @Test
    void thatIsAbsentIsSaidSo() {
        serve(request -> ScriptedReply.error(404, "BLOB_UNKNOWN", "blob unknown to registry"));
        assertThat(startFailure(1000).getMessage()).contains("404 (BLOB_UNKNOWN: blob unknown to registry)");
        assertThat(streamFailure().getMessage()).contains("404 (BLOB_UNKNOWN: blob unknown to registry)");
    }

    @Test
    void isAskedForAgainWhenItBreaksOff() throws Exception {
        serve(BlobTest::range);
        server.on("GET", PATH, 3, request -> range(request).cutAfter(500));
        assertThat(start(65536)).isEqualTo(Arrays.copyOf(CONTENT, 65536));
        assertThat(client.stats().retries()).isEqualTo(3);
    }

    @Test
    void asAStreamGoesOnWhereItBrokeOff() throws Exception {
        serve(BlobTest::range);
        server.on("GET", PATH, 3, request -> range(request).cutAfter(70_000));
        assertThat(stream()).isEqualTo(CONTENT);
        assertThat(server.requests().get(2).header("Range")).isEqualTo("bytes=70000-");
        assertThat(client.stats().bytes()).isEqualTo(CONTENT.length);
    }

    @Test
    void asAStreamGoesOnAlsoWhenTheRegistryStartsAnew() throws Exception {
        serve(request -> ScriptedReply.status(200).body(CONTENT));
        server.on("GET", PATH, 2, request -> ScriptedReply.status(200)
                .body(CONTENT)
                .cutAfter(70_000));
        assertThat(stream()).isEqualTo(CONTENT);
    }

    @Test
    void asAStreamThatBreaksOffEachTimeFails() {
        serve(request -> ScriptedReply.status(200).body(CONTENT).cutAfter(70_000));
        Failure failure = streamFailure();
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure.getMessage()).startsWith("Tried to read the blob " + BLOB.digest() + " of ");
    }

    @Test
    void asAStreamIsVerifiedAtItsEnd() {
        byte[] other = content(300_000);
        other[0]++;
        serve(request -> ScriptedReply.status(200).body(other));
        assertThat(streamFailure().getMessage()).endsWith("its content has another digest");
    }

    @Test
    void asAStreamEndsWithAFailureWhereItGetsTooLong() {
        serve(request -> ScriptedReply.status(200).body(CONTENT).endless());
        assertThat(streamFailure().getMessage()).endsWith("is longer than its 300000 bytes");
    }

    @Test
    void asAStreamNeedNotBeReadToItsEnd() throws Exception {
        serve(BlobTest::range);
        try (InputStream in = client.blob(image(server, "acme/x"), BLOB)) {
            assertThat(in.readNBytes(10)).isEqualTo(Arrays.copyOf(CONTENT, 10));
        }
    }

    @Test
    void asAStreamEndsWhenItsThreadIsInterrupted() throws Exception {
        serve(request ->
                ScriptedReply.status(200).body(Arrays.copyOf(CONTENT, 10)).declaring(CONTENT.length));
        server.on("GET", PATH, 1, request -> ScriptedReply.status(200)
                .body(CONTENT)
                .declaring(CONTENT.length));
        try (InputStream in = client.blob(image(server, "acme/x"), BLOB)) {
            in.readNBytes(10);
            Thread.currentThread().interrupt();
            assertThat(catchThrowableOfType(InterruptedIOException.class, in::readAllBytes))
                    .isNotNull();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void ofAConfigThatIsTooLargeIsNotRead() throws Exception {
        String config = "{\"digest\":\"" + BLOB.digest() + "\",\"size\":99999999}";
        server.on(
                "GET",
                "/v2/acme/x/manifests/1",
                Scripted.manifest(MediaType.OCI_MANIFEST, "{\"config\":" + config + ",\"layers\":[]}"));
        ImageManifest manifest = (ImageManifest) client.manifest(image(server, "acme/x:1"));
        Failure failure = catchThrowableOfType(Failure.class, () -> client.config(image(server, "acme/x"), manifest));
        assertThat(failure.getMessage()).endsWith("has 99999999 bytes; more than 8388608 are not read");
        assertThat(server.requests()).hasSize(2);
    }
}
