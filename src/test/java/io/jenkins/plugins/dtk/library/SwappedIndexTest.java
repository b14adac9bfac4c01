package io.jenkins.plugins.dtk.library;

import static io.jenkins.plugins.dtk.kernel.Architecture.AARCH64;
import static io.jenkins.plugins.dtk.kernel.Architecture.X86_64;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.library.KernelState.Presence;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.testing.FakeImage;
import io.jenkins.plugins.dtk.testing.FakeRegistry;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An index that a proxy swapped for something else")
class SwappedIndexTest {

    private static final String REPOSITORY = "acme/dtk";
    private static final String KERNEL = "5.14.0-427.61.1.el9_4";
    private static final List<Architecture> BOTH = List.of(X86_64, AARCH64);

    @AutoClose
    private final FakeRegistry registry = new FakeRegistry();

    private final ImageLibrary library =
            new ImageLibrary(registry.client(), ImageReference.parse(registry.address() + "/" + REPOSITORY));

    @BeforeEach
    void aKernelThatIsComplete() {
        FakeImage amd64 = image(X86_64);
        FakeImage arm64 = image(AARCH64);
        registry.push(REPOSITORY, KERNEL + ".x86_64", amd64);
        registry.push(REPOSITORY, KERNEL + ".aarch64", arm64);
        registry.index(REPOSITORY, KERNEL, Map.of(X86_64, amd64, AARCH64, arm64));
    }

    private static FakeImage image(Architecture architecture) {
        return new FakeImage()
                .on(architecture)
                .label("kernel-version", KERNEL + "." + architecture.rpmName())
                .file("a", "b");
    }

    /** Answers once for the kernel's index with something else. */
    private void swap(String mediaType, String body) {
        registry.server()
                .on("GET", "/v2/" + REPOSITORY + "/manifests/" + KERNEL, 1, request -> ScriptedReply.status(200)
                        .header("Content-Type", mediaType)
                        .body(body));
    }

    private static String otherIndex() {
        String digest = "sha256:" + "1".repeat(64);
        return "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":["
                + "{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"size\":7,\"digest\":\"" + digest
                + "\",\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"}}]}";
    }

    @Test
    @DisplayName("another index, whose images are not there, is asked for again, and the kernel counts as complete")
    void otherIndexOnce() throws Exception {
        swap("application/vnd.oci.image.index.v1+json", otherIndex());
        assertThat(library.state(KERNEL, BOTH, Optional.empty()).in(Presence.INDEXED))
                .containsExactlyElementsOf(BOTH);
    }

    @Test
    @DisplayName("a single image is asked for again, and the kernel counts as complete")
    void singleImageOnce() throws Exception {
        swap(
                "application/vnd.oci.image.manifest.v1+json",
                new String(registry.manifest(REPOSITORY, KERNEL + ".x86_64"), StandardCharsets.UTF_8));
        assertThat(library.state(KERNEL, BOTH, Optional.empty()).in(Presence.INDEXED))
                .containsExactlyElementsOf(BOTH);
    }
}
