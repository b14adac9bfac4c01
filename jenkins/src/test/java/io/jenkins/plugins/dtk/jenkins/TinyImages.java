package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;

/** Images without layers under the tags that branches of many kernels push. */
final class TinyImages {

    private static final String OCI = "application/vnd.oci.image.";

    private final HttpClient client = HttpClient.newHttpClient();
    private final String repository;

    private TinyImages(String registry, String path) {
        repository = "http://" + registry + "/v2/" + path;
    }

    static void push(String registry, String path, int kernels) throws Exception {
        TinyImages images = new TinyImages(registry, path);
        for (Map.Entry<String, String> arch :
                Map.of("amd64", "x86_64", "arm64", "aarch64").entrySet()) {
            String manifest = images.manifest(arch.getKey());
            for (int i = 1; i <= kernels; i++) {
                images.send(
                        "PUT",
                        images.repository + "/manifests/5.14.0-427." + i + ".1.el9_4." + arch.getValue(),
                        OCI + "manifest.v1+json",
                        manifest);
            }
        }
    }

    private String manifest(String architecture) throws Exception {
        String config = "{\"architecture\":\"%s\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}"
                .formatted(architecture);
        String upload = send("POST", repository + "/blobs/uploads/", "text/plain", "")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        String digest = "sha256:"
                + HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256")
                                .digest(config.getBytes(StandardCharsets.UTF_8)));
        URI place = URI.create(repository).resolve(upload);
        send("PUT", place + (place.getQuery() == null ? "?" : "&") + "digest=" + digest, "text/plain", config);
        return "{\"schemaVersion\":2,\"mediaType\":\"%1$smanifest.v1+json\",\"config\":{\"mediaType\":\"%1$sconfig.v1+json\",\"digest\":\"%2$s\",\"size\":%3$d},\"layers\":[]}"
                .formatted(OCI, digest, config.length());
    }

    private HttpResponse<String> send(String method, String url, String type, String body)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", type)
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(method + " " + url + ": " + answer.body()).isLessThan(300);
        return answer;
    }
}
