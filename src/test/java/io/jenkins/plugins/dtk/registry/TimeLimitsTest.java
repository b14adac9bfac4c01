package io.jenkins.plugins.dtk.registry;

import static io.jenkins.plugins.dtk.registry.Scripted.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.http.TimeLimits;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import io.jenkins.plugins.dtk.testing.ScriptedServer;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A registry that never comes to an end")
class TimeLimitsTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration BETWEEN_BYTES = Duration.ofMillis(20);

    @AutoClose
    private final ScriptedServer registry = ScriptedServer.start();

    private Failure failure(TimeLimits limits) {
        RegistryClient client = Scripted.client(registry).limits(limits).build();
        return catchThrowableOfType(Failure.class, () -> client.manifest(image(registry, "acme/x:1")));
    }

    @Test
    @DisplayName("in one answer, sent a byte at a time, is left when the time of an answer is over")
    void trickle() {
        registry.on(
                "GET",
                "/v2/acme/x/manifests/1",
                ScriptedReply.status(200).body(" ".repeat(100_000)).trickling(BETWEEN_BYTES));

        Failure failure = failure(new TimeLimits(LONG, SHORT, LONG, SHORT));

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure).hasMessageContaining("within 400 ms").hasMessageContaining(registry.address());
    }

    @Test
    @DisplayName("in one layer, sent a byte at a time, is left when the time of a layer is over")
    void trickledLayer() throws Exception {
        byte[] content = " ".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        Descriptor blob = Descriptor.of("application/octet-stream", Digest.of(content), content.length);
        registry.on(
                "GET",
                "/v2/acme/x/blobs/.*",
                ScriptedReply.status(200).body(content).trickling(BETWEEN_BYTES));
        RegistryClient client = Scripted.client(registry)
                .limits(new TimeLimits(LONG, LONG, SHORT, LONG))
                .build();

        Failure failure;
        try (InputStream layer = client.blob(image(registry, "acme/x"), blob)) {
            failure = catchThrowableOfType(Failure.class, layer::readAllBytes);
        }

        assertThat(failure).hasMessageContaining("did not send the whole answer within 400 ms");
    }

    @Test
    @DisplayName("in errors that each come slowly is left when the time of all attempts is over")
    void slowErrors() {
        registry.on(
                "GET",
                "/v2/acme/x/manifests/1",
                ScriptedReply.status(500).body(" ".repeat(5)).trickling(Duration.ofMillis(100)));

        Failure failure = failure(new TimeLimits(LONG, LONG, LONG, SHORT));

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(registry.count("GET", "/v2/acme/x/manifests/1")).isEqualTo(1);
    }

    @Test
    @DisplayName("in a wait of years that it asks for is left at once, with that reason")
    void retryAfter() {
        registry.on("GET", "/v2/acme/x/manifests/1", ScriptedReply.status(429).header("Retry-After", "999999999"));

        Failure failure = failure(TimeLimits.DEFAULT);

        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure)
                .hasMessageContaining(registry.address() + " asks us to wait 999999999 s (Retry-After), longer than");
        assertThat(registry.count("GET", "/v2/acme/x/manifests/1")).isEqualTo(1);
    }

    @Test
    @DisplayName("in its wait is left at once when the whole work has less time, with that reason")
    void retryAfterTheEnd() {
        registry.on("GET", "/v2/acme/x/manifests/1", ScriptedReply.status(503).header("Retry-After", "60"));
        RegistryClient client =
                Scripted.client(registry).deadline(Duration.ofSeconds(30)).build();

        Failure failure = catchThrowableOfType(Failure.class, () -> client.manifest(image(registry, "acme/x:1")));

        assertThat(failure.kind()).isEqualTo(Kind.OVERDUE);
        assertThat(failure)
                .hasMessageContaining("the time for the whole work is over (30 s) before the end of the wait that "
                        + registry.address() + " asks for: 60 s (Retry-After)");
    }
}
