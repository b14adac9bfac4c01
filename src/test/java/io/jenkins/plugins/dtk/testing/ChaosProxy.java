package io.jenkins.plugins.dtk.testing;

import io.jenkins.plugins.dtk.testing.FaultyWorld.Content;
import io.jenkins.plugins.dtk.testing.ScriptedServer.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a world and spoils some of its answers: resets, truncates, corrupts, swaps, delays, floods, refuses. */
public final class ChaosProxy implements AutoCloseable {

    private static final byte[] FLOOD = "[{\"x\":[[],[],[]]},".repeat(1000).getBytes(StandardCharsets.US_ASCII);

    private final FaultyWorld world;
    private final Map<String, Content> library;
    private final boolean swapsTags;
    private final Random random;
    private final int oneIn;
    private final ScriptedServer server = ScriptedServer.start();
    private final AtomicInteger faults = new AtomicInteger();

    /**
     * Starts it on a port of its own.
     *
     * @param library which requests read and delete
     * @param swapsTags whether a tag may answer with what another names
     * @param oneIn how many answers go right on the average before one is spoiled; 0: none is
     */
    public ChaosProxy(FaultyWorld world, Map<String, Content> library, boolean swapsTags, long seed, int oneIn) {
        this.swapsTags = swapsTags;
        this.world = world;
        this.library = library;
        this.random = new Random(seed);
        this.oneIn = oneIn;
        for (String method : List.of("GET", "HEAD", "DELETE")) {
            server.on(method, "/.*", this::answer);
        }
    }

    /** Where it listens: {@code 127.0.0.1:PORT}. */
    public String address() {
        return server.address();
    }

    /** How many answers were spoiled. */
    public int faults() {
        return faults.get();
    }

    private ScriptedReply answer(Request request) {
        int fault;
        int place;
        synchronized (random) {
            fault = oneIn > 0 && random.nextInt(oneIn) == 0 ? random.nextInt(18) : -1;
            place = random.nextInt(1 << 20);
        }
        if (fault < 0) {
            return world.answer(request, library);
        }
        faults.incrementAndGet();
        boolean before = place % 2 == 0;
        return switch (fault) {
            case 0, 1 -> ScriptedReply.status(500).body("oops");
            case 2 -> ScriptedReply.status(429).body("slow down");
            case 3 -> ScriptedReply.status(502).body("<html>Bad Gateway</html>");
            case 4 -> ScriptedReply.status(404).body("<html>not found</html>");
            case 5 -> ScriptedReply.status(403).body("denied");
            case 6 -> ScriptedReply.status(200).body("<html>please log in</html>");
            case 7 -> ScriptedReply.json(200, "{}");
            case 8 -> ScriptedReply.json(200, "");
            case 9, 10 -> swapped(request, place);
            case 11 -> reply(request).body(FLOOD).endless();
            case 12 -> ScriptedReply.status(503).header("Retry-After", place % 5 == 0 ? "999999999" : "0");
            default -> broken(fault, before ? reply(request) : world.answer(request, library), place);
        };
    }

    private static ScriptedReply broken(int fault, ScriptedReply reply, int place) {
        byte[] body = reply.body();
        int cut = body.length == 0 ? 0 : place % body.length;
        return switch (fault) {
            case 13 -> reply.resetAfter(cut);
            case 14 -> reply.cutAfter(cut);
            case 15 -> {
                if (body.length > 0) {
                    body[cut] ^= (byte) (1 << place % 8);
                }
                yield reply.body(body);
            }
            case 16 -> reply.body(Arrays.copyOf(body, cut));
            default -> body.length < 300 ? reply.trickling(Duration.ofMillis(1)) : reply;
        };
    }

    /** The true answer, but for deletions: those are not done. */
    private ScriptedReply reply(Request request) {
        return request.method().equals("DELETE") ? ScriptedReply.status(202) : world.answer(request, library);
    }

    /** The answer to another question of the same kind. */
    private ScriptedReply swapped(Request request, int place) {
        String kind = kind(request.path());
        if (kind.equals(request.path())) {
            return ScriptedReply.status(500);
        }
        List<String> others = world.paths(library).stream()
                .filter(path -> kind(path).equals(kind))
                .toList();
        return others.isEmpty()
                ? ScriptedReply.status(500)
                : world.answer(
                        new Request("GET", others.get(place % others.size()), request.headers(), request.body()),
                        library);
    }

    /**
     * What may take the place of each other. The graph, lists of tags and, unless what they name is to be compared with
     * the tag, tags have no other true answer that a reader could tell from this one.
     */
    private String kind(String path) {
        return path.contains("/blobs/sha256:")
                ? "blob"
                : path.contains("/manifests/sha256:") || (swapsTags && path.contains("/manifests/"))
                        ? "manifest"
                        : path;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
