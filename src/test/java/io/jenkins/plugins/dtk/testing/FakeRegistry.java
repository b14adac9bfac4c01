package io.jenkins.plugins.dtk.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.dtk.demo.MemoryRegistry;
import io.jenkins.plugins.dtk.demo.MemoryRegistry.Content;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.MediaType;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A registry in memory that answers reads as a good one does; rules of its {@link #server()} go first. */
public final class FakeRegistry implements AutoCloseable {

    private final ScriptedServer server = ScriptedServer.start();
    private final MemoryRegistry memory;
    private final Map<String, Content> contents;
    private volatile Hook hook = (request, truth) -> truth.apply(request);

    /** What may happen to every request. */
    public interface Hook {
        /** What the client gets; {@code truth} does what was asked. */
        ScriptedReply answer(ScriptedServer.Request request, Function<ScriptedServer.Request, ScriptedReply> truth);
    }

    public FakeRegistry() {
        this(new MemoryRegistry());
    }

    /** One that answers with what is there. */
    public FakeRegistry(MemoryRegistry memory) {
        this.memory = memory;
        contents = memory.contents();
        on("GET", "/v2/.+", this::answer);
        on("HEAD", "/v2/.+", this::answer);
    }

    private void on(String method, String path, Function<ScriptedServer.Request, ScriptedReply> truth) {
        server.on(method, path, request -> hook.answer(request, truth));
    }

    /** Takes manifests, deletes them with their tags, and lists tags, as a registry does that is written too. */
    public FakeRegistry writable() {
        server.on("PUT", "/v2/.+/manifests/.+", this::write);
        on("DELETE", "/v2/.+/manifests/.+", this::remove);
        on("GET", "/v2/.+/tags/list.*", this::list);
        return this;
    }

    /** The same, where nothing that has a tag may be changed: as Harbor does, src/server/middleware/immutable. */
    public FakeRegistry immutable() {
        return immutable(FakeRegistry::refusal);
    }

    /** The same, with an answer as another registry gives it. */
    public FakeRegistry immutable(Function<ScriptedServer.Request, ScriptedReply> refusal) {
        writable();
        server.on(
                "PUT",
                "/v2/.+/manifests/(?!sha256:).+",
                request -> contents.containsKey(request.path()) ? refusal.apply(request) : write(request));
        server.on(
                "DELETE",
                "/v2/.+/manifests/.+",
                request -> isTagged(request) ? refusal.apply(request) : remove(request));
        return this;
    }

    private boolean isTagged(ScriptedServer.Request request) {
        Content content = contents.get(request.path());
        return content != null
                && contents.entrySet().stream()
                        .anyMatch(entry -> entry.getKey().startsWith(folder(request))
                                && !entry.getKey().contains("sha256:")
                                && Arrays.equals(entry.getValue().bytes(), content.bytes()));
    }

    private static ScriptedReply refusal(ScriptedServer.Request request) {
        String name = request.path().replaceFirst(".*/([^/]+)/manifests/(.+)", "$1:$2");
        return ScriptedReply.error(
                412, "PRECONDITION", "Failed to process request due to '" + name + "' configured as immutable.");
    }

    private ScriptedReply write(ScriptedServer.Request request) {
        String digest = FakeImage.digest(request.body());
        Content content = new Content(request.header("content-type"), request.body());
        contents.put(request.path(), content);
        contents.put(folder(request) + digest, content);
        return ScriptedReply.status(201).header("Docker-Content-Digest", digest);
    }

    /** Deletes a manifest with all its tags. */
    public ScriptedReply remove(ScriptedServer.Request request) {
        Content content = contents.get(request.path());
        if (content == null) {
            return ScriptedReply.error(404, "MANIFEST_UNKNOWN", "manifest unknown");
        }
        contents.entrySet()
                .removeIf(entry -> entry.getKey().startsWith(folder(request))
                        && Arrays.equals(entry.getValue().bytes(), content.bytes()));
        return ScriptedReply.status(202);
    }

    /** The true list of tags. */
    public ScriptedReply list(ScriptedServer.Request request) {
        String folder = request.path().replaceFirst("/tags/list.*", "/manifests/");
        StringJoiner tags = new StringJoiner("\",\"", "[\"", "\"]").setEmptyValue("[]");
        contents.keySet().stream()
                .filter(path -> path.startsWith(folder) && !path.contains("sha256:"))
                .sorted()
                .forEach(path -> tags.add(path.substring(folder.length())));
        return ScriptedReply.json(200, "{\"name\":\"x\",\"tags\":" + tags + "}");
    }

    private static String folder(ScriptedServer.Request request) {
        return request.path().substring(0, request.path().lastIndexOf('/') + 1);
    }

    /** What a repository has under a tag or a digest, or null. */
    public byte[] manifest(String repository, String reference) {
        Content content = contents.get("/v2/" + repository + "/manifests/" + reference);
        return content == null ? null : content.bytes().clone();
    }

    /** Writes a manifest under its digest and a tag. */
    public String put(String repository, String tag, String type, String manifest) {
        byte[] bytes = manifest.getBytes(StandardCharsets.UTF_8);
        String digest = put(repository, "manifests", type, bytes);
        contents.put("/v2/" + repository + "/manifests/" + tag, new Content(type, bytes));
        return digest;
    }

    /** Sets a tag on what is there. */
    public void tag(String repository, String tag, String digest) {
        String folder = "/v2/" + repository + "/manifests/";
        contents.put(folder + tag, contents.get(folder + digest));
    }

    /** Lets something happen to every answer from now on. */
    public void spoil(UnaryOperator<ScriptedReply> spoil) {
        hook = (request, truth) -> spoil.apply(truth.apply(request));
    }

    /** Lets something happen to every request from now on. */
    public void meet(Hook newHook) {
        hook = newHook;
    }

    /** What it has, by path. */
    public Map<String, Content> contents() {
        return contents;
    }

    /** Publishes an image and names it by its digest. */
    public ImageReference push(String repository, FakeImage image) {
        put(repository, "blobs", "application/octet-stream", image.config());
        image.layers().forEach(layer -> put(repository, "blobs", "application/octet-stream", layer));
        return named(repository, put(repository, "manifests", image.mediaType(), image.manifest()));
    }

    /** Publishes an image under a tag too. */
    public ImageReference push(String repository, String tag, FakeImage image) {
        push(repository, image);
        contents.put("/v2/" + repository + "/manifests/" + tag, new Content(image.mediaType(), image.manifest()));
        return ImageReference.parse(server.address() + "/" + repository + ":" + tag);
    }

    /** Publishes an index of images that are there under a tag. */
    public void index(String repository, String tag, Map<Architecture, FakeImage> images) {
        ImageReference index = index(repository, images);
        String path = "/v2/" + repository + "/manifests/";
        contents.put(path + tag, contents.get(path + index.digest()));
    }

    /** Publishes an index of images that are there. */
    public ImageReference index(String repository, Map<Architecture, FakeImage> images) {
        ObjectNode index = new ObjectMapper().createObjectNode();
        index.put("schemaVersion", 2).put("mediaType", MediaType.OCI_INDEX);
        ArrayNode manifests = index.putArray("manifests");
        images.forEach(
                (architecture, image) -> FakeImage.describe(manifests.addObject(), image.mediaType(), image.manifest())
                        .putObject("platform")
                        .put("os", "linux")
                        .put("architecture", architecture.goName()));
        byte[] bytes = index.toString().getBytes(StandardCharsets.UTF_8);
        return named(repository, put(repository, "manifests", MediaType.OCI_INDEX, bytes));
    }

    private ImageReference named(String repository, String digest) {
        return ImageReference.parse(server.address() + "/" + repository + "@" + digest);
    }

    private String put(String repository, String kind, String type, byte[] bytes) {
        String digest = FakeImage.digest(bytes);
        contents.put("/v2/" + repository + "/" + kind + "/" + digest, new Content(type, bytes));
        return digest;
    }

    /** The true answer to a request. */
    public ScriptedReply answer(ScriptedServer.Request request) {
        MemoryRegistry.Answer answer = memory.answer(request.path().split("\\?")[0], request.header("range"));
        ScriptedReply reply = ScriptedReply.status(answer.status()).body(answer.body());
        answer.headers().forEach(reply::header);
        return reply;
    }

    /** The server behind it, to add rules and to count requests. */
    public ScriptedServer server() {
        return server;
    }

    /** Where it listens: {@code 127.0.0.1:PORT}. */
    public String address() {
        return server.address();
    }

    /** A client that reaches it. */
    public RegistryClient client() {
        return RegistryClient.builder().plainHttp(Set.of(address())).build();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
