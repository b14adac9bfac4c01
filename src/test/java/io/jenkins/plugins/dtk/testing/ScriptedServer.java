package io.jenkins.plugins.dtk.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * An HTTP server on a loopback port that answers by rules, and so badly as they say. The rule given last is asked first;
 * what no rule answers gets status 200 for {@code /v2/}, the check of the API, and 418 for all else.
 */
public final class ScriptedServer implements AutoCloseable {

    /** A request that came in; the names of headers are in lower case. */
    public record Request(String method, String path, Map<String, String> headers, byte[] body) {

        /** A header's value, or null. */
        public String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** A rule; {@code left} is how often it may still answer. */
    private record Rule(String method, Pattern path, AtomicInteger left, Function<Request, ScriptedReply> answer) {}

    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "scripted server");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    private ScriptedServer(ServerSocket socket) {
        this.socket = socket;
        threads.execute(this::accept);
    }

    public static ScriptedServer start() {
        try {
            return new ScriptedServer(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that speaks TLS. */
    public static ScriptedServer start(SSLContext tls) {
        try {
            return new ScriptedServer(
                    tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("127.0.0.1")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens: {@code 127.0.0.1:PORT}. */
    public String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** Answers requests whose path with query matches the regular expression. */
    public ScriptedServer on(String method, String path, Function<Request, ScriptedReply> answer) {
        return on(method, path, Integer.MAX_VALUE, answer);
    }

    public ScriptedServer on(String method, String path, ScriptedReply reply) {
        return on(method, path, request -> reply);
    }

    /** Answers so often; then the rules before it are asked again. */
    public ScriptedServer on(String method, String path, int times, Function<Request, ScriptedReply> answer) {
        rules.add(0, new Rule(method, Pattern.compile(path), new AtomicInteger(times), answer));
        return this;
    }

    /** All requests so far. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** How many requests so far matched. */
    public long count(String method, String path) {
        Pattern pattern = Pattern.compile(path);
        return requests.stream()
                .filter(request -> request.method().equals(method)
                        && pattern.matcher(request.path()).matches())
                .count();
    }

    /** How many connections were opened so far. */
    public int connections() {
        return connections.size();
    }

    private void accept() {
        while (true) {
            try {
                Socket connection = socket.accept();
                connection.setTcpNoDelay(true);
                connections.add(connection);
                if (socket.isClosed()) {
                    connection.close();
                    return;
                }
                threads.execute(() -> serve(connection));
            } catch (IOException | RejectedExecutionException e) {
                return; // Closed.
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            boolean open = true;
            while (open) {
                Request request = read(in);
                if (request == null) {
                    ScriptedReply.status(400).writeTo(connection.getOutputStream(), false);
                    return;
                }
                ScriptedReply reply = answer(request);
                open = reply.writeTo(
                        connection.getOutputStream(), request.method().equals("HEAD"));
                if (reply.isReset()) {
                    connection.setSoLinger(true, 0);
                    open = false;
                }
            }
        } catch (IOException e) {
            // The client went away: some tests are about just that.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the rules say to a request, which counts as one that came in. */
    ScriptedReply answer(Request request) {
        requests.add(request);
        for (Rule rule : rules) {
            if (rule.method.equals(request.method())
                    && rule.path.matcher(request.path()).matches()
                    && rule.left.getAndDecrement() > 0) {
                return rule.answer.apply(request);
            }
        }
        return ScriptedReply.status(request.path().equals("/v2/") ? 200 : 418);
    }

    private static Request read(InputStream in) throws IOException {
        String[] start = line(in).split(" ");
        if (start.length != 3 || !start[2].startsWith("HTTP/")) {
            return null; // The start of TLS, for one.
        }
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        // A proxy that only relays sends the whole address along (RFC 9112, 3.2.2).
        return new Request(start[0], start[1].replaceFirst("^http://[^/]*", ""), headers, body);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
