package io.jenkins.plugins.dtk.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A registry to read from that is nothing but this object, for where {@code docker-registry} may be absent: manifests
 * and blobs over plain http on a loopback port, with ranges that begin at a blob's first byte.
 */
public final class MemoryRegistry implements ImageStore, AutoCloseable {

    private static final int THREADS = 4;
    private static final Pattern RANGE = Pattern.compile("bytes=0-(\\d{1,9})");

    private final Map<String, Content> contents = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final HttpServer server;

    private record Content(String type, byte[] bytes) {}

    private MemoryRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v2/", this::answer);
    }

    /** Starts an empty one. */
    public static MemoryRegistry start() throws IOException {
        MemoryRegistry registry = new MemoryRegistry();
        registry.server.start();
        return registry;
    }

    /** Where it listens, as image references begin: {@code 127.0.0.1:PORT}. */
    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
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

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Content content = contents.get(path);
            if (path.equals("/v2/")) {
                exchange.sendResponseHeaders(200, -1);
            } else if (content == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                send(exchange, content);
            }
        }
    }

    private static void send(HttpExchange exchange, Content content) throws IOException {
        int size = content.bytes().length;
        String asked = exchange.getRequestHeaders().getFirst("Range");
        Matcher range = RANGE.matcher(asked == null ? "" : asked);
        boolean part = range.matches();
        int length = part ? Math.min(size, Integer.parseInt(range.group(1)) + 1) : size;
        exchange.getResponseHeaders().set("Content-Type", content.type());
        if (part) {
            exchange.getResponseHeaders().set("Content-Range", "bytes 0-" + (length - 1) + "/" + size);
        }
        exchange.sendResponseHeaders(part ? 206 : 200, length);
        exchange.getResponseBody().write(content.bytes(), 0, length);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
