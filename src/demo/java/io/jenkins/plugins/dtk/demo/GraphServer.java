package io.jenkins.plugins.dtk.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.dtk.kernel.Architecture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The update graph of a world on a loopback port of its own, with the answers of the real one (openshift/cincinnati
 * policy-engine, commons/src/errors.rs):
 *
 * <pre>
 * GET /graph?channel=candidate-4.20&amp;arch=arm64   200  the channel's releases; a channel that no one knows is empty
 *                                                400  {"kind":...,"value":...}: no channel, or not the name of one
 *                                                406  Accept is for something else than JSON
 * arch is amd64 when left out; multi gives the payloads for all architectures
 * </pre>
 */
public final class GraphServer implements AutoCloseable {

    private static final String PATH = "/graph";
    private static final String NAME = "[0-9a-z.-]+";
    private static final int THREADS = 4;

    private final PublishedWorld published;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final List<String> requests = new ArrayList<>();

    private GraphServer(PublishedWorld published) throws IOException {
        this.published = published;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
    }

    /** Starts to serve the graph of this world. */
    public static GraphServer start(PublishedWorld published) throws IOException {
        GraphServer graph = new GraphServer(published);
        graph.server.start();
        return graph;
    }

    /** Its address, to which {@code ?channel=...&arch=...} is added: {@code http://127.0.0.1:PORT/graph}. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
    }

    /** What it was asked so far, such as {@code /graph?channel=candidate-4.20&arch=arm64}. */
    public List<String> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private record Answer(int status, byte[] body) {}

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            synchronized (requests) {
                requests.add(exchange.getRequestURI().toString());
            }
            Answer answer = answerTo(exchange);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status, answer.body.length);
            exchange.getResponseBody().write(answer.body);
        }
    }

    private Answer answerTo(HttpExchange exchange) {
        if (!exchange.getRequestURI().getPath().equals(PATH)) {
            return error(
                    404,
                    "does_not_exist",
                    "does not exist: " + exchange.getRequestURI().getPath());
        }
        String accept = exchange.getRequestHeaders().getFirst("Accept");
        if (accept != null && !accept.contains("json") && !accept.contains("*")) {
            return error(406, "invalid_content_type", "invalid Content-Type requested");
        }
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        String channel = query.get("channel");
        if (channel == null) {
            return error(400, "missing_params", "mandatory client parameters missing: channel");
        }
        String arch = query.getOrDefault("arch", Architecture.X86_64.goName());
        for (Map.Entry<String, String> parameter :
                Map.of("channel", channel, "arch", arch).entrySet()) {
            if (!parameter.getValue().matches(NAME)) {
                return error(
                        400,
                        "invalid_params",
                        "invalid client parameters: " + parameter.getKey() + " '" + parameter.getValue()
                                + "' does not match regex '^" + NAME + "$'");
            }
        }
        return new Answer(200, new UpdateGraphJson(published, channel, scope(arch)).json());
    }

    /** How payloads name what the graph calls {@code amd64}; nothing is published under {@code none}. */
    private static String scope(String arch) {
        for (Architecture architecture : Architecture.values()) {
            if (architecture.goName().equals(arch)) {
                return architecture.rpmName();
            }
        }
        return arch.equals(OpenShiftWorld.MULTI) ? arch : "none";
    }

    private static Answer error(int status, String kind, String value) {
        return new Answer(
                status, StableJson.bytes(StableJson.object().put("kind", kind).put("value", value)));
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&")) {
                String[] parts = pair.split("=", 2);
                query.put(decoded(parts[0]), parts.length > 1 ? decoded(parts[1]) : "");
            }
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
