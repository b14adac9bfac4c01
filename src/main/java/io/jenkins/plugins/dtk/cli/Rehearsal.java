package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.demo.GraphServer;
import io.jenkins.plugins.dtk.demo.MemoryRegistry;
import io.jenkins.plugins.dtk.demo.OpenShiftWorld;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs {@code dtk matrix} and {@code dtk exists} over a small world within this process, so that what they take is
 * loaded. The launcher has the JVM write all loaded classes into an archive when this ends; later starts map that
 * instead of reading, checking and linking some 4000 classes: a third of what a short command takes
 * (bench/existence.md).
 */
final class Rehearsal {

    /** One release of each generation of node OS images, and one with two streams. */
    private static final OpenShiftWorld WORLD = OpenShiftWorld.of("4.12.25", "4.14.7", "4.17.22", "4.19.35", "4.21.18");

    private static final PrintStream NOWHERE =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    private Rehearsal() {}

    /** Takes one argument, a folder for the cache; ends with 0 when both did what they should. */
    public static void main(String[] args) throws IOException {
        System.exit(run(Path.of(args[0])));
    }

    static int run(Path folder) throws IOException {
        MemoryRegistry images = new MemoryRegistry();
        try (MemoryRegistry.Server registry = images.serve();
                GraphServer graph = GraphServer.start(WORLD.publish(images))) {
            List<String> words = new ArrayList<>(List.of("matrix", "--no-base-digest", "--graph-url", graph.url()));
            words.addAll(List.of("--plain-http", registry.address(), "--location", "quay.io=" + registry.address()));
            words.addAll(List.of("--cache", folder.toString()));
            Terminal terminal = new Terminal(NOWHERE, NOWHERE, false);
            int cold = Main.run(terminal, Map.of(), words.toArray(String[]::new));
            words.addAll(List.of("--format", "table"));
            int warm = Main.run(terminal, Map.of(), words.toArray(String[]::new));
            String release = registry.address() + "/openshift-release-dev/ocp-release:4.12.25-x86_64";
            int there = Main.run(terminal, Map.of(), "exists", "--plain-http", registry.address(), release);
            return Math.max(Math.max(cold, warm), there);
        }
    }
}
