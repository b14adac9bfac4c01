package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.ParallelTasks;
import io.jenkins.plugins.dtk.http.HttpSettings;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageManifest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.registry.RegistryCredentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads hostile inputs in a process with little memory, sixteen at once, and writes a line for each kind of them. */
final class SmallHeap {

    private static final int AT_ONCE = 16;

    private final RegistryClient registry;
    private final ImageReference repository;
    private final ReleaseSources sources;

    private SmallHeap(String address) {
        this.registry = RegistryClient.builder()
                .plainHttp(Set.of(address))
                .requestsInFlight(AT_ONCE)
                .build();
        this.repository = ImageReference.parse(address + "/acme/x");
        this.sources = new ReleaseSources(URI.create("http://" + address + "/graph"), Optional.empty());
    }

    /** ADDRESS FOLDER, then KIND DIGEST pairs. */
    public static void main(String[] arguments) throws Exception {
        SmallHeap heap = new SmallHeap(arguments[0]);
        for (int i = 2; i < arguments.length; i += 2) {
            System.out.println(arguments[i] + ": " + heap.outcome(arguments[i], arguments[i + 1], arguments[1]));
        }
    }

    private String outcome(String kind, String digest, String folder) throws InterruptedException {
        try {
            return String.valueOf(read(kind, digest, folder));
        } catch (IOException | IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private Object read(String kind, String digest, String folder) throws IOException, InterruptedException {
        return switch (kind) {
            case "payload" -> payloads();
            case "manifest" ->
                again(() -> registry.findManifest(repository.withDigest(Digest.parse(digest)))
                        .isPresent());
            case "config" ->
                again(() -> registry.config(repository, (ImageManifest)
                                registry.manifest(repository.withDigest(Digest.parse(digest))))
                        .labels()
                        .size());
            case "package list" ->
                again(() -> new ImageTree(registry)
                        .inLastLayer(
                                repository,
                                (ImageManifest) registry.manifest(repository.withDigest(Digest.parse(digest))),
                                PayloadWorld.META,
                                file -> MetaJson.kernel(file, repository))
                        .orElseThrow());
            case "tags" -> registry.tags(repository, null).size();
            case "graph" -> again(() -> releases("4.17").size());
            case "pull secret" -> RegistryCredentials.fromDockerConfig(secret(), "the pull secret");
            case "journal" -> new FactJournal(Path.of(folder), JournalTest.NAME).get("last");
            default -> throw new IllegalArgumentException(kind);
        };
    }

    /** What sixteen threads read that begin at once; the first of it. */
    private static <T> T again(Reading<T> reading) throws Failure, InterruptedException {
        return ParallelTasks.map(Collections.nCopies(AT_ONCE, 0), AT_ONCE, any -> reading.read())
                .get(0);
    }

    private interface Reading<T> {
        T read() throws Failure, InterruptedException;
    }

    private List<Release> releases(String range) throws Failure, InterruptedException {
        return reader().find(ReleaseRange.parse(range), Set.of(Architecture.X86_64), "candidate", Discovery.GRAPH);
    }

    private Releases reader() {
        return new Releases(sources, registry, HttpSettings.standard(), ReleaseCache.none());
    }

    private String payloads() throws Failure, InterruptedException {
        Releases reader = reader();
        List<List<NodeOs>> nodes = ParallelTasks.map(releases("4.16"), AT_ONCE, reader::nodeOs);
        return nodes.size() + " payloads of " + Set.copyOf(nodes).size() + " node OS";
    }

    /** As long at once as it gets: what it grows by would take the memory that is for the reader. */
    private static final int SECRET_LENGTH = 16 << 20;

    private static String secret() {
        StringBuilder json = new StringBuilder(SECRET_LENGTH).append("{\"auths\":{");
        for (int i = 0; i < 300_000; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("\"r")
                    .append(i)
                    .append(".example.com\":{\"auth\":\"dTpwYXNzd29yZA==\"}");
        }
        return json.append("}}").toString();
    }
}
