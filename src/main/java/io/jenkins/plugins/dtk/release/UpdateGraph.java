package io.jenkins.plugins.dtk.release;

import com.fasterxml.jackson.databind.JsonNode;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.registry.ImageReference;
import io.jenkins.plugins.dtk.release.ReleaseVersion.Minor;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * OpenShift's update graph (Cincinnati): which releases a channel has, and the digest of each payload. One
 * request per line and architecture. A channel also carries the line before it, so its answer is filtered.
 * The protocol: openshift/cincinnati docs/design/openshift.md.
 */
final class UpdateGraph {

    /** The largest channel of 2026 is below 3 MiB. */
    private static final int MAX_BYTES = 32 << 20;

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static final RetryPolicy<Object> RETRIES = RetryPolicy.builder()
            .handle(IOException.class)
            .withMaxRetries(3)
            .withBackoff(Duration.ofMillis(300), Duration.ofSeconds(5))
            .build();

    private final URI url;
    private final HttpClient http;

    UpdateGraph(URI url, HttpClient http) {
        this.url = url;
        this.http = http;
    }

    /**
     * The releases of one line in a channel.
     *
     * @param channel {@code candidate}, {@code fast}, {@code stable} or {@code eus}
     * @return empty when the graph does not know the channel
     */
    List<Release> releases(String channel, Minor line, Architecture architecture)
            throws ReleaseException, InterruptedException {
        URI request = URI.create(url + (url.getQuery() == null ? "?" : "&") + "channel=" + channel + "-" + line
                + "&arch=" + architecture.goName());
        JsonNode graph = get(request);
        List<Release> releases = new ArrayList<>();
        for (JsonNode node : graph.path("nodes")) {
            String version = node.path("version").asText();
            if (!ReleaseVersion.isVersion(version)) {
                continue;
            }
            ReleaseVersion parsed = ReleaseVersion.parse(version);
            if (parsed.line().equals(line)) {
                releases.add(new Release(parsed, architecture, payload(node, request)));
            }
        }
        return releases;
    }

    private static ImageReference payload(JsonNode node, URI request) throws ReleaseException {
        try {
            return ImageReference.parse(node.path("payload").asText());
        } catch (IllegalArgumentException e) {
            throw failed(
                    request,
                    "its release " + Text.quote(node.path("version").asText()) + " has a payload that is "
                            + e.getMessage(),
                    e);
        }
    }

    private JsonNode get(URI request) throws ReleaseException, InterruptedException {
        try {
            return Failsafe.with(RETRIES).get(() -> fetch(request));
        } catch (FailsafeException e) {
            if (e.getCause() instanceof InterruptedException) {
                Thread.interrupted();
                throw (InterruptedException) new InterruptedException().initCause(e);
            }
            if (e.getCause() instanceof ReleaseException known) {
                throw known;
            }
            throw failed(request, Text.reason(e.getCause()), e.getCause());
        }
    }

    private JsonNode fetch(URI request) throws IOException, InterruptedException, ReleaseException {
        HttpRequest get = HttpRequest.newBuilder(request)
                .header("Accept", "application/json")
                .timeout(TIMEOUT)
                .build();
        HttpResponse<InputStream> response = http.send(get, BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            byte[] bytes = body.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw failed(request, "the answer is larger than " + (MAX_BYTES >> 20) + " MiB", null);
            }
            int status = response.statusCode();
            if (status == 429 || status >= 500) {
                throw new IOException("HTTP status " + status);
            }
            if (status != 200) {
                throw failed(request, "the answer was HTTP status " + status + ": " + Text.shorten(bytes), null);
            }
            return parse(request, bytes);
        }
    }

    private static JsonNode parse(URI request, byte[] bytes) throws ReleaseException {
        JsonNode graph;
        try {
            graph = Json.MAPPER.readTree(bytes);
        } catch (IOException e) {
            throw failed(request, "the answer is not JSON: " + Text.shorten(bytes), e);
        }
        if (!graph.path("nodes").isArray()) {
            throw failed(request, "the answer has no list of nodes: " + Text.shorten(bytes), null);
        }
        return graph;
    }

    private static ReleaseException failed(URI request, String reason, Throwable cause) {
        return new ReleaseException(
                "Tried to read the update graph at " + request + " but failed because: " + reason, cause);
    }
}
