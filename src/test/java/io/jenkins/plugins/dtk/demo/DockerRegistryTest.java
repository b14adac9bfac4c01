package io.jenkins.plugins.dtk.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dtk.testing.Parts;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerRegistryTest {

    @BeforeEach
    void parts() {
        Parts.need("docker-registry");
    }

    @Test
    void asksForItsLogin() throws Exception {
        try (DockerRegistry registry =
                DockerRegistry.with().login("me", "s3cret").start()) {
            assertThat(status(registry, "/v2/", null)).isEqualTo(401);
            assertThat(status(registry, "/v2/", "me:wrong")).isEqualTo(401);
            assertThat(status(registry, "/v2/", "me:s3cret")).isEqualTo(200);
        }
    }

    @Test
    void countsRequestsByMethodKindAndRepositorySinceAMark() throws Exception {
        try (DockerRegistry registry = DockerRegistry.start()) {
            AccessLog asked = registry.requests();
            status(registry, "/v2/", null);
            asked.mark();
            status(registry, "/v2/a/b/manifests/1.0", null);
            status(registry, "/v2/a/b/tags/list?n=100", null);
            status(registry, "/v2/c/manifests/1.0", null);
            AccessLog.Requests since = asked.since();
            assertThat(since.count()).isEqualTo(3);
            assertThat(since.count("GET", AccessLog.Kind.MANIFEST)).isEqualTo(2);
            assertThat(since.count("GET", AccessLog.Kind.MANIFEST, "a/b")).isEqualTo(1);
            assertThat(since.count("GET", AccessLog.Kind.TAGS, "a/b")).isEqualTo(1);
            assertThat(since.count("HEAD", AccessLog.Kind.MANIFEST)).isZero();
            assertThat(since.all().get(0).status()).isEqualTo(404);
            assertThat(since.bytes()).isPositive();
        }
    }

    @Test
    void comesBackOnTheSamePortAfterAStopAndAfterAKill() throws Exception {
        try (DockerRegistry registry = DockerRegistry.start()) {
            String address = registry.address();
            registry.stop();
            registry.restart();
            assertThat(status(registry, "/v2/", null)).isEqualTo(200);
            registry.kill();
            registry.restart();
            assertThat(status(registry, "/v2/", null)).isEqualTo(200);
            assertThat(registry.address()).isEqualTo(address);
        }
    }

    @Test
    void saysInOneLineWhatToInstallWhenItIsNotOnTheMachine(@TempDir Path folder) {
        assertThatThrownBy(() -> RegistryProcess.start("no-such-registry", folder, 1))
                .hasMessage(
                        "cannot start no-such-registry: it is not on this machine ('apt-get install docker-registry')");
    }

    @Test
    void keepsAHomeThatItWasGivenAndRemovesATemporaryOne(@TempDir Path folder) throws Exception {
        Path temporary;
        try (DockerRegistry given = DockerRegistry.with().home(folder).start();
                DockerRegistry own = DockerRegistry.start()) {
            temporary = own.home();
            assertThat(given.address()).isNotEqualTo(own.address());
            assertThat(given.log()).isNotEmptyFile();
        }
        assertThat(temporary).doesNotExist();
        assertThat(folder.resolve("config.yml")).exists();
        assertThat(Files.readString(folder.resolve("registry.log"), StandardCharsets.UTF_8))
                .doesNotContain("level=error");
    }

    private static int status(DockerRegistry registry, String path, String login) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + registry.address() + path))
                .version(HttpClient.Version.HTTP_1_1);
        if (login != null) {
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        }
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
