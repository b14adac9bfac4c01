package io.jenkins.plugins.dtk.library;

import static io.jenkins.plugins.dtk.kernel.Architecture.AARCH64;
import static io.jenkins.plugins.dtk.kernel.Architecture.X86_64;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.demo.DockerRegistry;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.library.ImageLibrary.JoinResult;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.testing.Commands;
import io.jenkins.plugins.dtk.testing.ImageFolder;
import io.jenkins.plugins.dtk.testing.Parts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many times they join the ten kernels: {@code -Ddtk.join.rounds}. */
@DisplayName("Two pipelines that join the same ten kernels at the same time")
class OverlappingJoinsTest {

    private static final int ROUNDS = Integer.getInteger("dtk.join.rounds", 5);
    private static final int KERNELS = 10;
    private static final List<Architecture> BOTH = List.of(X86_64, AARCH64);

    @AutoClose
    private static DockerRegistry registry;

    private static RegistryClient client;

    private final ExecutorService pipelines = Executors.newFixedThreadPool(2);

    @BeforeAll
    static void start() throws Exception {
        Parts.need("docker-registry", "skopeo");
        registry = DockerRegistry.start();
        client = RegistryClient.builder().plainHttp(Set.of(registry.address())).build();
    }

    @Test
    void leaveEveryIndexCompleteWhenEachBringsOneArchitecture(@TempDir Path folder) throws Exception {
        ImageReference repository = repository("apart");
        Map<Architecture, Manifest> images = images(folder, repository);
        meet(repository, images, List.of(List.of(X86_64), List.of(AARCH64)));
    }

    @Test
    void leaveEveryIndexCompleteWhenBothBringTheSameImages(@TempDir Path folder) throws Exception {
        ImageReference repository = repository("alike");
        Map<Architecture, Manifest> images = images(folder, repository);
        meet(repository, images, List.of(BOTH, BOTH));
    }

    private static ImageReference repository(String name) {
        return ImageReference.parse(registry.address() + "/acme/" + name);
    }

    private static Map<Architecture, Manifest> images(Path folder, ImageReference repository) throws Exception {
        Map<Architecture, Manifest> images = new EnumMap<>(Architecture.class);
        for (Architecture architecture : BOTH) {
            ImageReference image = repository.withTag(architecture.goName());
            ImageFolder.push(
                    folder.resolve(image.tag()), false, architecture.goName(), Map.of(), image.toString(), null);
            images.put(architecture, client.manifest(image));
        }
        return images;
    }

    private void meet(ImageReference repository, Map<Architecture, Manifest> images, List<List<Architecture>> brought)
            throws Exception {
        try {
            for (int round = 0; round < ROUNDS; round++) {
                CyclicBarrier start = new CyclicBarrier(brought.size());
                List<Future<?>> runs = new ArrayList<>();
                for (List<Architecture> architectures : brought) {
                    String minor = "5.14." + round;
                    runs.add(pipelines.submit(() -> run(start, repository, minor, images, architectures)));
                }
                for (Future<?> run : runs) {
                    run.get();
                }
                for (int kernel = 0; kernel < KERNELS; kernel++) {
                    checkIndex(repository.withTag(kernel("5.14." + round, kernel)), images);
                }
            }
            checkAsSkopeoSeesIt(repository.withTag(kernel("5.14." + (ROUNDS - 1), KERNELS - 1)));
        } finally {
            pipelines.shutdownNow();
        }
    }

    private static String kernel(String minor, int kernel) {
        return minor + "-" + kernel + ".el9_4";
    }

    private static Void run(
            CyclicBarrier start,
            ImageReference repository,
            String minor,
            Map<Architecture, Manifest> images,
            List<Architecture> architectures)
            throws Exception {
        ImageLibrary library = new ImageLibrary(client, repository);
        for (int kernel = 0; kernel < KERNELS; kernel++) {
            start.await(); // They meet at each kernel, as one is always a little faster than the other.
            for (Architecture architecture : architectures) {
                String tag = LibraryTag.of(kernel(minor, kernel), architecture);
                client.putManifest(repository.withTag(tag), images.get(architecture));
            }
            JoinResult result = library.join(kernel(minor, kernel), architectures);
            assertThat(result.missing()).isEmpty();
        }
        return null;
    }

    private static void checkIndex(ImageReference kernel, Map<Architecture, Manifest> images) throws Exception {
        ImageIndex index = (ImageIndex) client.manifest(kernel);
        assertThat(index.manifests())
                .extracting(Descriptor::digest)
                .containsExactlyInAnyOrder(
                        images.values().stream().map(Manifest::digest).toArray(Digest[]::new));
        for (Descriptor entry : index.manifests()) {
            assertThat(client.manifest(kernel.withDigest(entry.digest())).digest())
                    .isEqualTo(entry.digest());
        }
    }

    private static void checkAsSkopeoSeesIt(ImageReference kernel) throws Exception {
        String raw = Commands.run("skopeo", "inspect", "--raw", "--tls-verify=false", "docker://" + kernel);
        assertThat(raw).contains("\"amd64\"", "\"arm64\"");
    }
}
