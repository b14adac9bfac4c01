package io.jenkins.plugins.dtk.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.dtk.demo.DockerRegistry;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageConfig;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageManifest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.oci.MediaType;
import io.jenkins.plugins.dtk.oci.Platform;
import io.jenkins.plugins.dtk.testing.Commands;
import io.jenkins.plugins.dtk.testing.ImageFolder;
import io.jenkins.plugins.dtk.testing.Parts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("On Debian's docker-registry, with skopeo as the other side, the client")
class DockerRegistryClientTest {

    private static final String PASSWORD = "correct-horse-battery-staple";

    @AutoClose
    private static DockerRegistry registry;

    private static RegistryClient client;

    @BeforeAll
    static void start() throws Exception {
        Parts.need("docker-registry", "skopeo");
        registry = DockerRegistry.with().login("user", PASSWORD).deletes().start();
        client = client(PASSWORD);
    }

    private static RegistryClient client(String password) {
        return RegistryClient.builder()
                .plainHttp(Set.of(registry.address()))
                .credentials(RegistryCredentials.of(registry.address(), "user", password))
                .build();
    }

    private static ImageReference image(String rest) {
        return ImageReference.parse(registry.address() + "/" + rest);
    }

    private static void push(Path folder, boolean docker, String target) throws Exception {
        ImageFolder.push(
                folder, docker, "amd64", Map.of("a", "label"), registry.address() + "/" + target, "user:" + PASSWORD);
    }

    @Test
    void readsImagesOfBothForms(@TempDir Path folder) throws Exception {
        for (boolean docker : new boolean[] {true, false}) {
            String name = "forms/" + (docker ? "docker" : "oci") + ":1";
            push(folder.resolve(name.replace(':', '-')), docker, name);
            ImageManifest manifest = (ImageManifest) client.manifest(image(name));
            assertThat(manifest.mediaType()).isEqualTo(docker ? MediaType.DOCKER_MANIFEST : MediaType.OCI_MANIFEST);
            assertThat(client.config(image(name), manifest))
                    .isEqualTo(new ImageConfig("linux", "amd64", null, Map.of("a", "label")));
            assertThat(client.head(image(name)).orElseThrow().digest()).isEqualTo(manifest.digest());
            assertThat(client.manifest(image(name).withDigest(manifest.digest()))
                            .bytes())
                    .isEqualTo(manifest.bytes());
            Descriptor layer = manifest.layers().get(0);
            assertThat(client.blobStart(image(name), layer, 2)).containsExactly(0x1f, 0x8b);
            try (InputStream blob = new GZIPInputStream(client.blob(image(name), layer))) {
                assertThat(blob.readAllBytes()).isEqualTo(Scripted.bytes("layer for amd64"));
            }
        }
    }

    @Test
    void hearsThatSomethingIsAbsent(@TempDir Path folder) throws Exception {
        push(folder, false, "absence/there:1");
        assertThat(client.findManifest(image("absence/there:2"))).isEmpty();
        assertThat(client.findManifest(image("absence/never:1"))).isEmpty();
        assertThat(client.head(image("absence/there:2"))).isEmpty();
        assertThat(catchThrowableOfType(Failure.class, () -> client.tags(image("absence/never"), null))
                        .kind())
                .isEqualTo(Kind.ABSENT);
    }

    @Test
    void listsTags(@TempDir Path folder) throws Exception {
        push(folder, false, "many/tags:first");
        Manifest manifest = client.manifest(image("many/tags:first"));
        List<String> expected = new ArrayList<>();
        for (int i = 1000; i < 1220; i++) {
            client.putManifest(image("many/tags:" + i), manifest);
            expected.add(String.valueOf(i));
        }
        expected.add("first");
        // This registry gives all tags at once and in no order.
        assertThat(client.tags(image("many/tags"), null)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(client.tags(image("many/tags"), "1199")).containsAll(expected.subList(200, 221));
    }

    @Test
    void publishesAnIndexThatSkopeoReads(@TempDir Path folder) throws Exception {
        push(folder, false, "joined/x:part");
        Descriptor part = client.manifest(image("joined/x:part")).descriptor().on(Platform.parse("linux/arm64/v8"));
        ImageIndex index = ImageIndex.of(MediaType.OCI_INDEX, List.of(part), Map.of("a", "b"));
        client.putManifest(image("joined/x:all"), index);
        String raw = Commands.run(
                "skopeo",
                "inspect",
                "--raw",
                "--tls-verify=false",
                "--creds",
                "user:" + PASSWORD,
                "docker://" + registry.address() + "/joined/x:all");
        assertThat(Scripted.bytes(raw)).isEqualTo(index.bytes());
        assertThat(raw)
                .contains("\"variant\" : \"v8\"", "\"a\" : \"b\"", part.digest().toString());
    }

    @Test
    void isToldWhenAnIndexNamesAnImageThatIsNotThere(@TempDir Path folder) throws Exception {
        Descriptor absent = Descriptor.of(MediaType.OCI_MANIFEST, Digest.parse("sha256:" + "0".repeat(64)), 10)
                .on(Platform.parse("linux/amd64"));
        ImageIndex index = ImageIndex.of(MediaType.OCI_INDEX, List.of(absent), Map.of());
        Failure failure =
                catchThrowableOfType(Failure.class, () -> client.putManifest(image("joined/absent:all"), index));
        assertThat(failure.getMessage())
                .startsWith("Tried to write the manifest of " + registry.address() + "/joined/absent:all")
                .contains("MANIFEST_BLOB_UNKNOWN");
        assertThat(client.findManifest(image("joined/absent:all"))).isEmpty();
    }

    @Test
    void deletesAManifest(@TempDir Path folder) throws Exception {
        push(folder, false, "deleted/x:1");
        ImageReference image = image("deleted/x:1");
        ImageReference byDigest = image.withDigest(client.manifest(image).digest());
        client.deleteManifest(byDigest);
        client.deleteManifest(byDigest);
        assertThat(client.findManifest(image)).isEmpty();
    }

    @Test
    void saysWhoseCredentialsWereRefused() {
        Failure failure = catchThrowableOfType(
                Failure.class, () -> client("wrong-password").manifest(image("x/y:1")));
        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure.getMessage())
                .contains("refused the credentials given for " + registry.address())
                .doesNotContain("wrong-password");
        RegistryClient anonymous =
                RegistryClient.builder().plainHttp(Set.of(registry.address())).build();
        assertThat(catchThrowableOfType(Failure.class, () -> anonymous.manifest(image("x/y:1"))))
                .hasMessageContaining("credentials are needed");
    }

    @Test
    void goesOnWhenTheRegistryComesBack(@TempDir Path folder) throws Exception {
        push(folder, false, "restart/x:1");
        registry.kill();
        Thread back = new Thread(() -> {
            try {
                registry.restart();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        back.start();
        assertThat(client.manifest(image("restart/x:1"))).isNotNull();
        back.join();
    }
}
