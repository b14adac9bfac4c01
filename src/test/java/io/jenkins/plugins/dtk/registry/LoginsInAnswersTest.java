package io.jenkins.plugins.dtk.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.oci.MediaType;
import io.jenkins.plugins.dtk.registry.RegistryClient.Attachment;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import io.jenkins.plugins.dtk.testing.ScriptedServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A login that a registry sends back")
class LoginsInAnswersTest {

    private static final String PASSWORD = "s3cr3t+\"Pass\\/w0rd";
    private static final String PAIR = "cm9ib3Q6czNjcjN0KyJQYXNzXC93MHJk";

    @AutoClose
    private final ScriptedServer server = ScriptedServer.start();

    private interface Call {
        Object of(RegistryClient client, ImageReference image) throws Exception;
    }

    private static final Map<String, Call> CALLS = Map.of(
            "find", (client, image) -> client.findManifest(image),
            "head", (client, image) -> client.head(image),
            "tags", (client, image) -> client.tags(image, null),
            "put",
                    (client, image) -> client.putManifest(
                            image, Manifest.parse(MediaType.OCI_INDEX, Scripted.bytes(Scripted.EMPTY_INDEX))),
            "blob",
                    (client, image) ->
                            client.blob(image, Scripted.blob(new byte[10])).readAllBytes(),
            "attach",
                    (client, image) -> client.attach(
                            image,
                            Manifest.parse(MediaType.OCI_INDEX, Scripted.bytes(Scripted.EMPTY_INDEX)),
                            new Attachment("text/plain", new byte[] {1}, Map.of())));

    @ParameterizedTest(name = "{0}, {1}")
    @DisplayName("is in no message and no stack trace, whatever the call and wherever it stands")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            find   | 400 | {"errors":[{"code":"X","message":"header Basic PAIR"}]}               |
            find   | 403 | <html>user robot, password s3cr3t+"Pass\\/w0rd</html>                 |
            tags   | 500 | {"message":"bad header: \\"s3cr3t+\\\\\\"Pass\\\\\\\\/w0rd\\""}       |
            find   | 302 | ``                                                                    | Location: http://elsewhere/?p=s3cr3t%2b%22Pass%5c%2fw0rd
            find   | 400 | LONGs3cr3t+"Pass\\/w0rd                                              |
            tags   | 200 | {"tags":["a"]}                                                        | Link: <https://[other/x?u=robot&p=s3cr3t%2B%22Pass%5C%2Fw0rd>; rel="next"
            put    | 418 | s3cr3t+"Pass\\/w0rd                                                   |
            blob   | 416 | Authorization: Basic PAIR                                             |
            blob   | 206 | x                                                                     | Content-Range: s3cr3t+"Pass\\/w0rd
            attach | 202 | ``                                                                    | Location: http://other.example/x/s3cr3t%2B%22Pass%5C%2Fw0rd
            """)
    void isHidden(String call, int status, String body, String header) {
        ScriptedReply reply =
                ScriptedReply.status(status).body(body.replace("PAIR", PAIR).replace("LONG", "x".repeat(150)));
        if (header != null) {
            String[] pair = header.split(": ", 2);
            reply.header(pair[0], pair[1]);
        }
        for (String method : new String[] {"GET", "HEAD", "PUT", "POST"}) {
            server.on(method, "/v2/acme/.*", reply);
        }
        server.on("HEAD", "/v2/acme/x/blobs/.*", ScriptedReply.status(404));
        RegistryClient client = Scripted.client(server)
                .credentials(RegistryCredentials.of(server.address(), "robot", PASSWORD))
                .build();

        Failure failure = catchThrowableOfType(
                Failure.class, () -> CALLS.get(call).of(client, Scripted.image(server, "acme/x:1")));

        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(failure).hasMessageContaining("****");
        assertThat(trace.toString()).doesNotContain("w0rd", PAIR, PAIR.substring(8, 24), "s3cr");
    }
}
