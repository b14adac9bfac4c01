package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.demo.MemoryRegistry;
import io.jenkins.plugins.dtk.demo.MemoryRegistry.Content;
import io.jenkins.plugins.dtk.testing.ChaosProxy;
import io.jenkins.plugins.dtk.testing.FaultyWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Runs commands against a small OpenShift while everything on the way goes wrong at random, and counts what came of it.
 * bench/README.md says how to read it.
 */
final class FaultsBench {

    private static final String WHOLE = "5.14.0-284.45.1.el9_2"; // of 4.14.7
    private static final String UNWANTED = "5.14.0-284.10.1.el9_2";
    private static final String MISSING = "5.14.0-427.61.1.el9_4"; // of 4.18.6
    private static final int AT_ONCE = 24;
    private static final int[] ONE_IN = {5, 20, 20, 60, 200};

    /** What a run came to. */
    enum Outcome {
        /** What it says without a fault. */
        RIGHT,
        /** It says in one line that it could not tell. */
        HONEST,
        /** It says something else, or in another form. */
        WRONG,
        /** It deleted what is wanted. */
        LOST,
        /** It remembered what is not so. */
        STAYED
    }

    /** A command with its exit codes for "could not tell". */
    private record Question(String name, int failed, List<String> arguments) {}

    private static final List<Question> QUESTIONS = List.of(
            new Question(
                    "matrix",
                    1,
                    List.of("matrix", "--releases", "4.14,4.18", "--image", "quay.io/acme/dtk", "--no-base-digest")),
            new Question(
                    "exists",
                    3,
                    List.of("exists", "quay.io/acme/dtk:" + WHOLE, "quay.io/acme/dtk:" + WHOLE + ".x86_64")),
            new Question(
                    "exists not", 3, List.of("exists", "quay.io/acme/dtk:" + WHOLE, "quay.io/acme/dtk:" + MISSING)),
            new Question("verify", 3, List.of("verify", "--releases", "4.14", "--image", "quay.io/acme/dtk")),
            new Question(
                    "prune",
                    1,
                    List.of("prune", "--releases", "4.14,4.18", "--image", "quay.io/acme/dtk", "--delete")));

    private final FaultyWorld world =
            new FaultyWorld("4.14.7", "4.18.6").kernel(WHOLE).kernel(UNWANTED);
    private final Map<String, Content> beginning = world.images().contents();
    private final Path folder = Files.createTempDirectory("dtk-faults");
    private final Map<String, Dtk> truths = new TreeMap<>();
    private final Map<String, Map<Outcome, Integer>> counts = new TreeMap<>();
    private int deletedByTruth;
    private final AtomicLong longest = new AtomicLong();
    private final AtomicLong faults = new AtomicLong();
    private final AtomicLong mostLive = new AtomicLong();

    private FaultsBench() throws IOException {}

    /** RUNS SEED; ends with 1 when a result was wrong. */
    public static void main(String[] arguments) throws Exception {
        int runs = Integer.parseInt(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        FaultsBench bench = new FaultsBench();
        boolean fine = bench.run(runs, seed);
        System.exit(fine ? 0 : 1);
    }

    private boolean run(int runs, long seed) throws Exception {
        for (Question question : QUESTIONS) {
            MemoryRegistry library = world.images();
            truths.put(question.name(), once(question, 0, 0, library, folder.resolve("truth-" + question.name())));
            deletedByTruth = Math.max(
                    deletedByTruth, beginning.size() - library.contents().size());
        }
        long begin = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            int number = i;
            all.add(threads.submit(() -> {
                one(number, seed + number);
                return null;
            }));
        }
        for (Future<?> one : all) {
            one.get();
            if (all.indexOf(one) % 1000 == 999) {
                live();
            }
        }
        threads.shutdown();
        live();
        print(runs, (System.nanoTime() - begin) / 1e9);
        delete(folder);
        return counts.values().stream().allMatch(outcomes -> outcomes.keySet().stream()
                .allMatch(outcome -> outcome == Outcome.RIGHT || outcome == Outcome.HONEST));
    }

    private void one(int number, long seed) throws IOException {
        Question question = QUESTIONS.get(number % QUESTIONS.size());
        Random random = new Random(seed);
        MemoryRegistry library = world.images();
        Path cache = folder.resolve("run-" + number);
        long begin = System.nanoTime();
        Dtk dtk = once(question, random.nextLong(), ONE_IN[random.nextInt(ONE_IN.length)], library, cache);
        longest.accumulateAndGet(System.nanoTime() - begin, Math::max);
        Outcome outcome = judge(question, dtk, library);
        if (outcome == Outcome.RIGHT || outcome == Outcome.HONEST) {
            if (question.name().equals("matrix")) {
                Dtk next = once(question, 0, 0, world.images(), cache);
                for (int again = 0;
                        again < 2 && next.exit() != 0;
                        again++) { // The machine may be too busy for the limits.
                    next = once(question, 0, 0, world.images(), cache);
                }
                if (!next.out().equals(truths.get("matrix").out())) {
                    outcome = Outcome.STAYED;
                    System.err.println("the next matrix: exit " + next.exit() + "\n" + next.out() + next.err());
                }
            }
        }
        synchronized (counts) {
            counts.computeIfAbsent(question.name(), any -> new TreeMap<>()).merge(outcome, 1, Integer::sum);
        }
        if (outcome != Outcome.RIGHT && outcome != Outcome.HONEST) {
            System.err.println(outcome + " " + question.name() + " with seed " + seed + ": exit " + dtk.exit() + "\n"
                    + dtk.out() + dtk.err());
        }
        delete(cache);
    }

    /** Runs a command through a proxy of its own. */
    private Dtk once(Question question, long seed, int oneIn, MemoryRegistry library, Path cache) throws IOException {
        try (ChaosProxy proxy = new ChaosProxy(world, library, !question.name().startsWith("exists"), seed, oneIn)) {
            List<String> arguments = new ArrayList<>(question.arguments());
            arguments.addAll(List.of("--location", "quay.io=" + proxy.address(), "--plain-http", proxy.address()));
            if (!question.name().startsWith("exists")) {
                arguments.addAll(
                        List.of("--graph-url", "http://" + proxy.address() + "/graph", "--cache", cache.toString()));
            }
            Dtk dtk = Dtk.run(arguments.toArray(String[]::new));
            faults.addAndGet(proxy.faults());
            return new Dtk(
                    dtk.exit(),
                    dtk.out().replace(proxy.address(), "PROXY"),
                    dtk.err().replace(proxy.address(), "PROXY"));
        }
    }

    private Outcome judge(Question question, Dtk dtk, MemoryRegistry library) {
        Dtk truth = truths.get(question.name());
        Set<String> gone = new TreeSet<>(beginning.keySet());
        gone.removeAll(library.contents().keySet());
        if (gone.stream().anyMatch(path -> !isOf(UNWANTED, path))) {
            return Outcome.LOST;
        }
        if (dtk.err().contains("\tat ") || dtk.exit() == 2) {
            return Outcome.WRONG;
        }
        boolean done = question.name().equals("prune") && gone.size() == deletedByTruth;
        if (dtk.exit() == truth.exit() && (done || dtk.out().equals(truth.out()))) {
            return Outcome.RIGHT;
        }
        if (dtk.exit() == question.failed() && dtk.out().contains("could not tell")) {
            return Outcome.HONEST;
        }
        if (dtk.exit() == question.failed() && !dtk.err().isBlank() && !(question.failed() == truth.exit())) {
            return Outcome.HONEST;
        }
        // What it could not prove stays, and is listed.
        boolean named = dtk.out().matches("(?s).*\\b(kept|stays?)\\b.*");
        return question.name().equals("prune") && (dtk.exit() == 0 || dtk.exit() == 3) && named
                ? Outcome.HONEST
                : Outcome.WRONG;
    }

    /** Whether a path of the library is a manifest of this kernel. */
    private boolean isOf(String kernel, String path) {
        return beginning.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("/v2/acme/dtk/manifests/" + kernel))
                .anyMatch(entry -> entry.getKey().equals(path)
                        || Arrays.equals(
                                entry.getValue().bytes(), beginning.get(path).bytes()));
    }

    private void live() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        mostLive.accumulateAndGet(runtime.totalMemory() - runtime.freeMemory(), Math::max);
    }

    private void print(int runs, double seconds) {
        System.out.printf("%-12s %8s %8s %8s %8s %8s%n", "", "right", "honest", "WRONG", "LOST", "STAYED");
        counts.forEach((name, outcomes) -> {
            System.out.printf("%-12s", name);
            for (Outcome outcome : Outcome.values()) {
                System.out.printf(" %8d", outcomes.getOrDefault(outcome, 0));
            }
            System.out.println();
        });
        System.out.printf(
                "%d runs with %d spoiled answers in %.0f s; the longest took %.1f s; live heap at most %d MiB%n",
                runs, faults.get(), seconds, longest.get() / 1e9, mostLive.get() >> 20);
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                all.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            }
        }
    }
}
