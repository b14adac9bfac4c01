package io.jenkins.plugins.dtk.release;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.dtk.failure.ErrorContext;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.http.HttpExchange;
import io.jenkins.plugins.dtk.http.HttpExchange.Request;
import io.jenkins.plugins.dtk.http.HttpSettings;
import io.jenkins.plugins.dtk.http.Response;
import io.jenkins.plugins.dtk.http.Retries;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.release.GraphAnswer.Node;
import io.jenkins.plugins.dtk.release.ReleaseVersion.Minor;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * OpenShift's update graph (Cincinnati): which releases a channel has, and the digest of each payload. One
 * request per line and architecture. A channel also carries the line before it, so its answer is filtered.
 * The protocol: openshift/cincinnati docs/design/openshift.md.
 */
final class UpdateGraph {

    /** The largest channel of 2026 is below 3 MiB. */
    private static final int MAX_BYTES = 32 << 20;

    private final URI url;
    private final HttpExchange http;
    private final Retries retries;

    UpdateGraph(URI url, HttpSettings http) {
        this.url = url;
        this.http = new HttpExchange(http);
        this.retries = new Retries(this.http);
    }

    /**
     * The releases of one line in a channel.
     *
     * @param channel {@code candidate}, {@code fast}, {@code stable} or {@code eus}
     * @return empty when the graph does not know the channel
     */
    List<Release> releases(String channel, Minor line, Architecture architecture) throws Failure, InterruptedException {
        return answer(channel, line, architecture).releases();
    }

    /** The same, with what is odd in the answer. */
    GraphAnswer answer(String channel, Minor line, Architecture architecture) throws Failure, InterruptedException {
        URI request = URI.create(url + (url.getQuery() == null ? "?" : "&") + "channel=" + channel + "-" + line
                + "&arch=" + architecture.goName());
        List<Node> nodes = get(request);
        try {
            return GraphAnswer.of(nodes, line, architecture);
        } catch (Failure e) {
            throw e.during(action(request));
        }
    }

    private List<Node> get(URI request) throws Failure, InterruptedException {
        return ErrorContext.during(action(request), () -> retries.run(request, () -> fetch(request)));
    }

    private List<Node> fetch(URI request) throws Failure, InterruptedException {
        try (Response answer = http.sendDirectly(Request.get(request, Map.of("Accept", "application/json")))) {
            byte[] body = answer.readAll(MAX_BYTES, "the answer");
            if (answer.status() == 200) {
                return parse(body);
            }
            throw new Failure(
                    answer.isPassing() ? Kind.UNREACHABLE : Kind.INVALID,
                    "the answer was HTTP status " + answer.status() + ": " + Text.shorten(body));
        }
    }

    private static List<Node> parse(byte[] bytes) throws Failure {
        List<Node> nodes = new ArrayList<>();
        int count;
        try {
            count = JsonArray.forEach(bytes, json -> nodes.add(node(json)), "nodes");
        } catch (IOException e) {
            throw new Failure(Kind.INVALID, "the answer is not JSON: " + Text.shorten(bytes), e);
        }
        if (count < 0) {
            throw new Failure(Kind.INVALID, "the answer has no list of nodes: " + Text.shorten(bytes));
        }
        return nodes;
    }

    private static Node node(JsonParser json) throws IOException {
        JsonNode node = json.readValueAsTree();
        return new Node(node.path("version").textValue(), node.path("payload").textValue());
    }

    private static String action(URI request) {
        return "read the update graph at " + request;
    }
}
