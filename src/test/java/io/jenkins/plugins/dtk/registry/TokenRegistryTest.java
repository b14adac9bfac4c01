package io.jenkins.plugins.dtk.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.dtk.demo.DockerRegistry;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.oci.MediaType;
import io.jenkins.plugins.dtk.oci.Platform;
import io.jenkins.plugins.dtk.testing.Commands;
import io.jenkins.plugins.dtk.testing.ImageFolder;
import io.jenkins.plugins.dtk.testing.Parts;
import io.jenkins.plugins.dtk.testing.TokenServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("On Debian's docker-registry with a token service, the client")
class TokenRegistryTest {

    @TempDir
    private Path folder;

    @AutoClose
    private TokenServer tokens;

    @AutoClose
    private DockerRegistry registry;

    private ImageReference image;

    @BeforeEach
    void start() throws Exception {
        Parts.need("docker-registry", "skopeo");
        tokens = TokenServer.start(folder);
        registry = DockerRegistry.with()
                .tokens(tokens.realm(), TokenServer.SERVICE, tokens.certificate())
                .deletes()
                .start();
        image = ImageReference.parse(registry.address() + "/acme/x:1");
        String login = TokenServer.USER + ":" + TokenServer.PASSWORD;
        ImageFolder.push(folder.resolve("image"), false, "amd64", Map.of(), image.toString(), login);
    }

    private RegistryClient client(RegistryCredentials credentials) {
        return RegistryClient.builder()
                .plainHttp(Set.of(registry.address(), tokens.address()))
                .credentials(credentials)
                .build();
    }

    private RegistryCredentials login(String password) {
        return RegistryCredentials.of(registry.address(), TokenServer.USER, password);
    }

    @Test
    void readsAnonymouslyWritesAndDeletesWithALogin() throws Exception {
        RegistryClient anonymous = client(RegistryCredentials.none());
        Manifest manifest = anonymous.manifest(image);
        assertThat(failure(() -> anonymous.putManifest(image.withTag("2"), manifest)))
                .hasFieldOrPropertyWithValue("kind", Kind.REFUSED)
                .hasMessageContaining("refused an anonymous request; credentials are needed");

        RegistryClient client = client(login(TokenServer.PASSWORD));
        ImageIndex index = ImageIndex.of(
                MediaType.OCI_INDEX, List.of(manifest.descriptor().on(Platform.parse("linux/amd64"))), Map.of());
        client.putManifest(image.withTag("2"), index);
        assertThat(Commands.run("skopeo", "inspect", "--raw", "--tls-verify=false", "docker://" + image.withTag("2")))
                .contains(manifest.digest().toString());
        client.deleteManifest(image.withDigest(index.digest()));
        assertThat(client.findManifest(image.withTag("2"))).isEmpty();
    }

    @Test
    void saysWhoseCredentialsTheTokenServiceRefused() {
        assertThat(failure(() -> client(login("wrong")).manifest(image)))
                .hasFieldOrPropertyWithValue("kind", Kind.REFUSED)
                .hasMessageContaining("the token service " + tokens.address() + " refused the credentials given for "
                        + registry.address() + ": 401 (incorrect username or password)");
    }

    @Test
    void takesOneTokenForAThousandChecksOfManyThreads() throws Exception {
        RegistryClient client = client(login(TokenServer.PASSWORD));
        int before = tokens.issued();
        List<Future<Boolean>> checks = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            for (int i = 0; i < 1000; i++) {
                checks.add(threads.submit(() -> client.head(image).isPresent()));
            }
            for (Future<Boolean> check : checks) {
                assertThat(check.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(tokens.issued() - before).isEqualTo(1);
    }

    @Test
    void goesOnWhenItsTokenIsRefusedInTheMiddle() throws Exception {
        RegistryClient client = client(login(TokenServer.PASSWORD));
        Manifest manifest = client.manifest(image);
        int before = tokens.issued();
        tokens.tokensLive(Duration.ofSeconds(2));
        for (int i = 0; tokens.issued() < before + 3; i++) {
            client.putManifest(image.withTag("t" + i % 10), manifest);
        }
        assertThat(client.stats().retries()).as("repeated with a new token").isGreaterThanOrEqualTo(1);
    }

    private static Failure failure(ThrowingCallable call) {
        return catchThrowableOfType(Failure.class, call);
    }
}
