package io.jenkins.plugins.dtk.release;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.http.WholeAnswer;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.ReleaseVersion.Minor;
import io.jenkins.plugins.dtk.text.Quote;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

    private static final int RETRIES = 3;

    private final URI url;
    private final HttpClient http;
    private final Duration timeout;
    private final RetryPolicy<Object> retries;

    UpdateGraph(URI url, HttpClient http) {
        this(url, http, Duration.ofSeconds(60), Duration.ofMillis(300));
    }

    /**
     * A graph that is asked with other patience.
     *
     * @param timeout for one whole answer
     * @param pause before the first repetition; it doubles with each further one
     */
    UpdateGraph(URI url, HttpClient http, Duration timeout, Duration pause) {
        this.url = url;
        this.http = http;
        this.timeout = timeout;
        this.retries = RetryPolicy.builder()
                .handleIf(e -> e instanceof IOException && !(e instanceof Failure))
                .withMaxRetries(RETRIES)
                .withBackoff(pause, pause.multipliedBy(16))
                .build();
    }

    /**
     * The releases of one line in a channel.
     *
     * @param channel {@code candidate}, {@code fast}, {@code stable} or {@code eus}
     * @return empty when the graph does not know the channel
     */
    List<Release> releases(String channel, Minor line, Architecture architecture) throws Failure, InterruptedException {
        URI request = URI.create(url + (url.getQuery() == null ? "?" : "&") + "channel=" + channel + "-" + line
                + "&arch=" + architecture.goName());
        List<Release> releases = new ArrayList<>();
        for (Node node : get(request)) {
            if (!ReleaseVersion.isVersion(node.version())) {
                continue;
            }
            ReleaseVersion parsed = ReleaseVersion.parse(node.version());
            if (parsed.line().equals(line)) {
                releases.add(new Release(parsed, architecture, payload(node, request)));
            }
        }
        return releases;
    }

    /** A release in the graph; what is missing or no text is empty. */
    private record Node(String version, String payload) {}

    private static ImageReference payload(Node node, URI request) throws Failure {
        try {
            return ImageReference.parse(node.payload());
        } catch (IllegalArgumentException e) {
            throw failed(
                    Failure.Kind.INVALID,
                    request,
                    "its release " + Quote.of(node.version()) + " has a payload that is " + e.getMessage(),
                    e);
        }
    }

    private List<Node> get(URI request) throws Failure, InterruptedException {
        try {
            return Failsafe.with(retries).get(() -> fetch(request));
        } catch (FailsafeException e) {
            if (e.getCause() instanceof InterruptedException) {
                Thread.interrupted();
                throw (InterruptedException) new InterruptedException().initCause(e);
            }
            if (e.getCause() instanceof Failure known) {
                throw known;
            }
            throw failed(Failure.Kind.UNREACHABLE, request, Text.reason(e.getCause()), e.getCause());
        }
    }

    private List<Node> fetch(URI request) throws IOException, InterruptedException {
        HttpRequest get = HttpRequest.newBuilder(request)
                .header("Accept", "application/json")
                .build();
        HttpResponse<byte[]> answer = WholeAnswer.of(http, get, MAX_BYTES, timeout);
        if (answer.body().length > MAX_BYTES) {
            throw failed(
                    Failure.Kind.INVALID, request, "the answer is larger than " + (MAX_BYTES >> 20) + " MiB", null);
        }
        int status = answer.statusCode();
        if (status == 429 || status >= 500) {
            throw new IOException("HTTP status " + status);
        }
        if (status != 200) {
            throw failed(
                    Failure.Kind.INVALID,
                    request,
                    "the answer was HTTP status " + status + ": " + Text.shorten(answer.body()),
                    null);
        }
        return parse(request, answer.body());
    }

    private static List<Node> parse(URI request, byte[] bytes) throws Failure {
        List<Node> nodes = new ArrayList<>();
        int count;
        try {
            count = JsonArray.forEach(bytes, json -> nodes.add(node(json)), "nodes");
        } catch (IOException e) {
            throw failed(Failure.Kind.INVALID, request, "the answer is not JSON: " + Text.shorten(bytes), e);
        }
        if (count < 0) {
            throw failed(
                    Failure.Kind.INVALID, request, "the answer has no list of nodes: " + Text.shorten(bytes), null);
        }
        return nodes;
    }

    private static Node node(JsonParser json) throws IOException {
        JsonNode node = json.readValueAsTree();
        return new Node(node.path("version").asText(), node.path("payload").asText());
    }

    private static Failure failed(Failure.Kind kind, URI request, String reason, Throwable cause) {
        return new Failure(kind, reason, cause).during("read the update graph at " + request);
    }
}
