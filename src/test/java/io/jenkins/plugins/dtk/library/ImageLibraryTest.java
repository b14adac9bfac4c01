package io.jenkins.plugins.dtk.library;

import static io.jenkins.plugins.dtk.kernel.Architecture.AARCH64;
import static io.jenkins.plugins.dtk.kernel.Architecture.PPC64LE;
import static io.jenkins.plugins.dtk.kernel.Architecture.X86_64;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.demo.AccessLog;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.library.ImageLibrary.Existence;
import io.jenkins.plugins.dtk.library.ImageLibrary.JoinResult;
import io.jenkins.plugins.dtk.library.KernelState.Presence;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.oci.MediaType;
import io.jenkins.plugins.dtk.oci.Platform;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.testing.Commands;
import io.jenkins.plugins.dtk.testing.ImageFolder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The image library")
class ImageLibraryTest extends LibraryOfATest {

    private static final Platform AMD64 = Platform.parse("linux/amd64");
    private static final Platform ARM64 = Platform.parse("linux/arm64");

    private ImageIndex index() throws Exception {
        return (ImageIndex) client.manifest(repository.withTag(KERNEL));
    }

    @Test
    void joinsWhatIsThereAndSkopeoReadsIt() throws Exception {
        Digest amd64 = push(X86_64);
        Digest arm64 = push(AARCH64);
        JoinResult result = library.join(KERNEL, BOTH);
        assertThat(result.joined()).isEqualTo(Map.of(X86_64, amd64, AARCH64, arm64));
        assertThat(result.written()).isTrue();
        assertThat(result.missing()).isEmpty();
        assertThat(result.digest()).isEqualTo(index().digest());
        assertThat(index().mediaType()).isEqualTo(MediaType.OCI_INDEX);
        for (String architecture : List.of("amd64", "arm64")) {
            String config = Commands.run(
                    "skopeo",
                    "inspect",
                    "--config",
                    "--tls-verify=false",
                    "--override-os",
                    "linux",
                    "--override-arch",
                    architecture,
                    "docker://" + repository.withTag(KERNEL));
            assertThat(config).contains("\"architecture\": \"" + architecture + "\"");
        }
    }

    @Test
    void writesDockersFormWhenDockersFormWasPushed() throws Exception {
        push(X86_64, "amd64", true, Map.of());
        library.join(KERNEL, BOTH);
        assertThat(index().mediaType()).isEqualTo(MediaType.DOCKER_LIST);
        push(AARCH64, "arm64", false, Map.of());
        library.join(KERNEL, BOTH);
        assertThat(index().mediaType()).isEqualTo(MediaType.OCI_INDEX);
    }

    @Test
    void tiesTheIndexToKernelBaseReleasesSourceAndBuildWhereTheImagesAgree() throws Exception {
        Map<String, String> origin = Map.of(
                "org.opencontainers.image.version",
                KERNEL,
                "org.opencontainers.image.base.digest",
                BASE,
                "org.opencontainers.image.revision",
                "0123abc",
                "io.jenkins.plugins.dtk.openshift-releases",
                "4.16.3,4.16.4");
        Map<String, String> other = new HashMap<>(origin);
        other.put("org.opencontainers.image.revision", "4567def");
        push(X86_64, "amd64", false, origin);
        library.join(KERNEL, BOTH);
        assertThat(index().annotations()).isEqualTo(origin);
        push(AARCH64, "arm64", false, other);
        library.join(KERNEL, BOTH);
        assertThat(index().annotations())
                .hasSize(3)
                .containsEntry("org.opencontainers.image.version", KERNEL)
                .doesNotContainKey("org.opencontainers.image.revision");
    }

    @Test
    void keepsTheAttestationsThatAPushedIndexBringsAndTheSignaturesOfItsParts() throws Exception {
        Digest digest = push(X86_64);
        ImageReference tag = repository.withTag(LibraryTag.of(KERNEL, X86_64));
        Manifest image = client.manifest(tag);
        ImageReference statement = repository.withTag("attestation");
        ImageFolder.push(folder.resolve("statement"), false, "unknown", Map.of(), statement.toString(), null);
        Manifest attestation = client.manifest(statement);
        client.putManifest(repository.withTag(digest.tag() + ".sig"), attestation);
        Descriptor attached = new Descriptor(
                attestation.mediaType(),
                attestation.digest(),
                attestation.bytes().length,
                Map.of(
                        "vnd.docker.reference.digest",
                        digest.toString(),
                        "vnd.docker.reference.type",
                        "attestation-manifest"),
                Platform.parse("unknown/unknown"));
        client.putManifest(
                tag,
                ImageIndex.of(MediaType.OCI_INDEX, List.of(image.descriptor().on(AMD64), attached), Map.of()));
        push(AARCH64);
        AccessLog asked = registry.requests();
        library.join(KERNEL, BOTH);
        library.join(KERNEL, BOTH);

        assertThat(asked.since().count("POST", AccessLog.Kind.UPLOAD))
                .as("no blob is sent to join")
                .isZero();
        assertThat(index().manifests())
                .contains(attached)
                .extracting(Descriptor::digest)
                .contains(digest);
        assertThat(client.findManifest(repository.withTag(digest.tag() + ".sig")))
                .isPresent();
    }

    @Test
    void namesTheVariantOfAnImageThatHasOne() throws Exception {
        ImageReference tag = repository.withTag(LibraryTag.of(KERNEL, AARCH64));
        ImageFolder.push(folder.resolve("v8"), false, "arm64\",\"variant\":\"v8", Map.of(), tag.toString(), null);
        library.join(KERNEL, BOTH);
        assertThat(index().manifests())
                .extracting(Descriptor::platform)
                .containsExactly(Platform.parse("linux/arm64/v8"));
        assertThat(library.exists(KERNEL, List.of(ARM64, Platform.parse("linux/arm64/v8")), null))
                .isInstanceOf(Existence.Present.class);
    }

    @ParameterizedTest(name = "docker form: {0}")
    @ValueSource(booleans = {true, false})
    void reportsWhetherSingleImagesAndIndexesOfBothFormsAreThere(boolean docker) throws Exception {
        push(X86_64, "amd64", docker, Map.of("org.opencontainers.image.base.digest", BASE));
        library.join(KERNEL, BOTH);
        for (String tag : List.of(KERNEL, LibraryTag.of(KERNEL, X86_64))) {
            assertThat(library.exists(tag, List.of(), null)).isInstanceOf(Existence.Present.class);
            assertThat(library.exists(tag, List.of(AMD64), Digest.parse(BASE))).isInstanceOf(Existence.Present.class);
            assertThat(library.exists(tag, List.of(ARM64), null)).isInstanceOf(Existence.Absent.class);
        }
    }

    @Test
    void writesNothingWhenTheIndexIsRight() throws Exception {
        push(X86_64);
        library.join(KERNEL, BOTH);
        AccessLog asked = registry.requests();
        JoinResult again = library.join(KERNEL, BOTH);
        assertThat(again.written()).isFalse();
        assertThat(again.missing()).containsExactly(AARCH64);
        assertThat(asked.since().count("PUT", AccessLog.Kind.MANIFEST)).isZero();
        assertThat(asked.since().count()).as("four tags, one config, the index").isEqualTo(6);
    }

    @Test
    void publishesNoIndexWhenThereIsNoImage() throws Exception {
        JoinResult result = library.join(KERNEL, BOTH);
        assertThat(result.digest()).isNull();
        assertThat(result.missing()).containsExactlyInAnyOrder(X86_64, AARCH64);
        assertThat(client.findManifest(repository.withTag(KERNEL))).isEmpty();
    }

    @Test
    void exchangesARebuiltImageAndKeepsTheOthers() throws Exception {
        push(X86_64);
        Digest arm64 = push(AARCH64);
        library.join(KERNEL, BOTH);
        Digest rebuilt = push(X86_64, "amd64", false, Map.of("kernel-version", KERNEL));
        JoinResult result = library.join(KERNEL, List.of(X86_64));
        assertThat(result.joined()).isEqualTo(Map.of(X86_64, rebuilt, AARCH64, arm64));
        assertThat(index().manifests()).hasSize(2);
    }

    @Test
    void leavesOutAnImageThatIsNotWhatItsTagClaims() throws Exception {
        Digest amd64 = push(X86_64);
        push(AARCH64, "amd64", false, Map.of());
        push(PPC64LE, "ppc64le", false, Map.of("kernel-version", "4.18.0-305.el8.ppc64le"));
        JoinResult result = library.join(KERNEL, List.of(X86_64, AARCH64, PPC64LE));
        assertThat(result.joined()).isEqualTo(Map.of(X86_64, amd64));
        assertThat(result.missing()).containsExactlyInAnyOrder(AARCH64, PPC64LE);
        assertThat(result.rejected().get(AARCH64))
                .endsWith("claims to be for linux/arm64 but its image is for linux/amd64");
        assertThat(result.rejected().get(PPC64LE)).endsWith("but its image is for 4.18.0-305.el8.ppc64le");
    }

    @Test
    void keepsImagesOfOtherPlatformsWhileTheyExist() throws Exception {
        Digest foreign = push(PPC64LE, "riscv64", false, Map.of());
        Descriptor entry = client.manifest(repository.withDigest(foreign)).descriptor();
        client.putManifest(
                repository.withTag(KERNEL),
                ImageIndex.of(MediaType.OCI_INDEX, List.of(entry.on(Platform.parse("linux/riscv64"))), Map.of()));
        ImageReference claimed = repository.withTag(LibraryTag.of(KERNEL, PPC64LE));
        client.putManifest(repository.withTag("other"), client.manifest(claimed));
        client.putManifest(claimed, client.manifest(push(X86_64, repository)));
        library.join(KERNEL, BOTH);
        assertThat(index().manifests())
                .extracting(Descriptor::digest)
                .contains(foreign)
                .hasSize(2);
        client.deleteManifest(repository.withDigest(foreign));
        library.join(KERNEL, BOTH);
        assertThat(index().manifests())
                .extracting(Descriptor::digest)
                .doesNotContain(foreign)
                .hasSize(1);
    }

    /** Without a label, so that it is good for any kernel. */
    private ImageReference push(Architecture architecture, ImageReference in) throws Exception {
        return in.withDigest(push(architecture, architecture.goName(), false, Map.of()));
    }

    @Test
    void reportsForEachArchitectureWhatIsThereAndAsksNoMoreThanNeeded() throws Exception {
        push(X86_64);
        library.join(KERNEL, BOTH);
        push(AARCH64);
        AccessLog asked = registry.requests();
        KernelState state = library.state(KERNEL, List.of(X86_64, AARCH64, PPC64LE), Optional.empty());
        assertThat(state.architectures())
                .isEqualTo(Map.of(X86_64, Presence.INDEXED, AARCH64, Presence.UNJOINED, PPC64LE, Presence.MISSING));
        assertThat(asked.since().count())
                .as(
                        "the index, the image that it names, the image beside it with its config, and the one that is missing")
                .isEqualTo(5);
        asked.mark();
        assertThat(library.state(KERNEL, List.of(X86_64), Optional.empty()).in(Presence.INDEXED))
                .containsExactly(X86_64);
        assertThat(asked.since().count()).as("the index and its image").isEqualTo(2);
    }

    @Test
    void reportsWhetherAnImageIsThereForPlatformsAndBase() throws Exception {
        String part = LibraryTag.of(KERNEL, X86_64);
        Digest digest = push(X86_64);
        library.join(KERNEL, BOTH);
        for (String tag : List.of(KERNEL, part)) {
            assertThat(library.exists(tag, List.of(), null)).isInstanceOf(Existence.Present.class);
            assertThat(library.exists(tag, List.of(AMD64), Digest.parse(BASE))).isInstanceOf(Existence.Present.class);
            assertThat(library.exists(tag, List.of(), Digest.parse(BASE))).isInstanceOf(Existence.Present.class);
            assertThat(why(library.exists(tag, List.of(AMD64, ARM64), null))).contains("is not there for linux/arm64");
            assertThat(why(library.exists(tag, List.of(AMD64), Digest.parse("sha256:" + "c".repeat(64)))))
                    .contains("was built on the base " + BASE);
        }
        assertThat(library.exists(part, List.of(), null)).isEqualTo(new Existence.Present(digest));
        assertThat(why(library.exists("none", List.of(), null)))
                .isEqualTo("the registry has no " + repository.withTag("none"));
        assertThat(why(library.exists("none", List.of(AMD64), null))).startsWith("the registry has no ");
        push(AARCH64, "arm64", false, Map.of());
        assertThat(why(library.exists(LibraryTag.of(KERNEL, AARCH64), List.of(ARM64), Digest.parse(BASE))))
                .endsWith("does not say on which base it was built");
    }

    private static String why(Existence existence) {
        return ((Existence.Absent) existence).why();
    }

    @Test
    void neverTakesSilenceForAbsence() throws Exception {
        RegistryClient elsewhere = RegistryClient.builder()
                .plainHttp(Set.of("127.0.0.1:1"))
                .deadline(Duration.ofMillis(100))
                .build();
        Existence existence = new ImageLibrary(elsewhere, ImageReference.parse("127.0.0.1:1/acme/dtk"))
                .exists(KERNEL, List.of(), null);
        assertThat(existence).isInstanceOf(Existence.Unknown.class);
    }

    @Test
    void reportsWhatIsOnAnotherBaseByTheIndexAloneWhereThatIsAnnotated() throws Exception {
        push(X86_64);
        push(AARCH64);
        library.join(KERNEL, BOTH);
        AccessLog asked = registry.requests();

        KernelState same = library.state(KERNEL, BOTH, ON_BASE);
        KernelState other = library.state(KERNEL, BOTH, Optional.of(Digest.parse("sha256:" + "c".repeat(64))));

        assertThat(same.stale()).isEmpty();
        assertThat(other.stale()).containsExactly(X86_64, AARCH64);
        assertThat(other.in(Presence.INDEXED)).containsExactly(X86_64, AARCH64);
        assertThat(asked.since().all())
                .as("twice the index and one look at each image")
                .extracting(AccessLog.Request::method)
                .containsExactlyInAnyOrder("GET", "HEAD", "HEAD", "GET", "HEAD", "HEAD");
    }

    @Test
    void reportsWhatIsOnAnotherBaseByTheLabelsOfImages() throws Exception {
        push(X86_64);
        push(AARCH64, "arm64", false, Map.of("org.opencontainers.image.base.digest", "sha256:" + "c".repeat(64)));
        KernelState unjoined = library.state(KERNEL, BOTH, ON_BASE);
        library.join(KERNEL, BOTH);
        KernelState joined = library.state(KERNEL, BOTH, ON_BASE);

        assertThat(index().annotations()).doesNotContainKey("org.opencontainers.image.base.digest");
        assertThat(List.of(unjoined, joined)).allSatisfy(state -> {
            assertThat(state.stale()).containsExactly(AARCH64);
            assertThat(state.silent()).isEmpty();
        });
    }

    @Test
    void takesAnImageThatDoesNotNameItsBaseForCurrent() throws Exception {
        push(X86_64, "amd64", false, Map.of());
        library.join(KERNEL, BOTH);

        KernelState state = library.state(KERNEL, List.of(X86_64, PPC64LE), ON_BASE);

        assertThat(state.stale()).isEmpty();
        assertThat(state.silent()).containsExactly(X86_64);
        assertThat(state.in(Presence.MISSING)).containsExactly(PPC64LE);
    }
}
