package io.jenkins.plugins.dtk.testing;

import io.jenkins.plugins.dtk.demo.MemoryRegistry;
import io.jenkins.plugins.dtk.testing.ScriptedServer.Request;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A world for one run that spoils some of its answers, gives some in another's place, and does some deletions not at all. */
public final class ChaosProxy implements AutoCloseable {

    /** Of so many spoiled answers, one is another's. */
    private static final int SWAPS = 9;

    private final MemoryRegistry images;
    private final boolean swapsTags;
    private final Random random;
    private final RandomFaults faults;
    private final FakeRegistry registry;
    private final AtomicInteger swaps = new AtomicInteger();
    private final double share;

    /**
     * Starts it on a port of its own.
     *
     * @param images which requests read and delete
     * @param swapsTags whether a tag may answer with what another names
     * @param oneIn how many answers go right on the average before one is spoiled; 0: none is
     */
    public ChaosProxy(FaultyWorld world, MemoryRegistry images, boolean swapsTags, long seed, int oneIn) {
        this.images = images;
        this.swapsTags = swapsTags;
        random = new Random(seed);
        share = oneIn > 0 ? 1.0 / oneIn : 0;
        Set<Fault> all = Fault.visible();
        all.addAll(Set.of(Fault.ENDLESS_LISTS, Fault.WAIT_OF_YEARS));
        faults = new RandomFaults(random, 1, all);
        registry = new FakeRegistry(images).writable();
        registry.meet(this::answer);
        registry.server().on("GET", "/v2/", request -> answer(request, registry::answer));
        registry.server().on("GET", "/graph.*", request -> answer(request, world::graph));
    }

    /** Where it listens: {@code 127.0.0.1:PORT}. */
    public String address() {
        return registry.address();
    }

    /** How many answers were spoiled. */
    public int faults() {
        return faults.met().size() + swaps.get();
    }

    private ScriptedReply answer(Request request, Function<Request, ScriptedReply> truth) {
        boolean spoiled;
        boolean swapped;
        int place;
        synchronized (random) {
            spoiled = random.nextDouble() < share;
            swapped = spoiled && random.nextInt(SWAPS) == 0;
            place = random.nextInt(1 << 20);
        }
        if (!spoiled) {
            return truth.apply(request);
        }
        if (swapped) {
            swaps.incrementAndGet();
            return swapped(request, place);
        }
        boolean isDone = !request.method().equals("DELETE") || place % 2 == 0;
        return faults.spoil(isDone ? truth.apply(request) : ScriptedReply.status(202));
    }

    /** The answer to another question of the same kind. */
    private ScriptedReply swapped(Request request, int place) {
        String kind = kind(request.path());
        List<String> others = images.contents().keySet().stream()
                .filter(path -> !kind.equals(request.path()) && kind(path).equals(kind))
                .sorted()
                .toList();
        return others.isEmpty()
                ? ScriptedReply.status(500)
                : registry.answer(
                        new Request("GET", others.get(place % others.size()), request.headers(), request.body()));
    }

    /**
     * What may take the place of each other. The graph, lists of tags and, unless what they name is to be compared with
     * the tag, tags have no other true answer that a reader could distinguish from this one.
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
        registry.close();
    }
}
