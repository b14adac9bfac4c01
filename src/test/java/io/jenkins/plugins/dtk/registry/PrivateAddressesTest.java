package io.jenkins.plugins.dtk.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.testing.InMemory;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import io.jenkins.plugins.dtk.testing.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A registry in the internet")
class PrivateAddressesTest {

    /** Of RFC 5737: in the internet by its form, and never in use. */
    private static final String PUBLIC = "198.51.100.7:5000";

    private static final byte[] CONTENT = "the layer".getBytes(StandardCharsets.UTF_8);
    private static final Descriptor BLOB = Descriptor.of("x", Digest.of(CONTENT), CONTENT.length);

    @AutoClose
    private final ScriptedServer registry = ScriptedServer.start();

    @AutoClose
    private final ScriptedServer inside = ScriptedServer.start();

    private RegistryClientBuilder client(String... others) {
        InMemory http = new InMemory(inside).named(PUBLIC, registry);
        for (String other : others) {
            http.named(other, inside);
        }
        return RegistryClient.builder().plainHttp(Set.of(PUBLIC)).httpClientBuilder(http::asBuilder);
    }

    private static byte[] read(RegistryClient client) throws Failure, InterruptedException {
        return client.blobStart(ImageReference.parse(PUBLIC + "/acme/x"), BLOB, 1000);
    }

    @ParameterizedTest
    @DisplayName("cannot send us to an address of our own network")
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "10.1.2.3",
                "172.16.0.1:8443",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "[::1]",
                "[fe80::1]",
                "[fd00::1]",
                "[::ffff:127.0.0.1]"
            })
    void redirects(String host) {
        registry.on(
                "GET", "/v2/acme/x/blobs/.*", ScriptedReply.status(307).header("Location", "https://" + host + "/x"));

        Failure failure =
                catchThrowableOfType(Failure.class, () -> read(client(host).build()));

        assertThat(failure)
                .hasMessageContaining(PUBLIC + " redirected to 'https://" + host + "/x', where we do not go")
                .hasMessageContaining("an address of this network");
        assertThat(inside.requests()).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("cannot have our login sent there as to its token service")
    @ValueSource(strings = {"127.0.0.1", "169.254.169.254"})
    void tokenService(String host) {
        registry.on(
                "GET",
                "/v2/.*",
                ScriptedReply.status(401).header("WWW-Authenticate", "Bearer realm=\"https://" + host + "/token\""));

        Failure failure =
                catchThrowableOfType(Failure.class, () -> read(client(host).build()));

        assertThat(failure).hasMessageContaining("sends us for a token to 'https://" + host + "/token'");
        assertThat(inside.requests()).isEmpty();
    }

    @Test
    @DisplayName("can send us to a host there that the settings name")
    void permitted() throws Exception {
        registry.on("GET", "/v2/acme/x/blobs/.*", ScriptedReply.status(307).header("Location", "https://10.1.2.3/x"));
        inside.on("GET", "/x", ScriptedReply.status(200).body(CONTENT));

        assertThat(read(client("10.1.2.3").unverifiedTls(Set.of("10.1.2.3")).build()))
                .isEqualTo(CONTENT);
    }

    @Test
    @DisplayName("can send us to another host in the internet, whose words are not shown")
    void elsewhere() throws Exception {
        String storage = "203.0.113.9";
        registry.on(
                "GET",
                "/v2/acme/x/blobs/.*",
                ScriptedReply.status(307).header("Location", "https://" + storage + "/x"));
        inside.on("GET", "/x", ScriptedReply.status(200).body(CONTENT));
        inside.on("GET", "/x", 1, request -> ScriptedReply.status(403).body("<Error>AccessDenied: the secret plan"));

        RegistryClient client = client(storage).build();

        assertThat(catchThrowableOfType(Failure.class, () -> read(client)))
                .hasMessageEndingWith("answered 403 (AccessDenied)")
                .hasMessageNotContaining("secret plan");
        assertThat(read(client)).isEqualTo(CONTENT);
    }
}
