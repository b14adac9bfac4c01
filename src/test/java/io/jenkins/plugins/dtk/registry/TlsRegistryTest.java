package io.jenkins.plugins.dtk.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.demo.DockerRegistry;
import io.jenkins.plugins.dtk.oci.ImageManifest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.testing.ImageFolder;
import io.jenkins.plugins.dtk.testing.Parts;
import io.jenkins.plugins.dtk.testing.TlsProxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A registry behind nginx with HTTP/2 and a private authority")
class TlsRegistryTest {

    @BeforeEach
    void parts() {
        Parts.need("docker-registry", "skopeo", "nginx");
    }

    /** nginx closes a connection after keepalive_requests of them; before 1.19.10 http2_max_requests did so. */
    @ParameterizedTest(name = "after {0} requests")
    @ValueSource(ints = {50, 7})
    void isReadAndWrittenByManyThreadsThoughConnectionsEnd(int requests, @TempDir Path folder) throws Exception {
        try (DockerRegistry registry = DockerRegistry.start();
                TlsProxy proxy = TlsProxy.start(folder, registry.address(), requests)) {
            ImageFolder.push(folder.resolve("image"), false, "amd64", Map.of(), registry.address() + "/acme/x:1", null);
            RegistryClient client = RegistryClient.builder()
                    .trustedCertificates(proxy.certificate())
                    .build();
            ImageReference image = ImageReference.parse(proxy.address() + "/acme/x:1");
            ImageManifest manifest = (ImageManifest) client.manifest(image);
            assertThat(client.config(image, manifest).architecture()).isEqualTo("amd64");
            client.putManifest(image.withTag("2"), manifest);
            List<Future<Boolean>> reads = new ArrayList<>();
            ExecutorService threads = Executors.newFixedThreadPool(16);
            try {
                for (int i = 0; i < 200; i++) {
                    reads.add(threads.submit(() -> {
                        client.blobStart(image, manifest.layers().get(0), 3);
                        return client.findManifest(image.withTag("2")).isPresent();
                    }));
                }
                for (Future<Boolean> read : reads) {
                    assertThat(read.get()).isTrue();
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(client.findManifest(image.withTag("none"))).isEmpty();
            assertThat(proxy.log()).as("learned after some").contains("HTTP/2.0", "HTTP/1.1");
            assertThat(client.stats().requests())
                    .as("sent for 400 reads, with those that a closed connection took along")
                    .isLessThan(600);
        }
    }

    @Test
    void isAskedByAllChecksOfManyThreadsOverOneConnection(@TempDir Path folder) throws Exception {
        try (DockerRegistry registry = DockerRegistry.start();
                TlsProxy proxy = TlsProxy.start(folder, registry.address(), 1000)) {
            ImageFolder.push(folder.resolve("image"), false, "amd64", Map.of(), registry.address() + "/acme/x:1", null);
            RegistryClient client = RegistryClient.builder()
                    .trustedCertificates("[" + proxy.address() + "]\n" + proxy.certificate())
                    .build();
            ImageReference image = ImageReference.parse(proxy.address() + "/acme/x:1");
            List<Future<Boolean>> checks = new ArrayList<>();
            ExecutorService threads = Executors.newFixedThreadPool(16);
            try {
                for (int i = 0; i < 400; i++) {
                    checks.add(threads.submit(() -> client.head(image).isPresent()));
                }
                for (Future<Boolean> check : checks) {
                    assertThat(check.get()).isTrue();
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(proxy.log().lines().filter(line -> line.contains("/manifests/")))
                    .hasSize(400)
                    .extracting(line -> line.substring(0, line.indexOf(' ')))
                    .containsOnly(proxy.log()
                            .lines()
                            .reduce((first, last) -> last)
                            .orElseThrow()
                            .split(" ")[0]);
        }
    }
}
