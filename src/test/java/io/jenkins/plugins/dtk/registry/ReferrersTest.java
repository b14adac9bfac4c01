package io.jenkins.plugins.dtk.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dtk.demo.AccessLog;
import io.jenkins.plugins.dtk.demo.DockerRegistry;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.oci.MediaType;
import io.jenkins.plugins.dtk.registry.RegistryClient.Attachment;
import io.jenkins.plugins.dtk.testing.Commands;
import io.jenkins.plugins.dtk.testing.ImageFolder;
import io.jenkins.plugins.dtk.testing.Parts;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import io.jenkins.plugins.dtk.testing.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What is attached to an image")
class ReferrersTest {

    private static final String SPDX = "application/spdx+json";

    private static Attachment packages(String content) {
        return new Attachment(SPDX, Scripted.bytes(content), Map.of("of", content));
    }

    private static ImageReference pushed(DockerRegistry registry, Path folder) throws Exception {
        ImageReference image = ImageReference.parse(registry.address() + "/acme/x:1");
        ImageFolder.push(folder.resolve("image"), false, "amd64", Map.of(), image.toString(), null);
        return image;
    }

    private static RegistryClient client(DockerRegistry registry) {
        return RegistryClient.builder().plainHttp(Set.of(registry.address())).build();
    }

    @Test
    void isListedByATagWhereTheRegistryKeepsNoListAndSkopeoReadsIt(@TempDir Path folder) throws Exception {
        Parts.need("docker-registry", "skopeo");
        try (DockerRegistry registry = DockerRegistry.start()) {
            ImageReference image = pushed(registry, folder);
            RegistryClient client = client(registry);
            Manifest subject = client.manifest(image);
            ImageReference pinned = image.withDigest(subject.digest());
            assertThat(client.referrers(pinned)).isEmpty();

            Referrer first = client.attach(image, subject, packages("kernel-devel"));
            Referrer second = client.attach(image, subject, packages("gcc"));
            AccessLog asked = registry.requests();
            assertThat(client.attach(image, subject, packages("gcc"))).isEqualTo(second);
            assertThat(asked.since().count("POST", AccessLog.Kind.UPLOAD))
                    .as("what is there is not sent again")
                    .isZero();

            assertThat(client.referrers(pinned)).containsExactly(first, second);
            assertThat(first.artifactType()).isEqualTo(SPDX);
            assertThat(client.manifest(image).digest()).as("the image itself").isEqualTo(subject.digest());
            String listed = Commands.run(
                    "skopeo",
                    "inspect",
                    "--raw",
                    "--tls-verify=false",
                    "docker://" + image.withTag(subject.digest().tag()));
            assertThat(listed)
                    .contains(first.digest().toString(), second.digest().toString(), SPDX);
        }
    }

    @Test
    void isCompleteWhenTwoAttachAtTheSameTime(@TempDir Path folder) throws Exception {
        Parts.need("docker-registry", "skopeo");
        try (DockerRegistry registry = DockerRegistry.start()) {
            ImageReference image = pushed(registry, folder);
            RegistryClient client = client(registry);
            Manifest subject = client.manifest(image);
            ExecutorService threads = Executors.newFixedThreadPool(2);
            try {
                for (int round = 0; round < 10; round++) {
                    List<Future<Referrer>> both = new ArrayList<>();
                    for (String who : List.of("one", "two")) {
                        Attachment attachment = packages(who + round);
                        both.add(threads.submit(() -> client.attach(image, subject, attachment)));
                    }
                    List<Referrer> attached =
                            List.of(both.get(0).get(), both.get(1).get());
                    assertThat(client.referrers(image.withDigest(subject.digest())))
                            .containsAll(attached);
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Test
    void isEnteredAgainWhereAnotherControllerWroteTheListWithoutIt() throws Exception {
        Manifest subject = ImageIndex.of(MediaType.OCI_INDEX, List.of(), Map.of());
        String other =
                "{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_INDEX + "\",\"manifests\":[{\"mediaType\":\""
                        + MediaType.OCI_MANIFEST + "\",\"digest\":\"" + subject.digest() + "\",\"size\":2}]}";
        String list = "/v2/acme/x/manifests/" + subject.digest().tag();
        AtomicReference<String> kept = new AtomicReference<>();
        AtomicInteger looks = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.start()) {
            server.on("HEAD", "/v2/acme/x/blobs/.*", ScriptedReply.status(200))
                    .on("PUT", "/v2/acme/x/manifests/sha256:.*", ScriptedReply.status(201))
                    .on("GET", "/v2/acme/x/referrers/.*", ScriptedReply.status(404))
                    .on("PUT", list, request -> {
                        kept.set(new String(request.body(), StandardCharsets.UTF_8));
                        return ScriptedReply.status(201);
                    })
                    .on("GET", list, request -> {
                        // The other controller read the list when it was empty, and writes it after our first look.
                        if (looks.incrementAndGet() == 3) {
                            kept.set(other);
                        }
                        return kept.get() == null
                                ? ScriptedReply.status(404)
                                : Scripted.manifest(MediaType.OCI_INDEX, kept.get());
                    });
            RegistryClient client = Scripted.client(server).build();
            ImageReference image = Scripted.image(server, "acme/x:1");
            Referrer attached = client.attach(image, subject, packages("gcc"));
            assertThat(client.referrers(image.withDigest(subject.digest())))
                    .extracting(Referrer::digest)
                    .containsExactly(subject.digest(), attached.digest());
        }
    }

    @Test
    void isLeftToARegistryThatKeepsTheListItself() throws Exception {
        Manifest subject = ImageIndex.of(MediaType.OCI_INDEX, List.of(), Map.of());
        try (ScriptedServer server = ScriptedServer.start()) {
            server.on("HEAD", "/v2/acme/x/blobs/.*", ScriptedReply.status(200))
                    .on(
                            "PUT",
                            "/v2/acme/x/manifests/sha256.*",
                            ScriptedReply.status(201)
                                    .header("OCI-Subject", subject.digest().toString()))
                    .on(
                            "GET",
                            "/v2/acme/x/referrers/" + subject.digest(),
                            Scripted.manifest(
                                    MediaType.OCI_INDEX,
                                    "{\"schemaVersion\":2,\"manifests\":[{\"digest\":\"" + subject.digest()
                                            + "\",\"artifactType\":\"" + SPDX + "\"}]}"));
            RegistryClient client = Scripted.client(server).build();
            ImageReference image = Scripted.image(server, "acme/x:1");
            client.attach(image, subject, packages("gcc"));
            assertThat(client.referrers(image.withDigest(subject.digest())))
                    .containsExactly(new Referrer(subject.digest(), SPDX, Map.of()));
            assertThat(server.count("GET", "/v2/acme/x/manifests/.*")).isZero();
        }
    }

    @Test
    void isNeverUploadedToAnotherRepositoryThanAsked() throws Exception {
        Manifest subject = ImageIndex.of(MediaType.OCI_INDEX, List.of(), Map.of());
        try (ScriptedServer server = ScriptedServer.start()) {
            server.on("HEAD", "/v2/acme/x/blobs/.*", ScriptedReply.status(404))
                    .on(
                            "POST",
                            "/v2/acme/x/blobs/uploads/",
                            ScriptedReply.status(202).header("Location", "https://elsewhere.example/take"));
            RegistryClient client = Scripted.client(server).build();
            assertThatThrownBy(() -> client.attach(Scripted.image(server, "acme/x:1"), subject, packages("gcc")))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("wants the upload at 'https://elsewhere.example/take'");
        }
    }
}
