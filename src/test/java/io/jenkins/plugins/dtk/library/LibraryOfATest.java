package io.jenkins.plugins.dtk.library;

import static io.jenkins.plugins.dtk.kernel.Architecture.AARCH64;
import static io.jenkins.plugins.dtk.kernel.Architecture.X86_64;

import io.jenkins.plugins.dtk.demo.DockerRegistry;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.testing.ImageFolder;
import io.jenkins.plugins.dtk.testing.Parts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A library in a repository of its own for each test, in a real registry for each class. */
abstract class LibraryOfATest {

    static final String KERNEL = "5.14.0-427.13.1.el9_4";
    static final String BASE = "sha256:" + "b".repeat(64);
    static final Optional<Digest> ON_BASE = Optional.of(Digest.parse(BASE));
    static final List<Architecture> BOTH = List.of(X86_64, AARCH64);

    @AutoClose
    static DockerRegistry registry;

    static RegistryClient client;
    private static int repositories;

    @TempDir
    Path folder;

    ImageReference repository;
    ImageLibrary library;
    private int pushed;

    @BeforeAll
    static void startRegistry() throws Exception {
        Parts.need("docker-registry", "skopeo");
        registry = DockerRegistry.with().deletes().start();
        client = RegistryClient.builder().plainHttp(Set.of(registry.address())).build();
    }

    @BeforeEach
    void freshRepository() {
        repository = ImageReference.parse(registry.address() + "/acme/dtk" + repositories++);
        library = new ImageLibrary(client, repository);
    }

    /** Pushes an image under the tag of an architecture; returns its digest. */
    final Digest push(Architecture tagged, String goName, boolean docker, Map<String, String> labels) throws Exception {
        ImageReference target = repository.withTag(LibraryTag.of(KERNEL, tagged));
        ImageFolder.push(folder.resolve("image" + pushed++), docker, goName, labels, target.toString(), null);
        return client.manifest(target).digest();
    }

    /** Pushes an image as a build of the plugin does; no two are the same. */
    final Digest push(Architecture architecture) throws Exception {
        return push(
                architecture,
                architecture.goName(),
                false,
                Map.of(
                        "kernel-version",
                        KERNEL + "." + architecture.rpmName(),
                        "org.opencontainers.image.base.digest",
                        BASE,
                        "io.jenkins.plugins.dtk.build-url",
                        "https://ci.example.com/" + pushed));
    }
}
