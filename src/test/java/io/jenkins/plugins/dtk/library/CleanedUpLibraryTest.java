package io.jenkins.plugins.dtk.library;

import static io.jenkins.plugins.dtk.kernel.Architecture.AARCH64;
import static io.jenkins.plugins.dtk.kernel.Architecture.X86_64;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.demo.AccessLog;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.library.ImageLibrary.Existence;
import io.jenkins.plugins.dtk.library.ImageLibrary.JoinResult;
import io.jenkins.plugins.dtk.library.KernelState.Presence;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.oci.MediaType;
import io.jenkins.plugins.dtk.oci.Platform;
import io.jenkins.plugins.dtk.registry.Referrer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A library in which somebody else's clean-up job deleted images by digest")
class CleanedUpLibraryTest extends LibraryOfATest {

    @BeforeEach
    void aKernelThatIsComplete() throws Exception {
        push(X86_64);
        push(AARCH64);
        library.join(KERNEL, BOTH);
        assertThat(library.state(KERNEL, BOTH, ON_BASE).in(Presence.INDEXED)).containsExactlyElementsOf(BOTH);
    }

    private Digest delete(Architecture architecture) throws Exception {
        Digest digest = client.manifest(repository.withTag(LibraryTag.of(KERNEL, architecture)))
                .digest();
        client.deleteManifest(repository.withDigest(digest));
        return digest;
    }

    @Test
    @DisplayName("counts as missing what can no longer be pulled, although the index names it, and on which base")
    void missing() throws Exception {
        delete(AARCH64);

        assertThat(client.findManifest(repository.withTag(KERNEL)))
                .as("the index is still there")
                .isPresent();
        for (Optional<Digest> base : List.of(Optional.<Digest>empty(), ON_BASE)) {
            assertThat(library.state(KERNEL, BOTH, base).architectures())
                    .isEqualTo(Map.of(X86_64, Presence.INDEXED, AARCH64, Presence.MISSING));
        }
        assertThat(library.exists(KERNEL, Platform.named(List.of("x86_64")), Digest.parse(BASE)))
                .isInstanceOf(Existence.Present.class);
        for (List<String> platforms : List.of(List.<String>of(), List.of("aarch64"))) {
            for (Digest base : new Digest[] {null, Digest.parse(BASE)}) {
                assertThat(library.exists(KERNEL, Platform.named(platforms), base))
                        .isEqualTo(new Existence.Absent(
                                repository.withTag(KERNEL) + " names an image for linux/arm64 that is not there"));
            }
        }
        LibraryCatalog.KernelImages images = library.images(KernelVersion.parse(KERNEL), BOTH);
        assertThat(images.images().keySet()).containsExactly(X86_64);
        assertThat(images.index()).as("an index with a hole cannot be mirrored").isEmpty();
        assertThat(library.compare(KernelVersion.parse(KERNEL), AARCH64).answer())
                .isEqualTo(Compared.Answer.ABSENT);
    }

    @Test
    @DisplayName("counts as missing what an index does not name, even when no platform is asked for")
    void emptyIndex() throws Exception {
        client.putManifest(repository.withTag("empty"), ImageIndex.of(MediaType.OCI_INDEX, List.of(), Map.of()));

        for (List<String> platforms : List.of(List.<String>of(), List.of("aarch64"))) {
            assertThat(library.exists("empty", Platform.named(platforms), null))
                    .isEqualTo(new Existence.Absent(repository.withTag("empty") + " is an index that names no image"));
        }
    }

    @Test
    @DisplayName("is whole again after the missing image is built and joined")
    void healed() throws Exception {
        delete(AARCH64);
        Digest rebuilt = push(AARCH64);

        assertThat(library.state(KERNEL, BOTH, ON_BASE).architectures())
                .isEqualTo(Map.of(X86_64, Presence.INDEXED, AARCH64, Presence.UNJOINED));
        JoinResult result = library.join(KERNEL, BOTH);

        assertThat(result.joined()).containsEntry(AARCH64, rebuilt);
        assertThat(library.state(KERNEL, BOTH, ON_BASE).in(Presence.INDEXED)).containsExactlyElementsOf(BOTH);
        assertThat(library.exists(KERNEL, Platform.named(List.of("x86_64", "aarch64")), Digest.parse(BASE)))
                .isInstanceOf(Existence.Present.class);
    }

    @Test
    @DisplayName("joins what is there when the tag of an architecture is an index of an image that is gone")
    void brokenPart() throws Exception {
        ImageReference tag = repository.withTag(LibraryTag.of(KERNEL, AARCH64));
        Manifest image = client.manifest(tag);
        ImageIndex index = ImageIndex.of(
                io.jenkins.plugins.dtk.oci.MediaType.OCI_INDEX,
                List.of(image.descriptor().on(io.jenkins.plugins.dtk.oci.Platform.parse("linux/arm64"))),
                Map.of());
        client.putManifest(tag, index);
        client.deleteManifest(repository.withDigest(image.digest()));

        assertThat(library.state(KERNEL, BOTH, ON_BASE).architectures())
                .isEqualTo(Map.of(X86_64, Presence.INDEXED, AARCH64, Presence.MISSING));
        JoinResult result = library.join(KERNEL, BOTH);

        assertThat(result.joined().keySet()).containsExactly(X86_64);
        assertThat(result.rejected().get(AARCH64))
                .isEqualTo(tag + " is an index of " + image.digest() + ", which is not there or is no image");
        assertThat(library.images(KernelVersion.parse(KERNEL), BOTH).images().keySet())
                .containsExactly(X86_64);
    }

    @Test
    @DisplayName("finds what 'garbage-collect -m' deleted: images without a tag of their own")
    void collected() throws Exception {
        Manifest image = client.manifest(repository.withTag(LibraryTag.of(KERNEL, AARCH64)));
        push(AARCH64); // The tag moves on to another image, and the one in the index has none any more.
        registry.collectGarbage();

        assertThat(client.findManifest(repository.withDigest(image.digest()))).isEmpty();
        assertThat(library.state(KERNEL, BOTH, ON_BASE).architectures())
                .isEqualTo(Map.of(X86_64, Presence.INDEXED, AARCH64, Presence.UNJOINED));
        library.join(KERNEL, BOTH);
        assertThat(library.state(KERNEL, BOTH, ON_BASE).in(Presence.INDEXED)).containsExactlyElementsOf(BOTH);
    }

    @Test
    @DisplayName("gets the list of packages attached again that 'garbage-collect -m' deleted")
    void attachment() throws Exception {
        String tag = LibraryTag.of(KERNEL, X86_64);
        List<String> packages = List.of("gcc-11.4.1-3.el9.x86_64");
        Referrer first = library.attachPackages(tag, packages, Instant.EPOCH);
        assertThat(library.attachPackages(tag, packages, Instant.EPOCH.plusSeconds(60)))
                .isEqualTo(first);
        registry.collectGarbage();
        assertThat(client.findManifest(repository.withDigest(first.digest()))).isEmpty();

        Referrer again = library.attachPackages(tag, packages, Instant.EPOCH.plusSeconds(120));

        assertThat(client.findManifest(repository.withDigest(again.digest()))).isPresent();
        ImageReference image =
                repository.withDigest(client.manifest(repository.withTag(tag)).digest());
        assertThat(client.referrers(image)).extracting(Referrer::digest).containsExactly(again.digest());
    }

    @Test
    @DisplayName("costs a quiet night one request for each kernel and one look at each of its images")
    void quietNight() throws Exception {
        AccessLog asked = registry.requests();

        library.state(KERNEL, BOTH, ON_BASE);

        assertThat(asked.since().all()).extracting(AccessLog.Request::method).containsExactly("GET", "HEAD", "HEAD");
    }
}
