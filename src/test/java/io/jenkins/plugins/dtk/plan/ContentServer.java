package io.jenkins.plugins.dtk.plan;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * Serves RPM repositories as Red Hat's content network does: under {@code /content/SYSTEM/} to systems that are
 * registered at that moment, and under {@code /public/} to everyone.
 */
final class ContentServer implements AutoCloseable {

    private final Path folder;
    private final Predicate<String> registered;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<String> lost = ConcurrentHashMap.newKeySet();
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final CountDownLatch asked = new CountDownLatch(1);

    ContentServer(Path folder, Predicate<String> registered) throws IOException {
        this.folder = folder;
        this.registered = registered;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/content/", exchange -> {
            String[] path = exchange.getRequestURI().getPath().split("/", 4);
            serve(exchange, path[3], registered.test(path[2]));
        });
        server.createContext(
                "/public/",
                exchange -> serve(exchange, exchange.getRequestURI().getPath().substring(8), true));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on files whose name begins so are gone, though the repositories list them; null: all are there. */
    void lose(String prefix) {
        lost.clear();
        if (prefix != null) {
            lost.add(prefix);
        }
    }

    /** Never answers for files whose name begins so; {@link #awaitHeld} waits until one is asked for. */
    void hold(String prefix) {
        held.add(prefix);
    }

    /** What was asked for since this was called last. */
    List<String> newRequests() {
        List<String> found = new ArrayList<>();
        for (String path = requests.poll(); path != null; path = requests.poll()) {
            found.add(path);
        }
        return found;
    }

    void awaitHeld() throws InterruptedException {
        asked.await();
    }

    private void serve(HttpExchange exchange, String path, boolean allowed) throws IOException {
        try (exchange) {
            requests.add(path);
            Path file = folder.resolve(path).normalize();
            String name = String.valueOf(file.getFileName());
            if (held.stream().anyMatch(name::startsWith)) {
                asked.countDown();
                Thread.sleep(Long.MAX_VALUE);
            }
            boolean there = Files.isRegularFile(file) && lost.stream().noneMatch(name::startsWith);
            if (!allowed || !there) {
                exchange.sendResponseHeaders(allowed ? 404 : 403, -1);
                return;
            }
            exchange.sendResponseHeaders(200, Files.size(file));
            try (OutputStream body = exchange.getResponseBody()) {
                Files.copy(file, body);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
