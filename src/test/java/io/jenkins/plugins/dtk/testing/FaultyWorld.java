package io.jenkins.plugins.dtk.testing;

import io.jenkins.plugins.dtk.demo.GraphServer;
import io.jenkins.plugins.dtk.demo.MemoryRegistry;
import io.jenkins.plugins.dtk.demo.OpenShiftWorld;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.MediaType;
import io.jenkins.plugins.dtk.testing.ScriptedServer.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** A small OpenShift with its update graph, read once from real servers, and libraries in front of it that can be changed. */
public final class FaultyWorld {

    private static final String LIBRARY = "/v2/acme/dtk/";

    /** What a server has at a path. */
    public record Content(int status, String type, byte[] bytes) {}

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Content> upstream = new ConcurrentHashMap<>();
    private final Map<String, Content> library = new TreeMap<>();
    private final String registry;
    private final String graph;

    /** Starts the servers behind it, which end with the process. */
    public FaultyWorld(String... releases) throws IOException {
        MemoryRegistry memory = MemoryRegistry.start();
        registry = "http://" + memory.address();
        graph = GraphServer.start(OpenShiftWorld.of(releases).publish(memory)).url();
    }

    /** Puts the images of a kernel and their index into the library with which every run begins. */
    public FaultyWorld kernel(String kernel) {
        StringBuilder entries = new StringBuilder();
        for (Architecture architecture : List.of(Architecture.X86_64, Architecture.AARCH64)) {
            FakeImage image = new FakeImage()
                    .on(architecture)
                    .label("kernel-version", kernel + "." + architecture.rpmName())
                    .file(
                            "etc/driver-toolkit-release.json",
                            "{\"KERNEL_VERSION\":\"" + kernel + "." + architecture.rpmName() + "\"}");
            blob(image.config());
            image.layers().forEach(this::blob);
            manifest(kernel + "." + architecture.rpmName(), image.mediaType(), image.manifest());
            entries.append(entries.isEmpty() ? "" : ",")
                    .append("{\"mediaType\":\"" + image.mediaType() + "\",\"digest\":\"" + image.digest()
                            + "\",\"size\":"
                            + image.manifest().length + ",\"platform\":{\"os\":\"linux\",\"architecture\":\""
                            + architecture.goName() + "\"}}");
        }
        String index =
                "{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_INDEX + "\",\"manifests\":[" + entries + "]}";
        manifest(kernel, MediaType.OCI_INDEX, index.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    private void blob(byte[] bytes) {
        library.put(LIBRARY + "blobs/" + FakeImage.digest(bytes), new Content(200, "application/octet-stream", bytes));
    }

    private void manifest(String tag, String type, byte[] bytes) {
        library.put(LIBRARY + "manifests/" + tag, new Content(200, type, bytes));
        library.put(LIBRARY + "manifests/" + FakeImage.digest(bytes), new Content(200, type, bytes));
    }

    /** A library as it is at the beginning of a run. */
    public Map<String, Content> library() {
        return new ConcurrentHashMap<>(library);
    }

    /** What a server says to a request that meets this library; a deletion changes it. */
    public ScriptedReply answer(Request request, Map<String, Content> present) {
        if (request.method().equals("DELETE")) {
            return delete(request.path(), present);
        }
        Optional<Content> found = content(request.path(), present);
        if (found.isEmpty() || found.get().status() == 404) {
            return ScriptedReply.error(404, "MANIFEST_UNKNOWN", "manifest unknown");
        }
        byte[] bytes = found.get().bytes();
        ScriptedReply reply = ScriptedReply.status(
                        request.header("range") == null ? found.get().status() : 206)
                .header("Content-Type", found.get().type());
        if (request.path().contains("/manifests/")) {
            reply.header("Docker-Content-Digest", FakeImage.digest(bytes));
        }
        if (request.header("range") == null) {
            return reply.body(bytes);
        }
        String[] ends = request.header("range").substring("bytes=".length()).split("-");
        int start = Math.min(Integer.parseInt(ends[0]), bytes.length);
        int end = ends.length == 1 ? bytes.length : Math.min(Integer.parseInt(ends[1]) + 1, bytes.length);
        return reply.header("Content-Range", "bytes " + start + "-" + (end - 1) + "/" + bytes.length)
                .body(Arrays.copyOfRange(bytes, start, end));
    }

    /** What is at a path, without a fault. */
    public Optional<Content> content(String path, Map<String, Content> present) {
        if (path.equals("/v2/")) {
            return Optional.of(new Content(200, "application/json", new byte[] {'{', '}'}));
        }
        if (path.startsWith(LIBRARY + "tags/list")) {
            return Optional.of(tags(present));
        }
        if (path.startsWith(LIBRARY)) {
            return Optional.ofNullable(present.get(path));
        }
        return Optional.of(upstream.computeIfAbsent(path, this::fetch));
    }

    private static Content tags(Map<String, Content> present) {
        String list = present.keySet().stream()
                .filter(path -> path.startsWith(LIBRARY + "manifests/") && !path.contains("sha256:"))
                .map(path -> "\"" + path.substring((LIBRARY + "manifests/").length()) + "\"")
                .sorted()
                .collect(Collectors.joining(",", "{\"name\":\"acme/dtk\",\"tags\":[", "]}"));
        return new Content(200, "application/json", list.getBytes(StandardCharsets.UTF_8));
    }

    /** As a registry: by digest, with all tags that name it. */
    private static ScriptedReply delete(String path, Map<String, Content> present) {
        Content gone = present.remove(path);
        if (gone == null) {
            return ScriptedReply.error(404, "MANIFEST_UNKNOWN", "manifest unknown");
        }
        present.values().removeIf(content -> Arrays.equals(content.bytes(), gone.bytes()));
        return ScriptedReply.status(202);
    }

    /** Other paths that were asked before, for answers that are swapped. */
    public List<String> paths(Map<String, Content> present) {
        List<String> paths = new ArrayList<>(new TreeSet<>(upstream.keySet()));
        paths.addAll(new TreeSet<>(present.keySet()));
        return paths;
    }

    private Content fetch(String path) {
        try {
            var answer = http.send(
                    HttpRequest.newBuilder(
                                    URI.create(path.startsWith("/graph") ? graph + path.substring(6) : registry + path))
                            .version(HttpClient.Version.HTTP_1_1)
                            .build(),
                    BodyHandlers.ofByteArray());
            return new Content(
                    answer.statusCode(),
                    answer.headers().firstValue("Content-Type").orElse("application/octet-stream"),
                    answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
