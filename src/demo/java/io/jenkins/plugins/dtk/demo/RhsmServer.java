package io.jenkins.plugins.dtk.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * A stand-in for Red Hat's subscription service (RHSM) on a loopback port of its own. It knows one organisation and
 * one activation key, and keeps count of the systems that come and go. The {@code subscription-manager} of the stand-in
 * base image speaks to it, in a simpler form than the real one; {@link CandlepinServer} is its other door:
 *
 * <pre>
 * POST /register     organisation, keys, system name and hardware, a line each
 *                                              200 and the system's id
 *                                              401 wrong organisation or key
 *                                              403 the key's limit of systems is reached
 * POST /unregister   the system's id           200, or 404 when it is not registered
 * </pre>
 *
 * <p>As at Candlepin 4.4.25, seen in runs: any number of systems may have one name; of several keys, separated by commas,
 * one has to exist; and whoever registers hardware (the fact dmi.system.uuid of what is no guest) that is registered gets
 * the system that is there, in whatever case it is written (candlepin/candlepin ConsumerResource.java, createConsumer).
 */
public final class RhsmServer implements AutoCloseable {

    private static final int MAX_REQUEST = 4096;

    private final String organisation;
    private final String activationKey;
    private final HttpServer server;
    private final Map<String, String> nameById = new LinkedHashMap<>();
    private final Map<String, String> idByHardware = new HashMap<>();
    private final Map<String, Integer> lost = new HashMap<>();
    private int registrations;
    private int limit = Integer.MAX_VALUE;

    private RhsmServer(String organisation, String activationKey) throws IOException {
        this.organisation = organisation;
        this.activationKey = activationKey;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/register", exchange -> answer(exchange, this::register));
        server.createContext("/unregister", exchange -> answer(exchange, this::unregister));
    }

    /** Starts one that takes this organisation and activation key. */
    public static RhsmServer start(String organisation, String activationKey) throws IOException {
        RhsmServer rhsm = new RhsmServer(organisation, activationKey);
        rhsm.server.start();
        return rhsm;
    }

    /** Where it listens: {@code http://127.0.0.1:PORT}, without a slash at the end. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The names of the systems that are registered now, the oldest first. */
    public synchronized List<String> registered() {
        return List.copyOf(nameById.values());
    }

    /** Whether the system with this id is registered now. */
    public synchronized boolean isRegistered(String id) {
        return nameById.containsKey(id);
    }

    /** Whether this is the organisation that it knows. */
    boolean knows(String name) {
        return organisation.equals(name);
    }

    /** From now on takes no more systems at a time than this. */
    public synchronized void limit(int systems) {
        limit = systems;
    }

    /** Removes a system, as its administrator does. */
    public synchronized void forget(String name) {
        nameById.values().remove(name);
    }

    /** How many systems have ever been registered. */
    public synchronized int registrations() {
        return registrations;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** From now on does so many requests to this path, such as {@code /register}, and answers 502 all the same. */
    public synchronized void loseAnswers(String path, int times) {
        lost.put(path, times);
    }

    private synchronized boolean isLost(String path) {
        return lost.merge(path, -1, (left, less) -> Math.max(left + less, -1)) >= 0;
    }

    synchronized Answer register(String body) {
        String[] lines = body.split("\n", -1);
        if (lines.length < 3
                || !lines[0].equals(organisation)
                || !Arrays.asList(lines[1].split(",")).contains(activationKey)) {
            return new Answer(401, "");
        }
        String hardware = lines.length < 4 ? "" : lines[3].toLowerCase(Locale.ROOT);
        String known = hardware.isEmpty() ? null : idByHardware.get(hardware);
        if (known != null && nameById.containsKey(known)) {
            nameById.put(known, lines[2]);
            return new Answer(200, known + "\n");
        }
        if (nameById.size() >= limit) {
            // In the words of Katello, which name the key.
            return new Answer(403, "Max Hosts (" + limit + ") reached for activation key '" + activationKey + "'\n");
        }
        String id = UUID.randomUUID().toString();
        nameById.put(id, lines[2]);
        idByHardware.put(hardware, id);
        registrations++;
        return new Answer(200, id + "\n");
    }

    synchronized Answer unregister(String body) {
        return new Answer(nameById.remove(body.strip()) == null ? 404 : 200, "");
    }

    private void answer(HttpExchange exchange, Handler handler) throws IOException {
        try (exchange) {
            byte[] request = exchange.getRequestBody().readNBytes(MAX_REQUEST);
            Answer answer = handler.handle(new String(request, StandardCharsets.UTF_8));
            if (isLost(exchange.getRequestURI().getPath())) {
                answer = new Answer(502, "");
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    record Answer(int status, String body) {}

    private interface Handler {
        Answer handle(String body);
    }
}
