package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.MediaType;
import io.jenkins.plugins.dtk.testing.InMemory;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import io.jenkins.plugins.dtk.testing.ScriptedServer;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** What the tests against scripted servers share: a client without long pauses, and content. */
public final class Scripted {

    static final String EMPTY_INDEX =
            "{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_INDEX + "\",\"manifests\":[]}";

    private Scripted() {}

    /** A client that may reach these servers over plain http. */
    public static RegistryClientBuilder client(ScriptedServer... servers) {
        Set<String> addresses = new HashSet<>();
        for (ScriptedServer server : servers) {
            addresses.add(server.address());
        }
        return RegistryClient.builder()
                .plainHttp(addresses)
                .pause(Duration.ofMillis(1))
                .requestTimeout(Duration.ofSeconds(20));
    }

    /**
     * A client that asks these servers in memory and waits for nothing longer than a blink.
     *
     * @param number of the client: those of the same number share what they know of a server's manners
     */
    public static RegistryClient inMemory(int number, ScriptedServer... servers) {
        HttpClient.Builder transport = new InMemory(servers).asBuilder();
        return client(servers)
                .pause(Duration.ofNanos(1 + number))
                .requestTimeout(Duration.ofMillis(300))
                .httpClientBuilder(() -> transport)
                .build();
    }

    static ImageReference image(ScriptedServer server, String rest) {
        return ImageReference.parse(server.address() + "/" + rest);
    }

    static ScriptedReply index() {
        return manifest(MediaType.OCI_INDEX, EMPTY_INDEX);
    }

    static ScriptedReply manifest(String type, String content) {
        return ScriptedReply.status(200)
                .header("Content-Type", type)
                .header("Docker-Content-Digest", Digest.of(bytes(content)).toString())
                .body(content);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Descriptor blob(byte[] content) {
        return Descriptor.of("application/octet-stream", Digest.of(content), content.length);
    }
}
