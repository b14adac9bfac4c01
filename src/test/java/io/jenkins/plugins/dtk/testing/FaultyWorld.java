package io.jenkins.plugins.dtk.testing;

import io.jenkins.plugins.dtk.demo.GraphServer;
import io.jenkins.plugins.dtk.demo.MemoryRegistry;
import io.jenkins.plugins.dtk.demo.OpenShiftWorld;
import io.jenkins.plugins.dtk.kernel.Architecture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A small OpenShift with its update graph, and the library with which every run begins. */
public final class FaultyWorld {

    private static final String LIBRARY = "acme/dtk";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> graphs = new ConcurrentHashMap<>();
    private final MemoryRegistry images = new MemoryRegistry();
    private final String graph;

    /** Starts the server of its graph, which ends with the process. */
    public FaultyWorld(String... releases) throws IOException {
        graph = GraphServer.start(OpenShiftWorld.of(releases).publish(images)).url();
    }

    /** Puts the images of a kernel and their index into the library. */
    public FaultyWorld kernel(String kernel) throws IOException {
        try (FakeRegistry registry = new FakeRegistry(images)) {
            Map<Architecture, FakeImage> both = new TreeMap<>();
            for (Architecture architecture : Set.of(Architecture.X86_64, Architecture.AARCH64)) {
                String full = kernel + "." + architecture.rpmName();
                both.put(
                        architecture,
                        new FakeImage()
                                .on(architecture)
                                .label("kernel-version", full)
                                .file("etc/driver-toolkit-release.json", "{\"KERNEL_VERSION\":\"" + full + "\"}"));
                registry.push(LIBRARY, full, both.get(architecture));
            }
            registry.index(LIBRARY, kernel, both);
        }
        return this;
    }

    /** A registry as it is at the beginning of a run. */
    public MemoryRegistry images() {
        MemoryRegistry copy = new MemoryRegistry();
        copy.contents().putAll(images.contents());
        return copy;
    }

    /** What the update graph says to a request. */
    ScriptedReply graph(ScriptedServer.Request request) {
        return ScriptedReply.json(200, graphs.computeIfAbsent(request.path(), this::fetch));
    }

    private String fetch(String path) {
        try {
            URI address = URI.create(graph + path.substring("/graph".length()));
            return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
