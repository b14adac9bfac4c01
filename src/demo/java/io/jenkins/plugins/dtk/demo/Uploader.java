package io.jenkins.plugins.dtk.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Pushes images into a registry. An image whose manifest is there already costs one request.
 */
final class Uploader implements ImageStore {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final RegistryAccess registry;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Set<String> present = ConcurrentHashMap.newKeySet();
    private final Tally tally;

    Uploader(RegistryAccess registry, Tally tally) {
        this.registry = registry;
        this.tally = tally;
    }

    @Override
    public void put(String repository, Image image, String reference) throws IOException {
        URI uri = uri(repository + "/manifests/" + reference);
        HttpResponse<Void> head =
                send(request(uri).header("Accept", image.mediaType()).method("HEAD", BodyPublishers.noBody()));
        if (head.statusCode() == 200
                && head.headers().firstValue("Docker-Content-Digest").equals(Optional.of(image.digest()))) {
            return;
        }
        for (Blob blob : image.blobs()) {
            push(repository, blob);
        }
        HttpResponse<Void> put = send(request(uri)
                .header("Content-Type", image.mediaType())
                .PUT(BodyPublishers.ofByteArray(image.manifest().bytes())));
        expect(put, 201, uri);
        tally.manifest(image.manifest());
    }

    private void push(String repository, Blob blob) throws IOException {
        String key = repository + "@" + blob.digest();
        if (present.contains(key)) {
            return;
        }
        URI uri = uri(repository + "/blobs/" + blob.digest());
        if (send(request(uri).method("HEAD", BodyPublishers.noBody())).statusCode() != 200) {
            upload(repository, blob);
        }
        present.add(key);
    }

    private void upload(String repository, Blob blob) throws IOException {
        URI start = uri(repository + "/blobs/uploads/");
        HttpResponse<Void> started = send(request(start).POST(BodyPublishers.noBody()));
        expect(started, 202, start);
        String location =
                started.headers().firstValue("Location").orElseThrow(() -> new IOException(start + ": no Location"));
        URI place = start.resolve(location + (location.contains("?") ? "&" : "?") + "digest=" + blob.digest());
        HttpResponse<Void> put = send(request(place)
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofByteArray(blob.bytes())));
        expect(put, 201, start);
        tally.blob(blob);
    }

    private URI uri(String path) {
        return URI.create("http://" + registry.address() + "/v2/" + path);
    }

    private HttpRequest.Builder request(URI uri) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(TIMEOUT);
        registry.authorization().ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    private HttpResponse<Void> send(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), BodyHandlers.discarding());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while pushing to " + registry, e);
        }
    }

    private static void expect(HttpResponse<Void> response, int status, URI uri) throws IOException {
        if (response.statusCode() != status) {
            throw new IOException(response.request().method() + " " + uri + ": expected status " + status + ", got "
                    + response.statusCode());
        }
    }
}
