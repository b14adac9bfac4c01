package io.jenkins.plugins.dtk.library;

import static io.jenkins.plugins.dtk.kernel.Architecture.AARCH64;
import static io.jenkins.plugins.dtk.kernel.Architecture.X86_64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.dtk.demo.DockerRegistry;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.library.ImageLibrary.Existence;
import io.jenkins.plugins.dtk.library.ImageLibrary.JoinResult;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.oci.Platform;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.registry.RegistryClientBuilder;
import io.jenkins.plugins.dtk.registry.Scripted;
import io.jenkins.plugins.dtk.testing.Commands;
import io.jenkins.plugins.dtk.testing.ImageFolder;
import io.jenkins.plugins.dtk.testing.Parts;
import io.jenkins.plugins.dtk.testing.SmallDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("When the registry has trouble, a join")
class RegistryTroubleTest {

    private static final String KERNEL = "5.14.0-427.13.1.el9_4";
    private static final List<Architecture> BOTH = List.of(X86_64, AARCH64);

    @TempDir
    private Path folder;

    private RegistryClient client;
    private ImageReference repository;
    private ImageLibrary library;

    @BeforeEach
    void parts() {
        Parts.need("docker-registry", "skopeo");
    }

    /** Pushes the images of both architectures for some kernels. */
    private void use(RegistryClientBuilder builder, DockerRegistry registry, String... kernels) throws Exception {
        client = builder.plainHttp(Set.of(registry.address())).build();
        repository = ImageReference.parse(registry.address() + "/acme/dtk");
        library = new ImageLibrary(client, repository);
        for (Architecture architecture : BOTH) {
            ImageReference first = repository.withTag(LibraryTag.of(kernels[0], architecture));
            Path image = folder.resolve(architecture.goName());
            ImageFolder.push(image, false, architecture.goName(), Map.of(), first.toString(), null);
            Manifest manifest = client.manifest(first);
            for (String kernel : kernels) {
                client.putManifest(repository.withTag(LibraryTag.of(kernel, architecture)), manifest);
            }
        }
    }

    private Failure failureOfJoin() {
        return catchThrowableOfType(Failure.class, () -> library.join(KERNEL, BOTH));
    }

    private void checkIndex(String kernel) throws Exception {
        ImageReference index = repository.withTag(kernel);
        assertThat(library.exists(kernel, Platform.named(List.of("x86_64", "aarch64")), null))
                .isInstanceOf(Existence.Present.class);
        assertThat(Commands.run("skopeo", "inspect", "--raw", "--tls-verify=false", "docker://" + index))
                .contains("\"amd64\"", "\"arm64\"");
    }

    @Test
    void goesOnWhenTheRegistryIsKilledAndRestartedInTheMiddle() throws Exception {
        String[] kernels = new String[60];
        for (int i = 0; i < kernels.length; i++) {
            kernels[i] = "5.14.0-" + i + ".el9_4";
        }
        try (DockerRegistry registry = DockerRegistry.start()) {
            use(RegistryClient.builder(), registry, kernels);
            CountDownLatch inTheMiddle = new CountDownLatch(10);
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                List<Future<JoinResult>> joins = new ArrayList<>();
                for (String kernel : kernels) {
                    joins.add(threads.submit(() -> {
                        inTheMiddle.countDown();
                        return library.join(kernel, BOTH);
                    }));
                }
                inTheMiddle.await();
                registry.kill();
                registry.restart();
                for (Future<JoinResult> join : joins) {
                    assertThat(join.get().missing()).isEmpty();
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(client.stats().retries())
                    .as("some requests met no registry")
                    .isPositive();
            checkIndex(kernels[0]);
            checkIndex(kernels[kernels.length - 1]);
        }
    }

    /** docker-registry keeps the empty file of what it could not write, and takes it for that from then on. */
    @Test
    void failsWhileTheDiskIsFullAndSucceedsOnceTheEmptyFilesAreGone() throws Exception {
        Path home = Files.createDirectory(folder.resolve("disk"));
        try (SmallDisk disk = SmallDisk.mount(home, 2 << 20);
                DockerRegistry registry = DockerRegistry.with().home(home).start()) {
            use(Scripted.client(), registry, KERNEL);
            disk.fill();
            assertThat(failureOfJoin())
                    .hasFieldOrPropertyWithValue("kind", Kind.UNREACHABLE)
                    .hasMessageStartingWith("Tried to write the manifest of " + repository.withTag(KERNEL))
                    .hasMessageContaining("answered 500");
            disk.free();
            assertThat(failureOfJoin()).hasMessageContaining("answered 500");
            assertThat(library.exists(KERNEL, List.of(), null)).isInstanceOf(Existence.Unknown.class);
            Commands.run("find", home.resolve("storage").toString(), "-type", "f", "-empty", "-delete");
            registry.restart();
            assertThat(library.join(KERNEL, BOTH).missing()).isEmpty();
            checkIndex(KERNEL);
        }
    }

    @Test
    void failsAtOnceWhileTheRegistryIsReadOnlyAndChangesNothing() throws Exception {
        try (DockerRegistry registry = DockerRegistry.start()) {
            use(RegistryClient.builder(), registry, KERNEL);
            registry.restart(true);
            assertThat(failureOfJoin())
                    .hasFieldOrPropertyWithValue("kind", Kind.REFUSED)
                    .hasMessageContaining("answered 405")
                    .hasMessageEndingWith("it is read-only at present");
            registry.restart(false);
            assertThat(library.join(KERNEL, BOTH).written()).isTrue();
            registry.restart(true);
            assertThat(library.join(KERNEL, BOTH).written())
                    .as("there is nothing to write")
                    .isFalse();
            checkIndex(KERNEL);
        }
    }

    @Test
    void needsNoDeletesAndADeleteSaysThatTheyAreSwitchedOff() throws Exception {
        try (DockerRegistry registry = DockerRegistry.start()) {
            use(RegistryClient.builder(), registry, KERNEL);
            ImageReference image =
                    repository.withDigest(library.join(KERNEL, BOTH).digest());
            assertThat(catchThrowableOfType(Failure.class, () -> client.deleteManifest(image)))
                    .hasFieldOrPropertyWithValue("kind", Kind.REFUSED)
                    .hasMessageStartingWith("Tried to delete " + image)
                    .hasMessageContaining("deletes are switched off there");
            checkIndex(KERNEL);
        }
    }
}
