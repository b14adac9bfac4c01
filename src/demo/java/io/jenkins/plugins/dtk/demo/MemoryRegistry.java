package io.jenkins.plugins.dtk.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A registry that is nothing but this object: manifests and blobs by their paths, and the answers of a good registry.
 * The launcher rehearses with it because {@code docker-registry} may be absent there; what that gains is measured in
 * bench/existence.md. Tests put their faults before its answers.
 */
public final class MemoryRegistry implements ImageStore {

    private static final int THREADS = 4;
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,9})-(\\d{0,9})");

    private final Map<String, Content> contents = new ConcurrentHashMap<>();

    /** What is at a path: bytes with their media type. */
    public record Content(String type, byte[] bytes) {}

    /** An answer of HTTP. */
    public record Answer(int status, Map<String, String> headers, byte[] body) {}

    /** The contents by their paths, such as {@code /v2/acme/dtk/manifests/1}; changes are seen in the next answer. */
    public Map<String, Content> contents() {
        return contents;
    }

    @Override
    public void put(String repository, Image image, String reference) {
        String home = "/v2/" + repository;
        Content manifest = new Content(image.mediaType(), image.manifest().bytes());
        contents.put(home + "/manifests/" + reference, manifest);
        contents.put(home + "/manifests/" + image.digest(), manifest);
        for (Blob blob : image.blobs()) {
            contents.put(home + "/blobs/" + blob.digest(), new Content("application/octet-stream", blob.bytes()));
        }
    }

    /**
     * The answer to GET and, without its body, to HEAD.
     *
     * @param range the request's header of this name, or null
     */
    public Answer answer(String path, String range) {
        Content content = contents.get(path);
        if (path.equals("/v2/")) {
            return new Answer(200, Map.of("Content-Type", "application/json"), json("{}"));
        }
        if (content == null) {
            return new Answer(
                    404,
                    Map.of("Content-Type", "application/json"),
                    json("{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"manifest unknown\"}]}"));
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", content.type());
        headers.put("Docker-Content-Digest", Digests.of(content.bytes()));
        Matcher part = RANGE.matcher(range == null ? "" : range);
        return part.matches() ? part(content.bytes(), part, headers) : new Answer(200, headers, content.bytes());
    }

    private static Answer part(byte[] bytes, Matcher range, Map<String, String> headers) {
        int start = Integer.parseInt(range.group(1));
        int end =
                range.group(2).isEmpty() ? bytes.length : Math.min(Integer.parseInt(range.group(2)) + 1, bytes.length);
        if (start >= end) {
            return new Answer(416, Map.of("Content-Range", "bytes */" + bytes.length), new byte[0]);
        }
        headers.put("Content-Range", "bytes " + start + "-" + (end - 1) + "/" + bytes.length);
        return new Answer(206, headers, Arrays.copyOfRange(bytes, start, end));
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Answers over plain http on a loopback port from now on. */
    public Server serve() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        server.setExecutor(threads);
        server.createContext("/v2/", this::answer);
        server.start();
        return new Server(server, threads);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("Range"));
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", String.valueOf(answer.body().length));
                exchange.sendResponseHeaders(answer.status(), -1);
            } else {
                exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
                exchange.getResponseBody().write(answer.body());
            }
        }
    }

    /** Where a registry is reached, until it is closed. */
    public record Server(HttpServer http, ExecutorService threads) implements AutoCloseable {

        /** Where it listens, as image references begin: {@code 127.0.0.1:PORT}. */
        public String address() {
            return "127.0.0.1:" + http.getAddress().getPort();
        }

        @Override
        public void close() {
            http.stop(0);
            threads.shutdownNow();
        }
    }
}
