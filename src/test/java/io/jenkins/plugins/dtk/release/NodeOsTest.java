package io.jenkins.plugins.dtk.release;

import static io.jenkins.plugins.dtk.release.PayloadWorld.IMAGES;
import static io.jenkins.plugins.dtk.release.PayloadWorld.K84;
import static io.jenkins.plugins.dtk.release.PayloadWorld.K92;
import static io.jenkins.plugins.dtk.release.PayloadWorld.K94;
import static io.jenkins.plugins.dtk.release.PayloadWorld.K96;
import static io.jenkins.plugins.dtk.release.PayloadWorld.PAYLOADS;
import static io.jenkins.plugins.dtk.release.PayloadWorld.extensions;
import static io.jenkins.plugins.dtk.release.PayloadWorld.image;
import static io.jenkins.plugins.dtk.release.PayloadWorld.layered;
import static io.jenkins.plugins.dtk.release.PayloadWorld.legacy;
import static io.jenkins.plugins.dtk.release.PayloadWorld.meta;
import static io.jenkins.plugins.dtk.release.PayloadWorld.onlyPackages;
import static io.jenkins.plugins.dtk.release.PayloadWorld.os;
import static io.jenkins.plugins.dtk.release.PayloadWorld.ostree;
import static io.jenkins.plugins.dtk.release.PayloadWorld.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.kernel.RhelVersion;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.PayloadWorld.Os;
import io.jenkins.plugins.dtk.testing.FakeImage;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import io.jenkins.plugins.dtk.testing.Tar;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What a release's nodes run")
class NodeOsTest {

    @AutoClose
    private final PayloadWorld world = new PayloadWorld();

    @Test
    @DisplayName("is not found in a payload without image-references: reported with the payload's name")
    void noImageReferences() {
        ImageReference payload =
                world.registry.push(PAYLOADS, image().file("release-manifests/release-metadata", "{}"));

        assertThatThrownBy(() -> world.releases().nodeOs(release("4.20.26", Architecture.X86_64, payload)))
                .hasMessage("release 4.20.26 (x86_64): " + payload
                        + " has no release-manifests/image-references in its layers");
    }

    @Test
    @DisplayName("is found when image-references is neither early in its layer nor in the top layer")
    void deepImageReferences() throws Exception {
        byte[] noise = new byte[200_000];
        new Random(1).nextBytes(noise);
        String references = world.legacyReferences();
        ImageReference payload = world.registry.push(
                PAYLOADS,
                image().layer(new Tar()
                                .file("noise", noise)
                                .file("release-manifests/image-references", references)
                                .end()
                                .gzipped())
                        .file("top", "layer"));

        assertThat(world.releases().nodeOs(release("4.8.36", Architecture.X86_64, payload)))
                .hasSize(1);
    }

    @Test
    @DisplayName("is found in a plain layer that is cut by the first read exactly between two entries")
    void cutBetweenEntries() throws Exception {
        String references = world.legacyReferences();
        ImageReference payload = world.registry.push(
                PAYLOADS,
                image().layer(new Tar()
                        .file("first", new byte[(64 << 10) - 512])
                        .file("release-manifests/image-references", references)
                        .end()
                        .plain()));

        assertThat(world.releases().nodeOs(release("4.8.36", Architecture.X86_64, payload)))
                .hasSize(1);
    }

    @Test
    @DisplayName("is found in layers that are packed with zstd")
    void zstd() throws Exception {
        String references = new ImageReferences()
                .tag(
                        "rhel-coreos",
                        world.registry
                                .push(
                                        IMAGES,
                                        ostree("true")
                                                .label("io.openshift.metalayer", "true")
                                                .layer(new Tar()
                                                        .file(PayloadWorld.META, meta(K96, "x86_64"))
                                                        .end()
                                                        .zstd()))
                                .toString(),
                        "machine-os=9.6.20260616-0")
                .text();
        ImageReference payload = world.registry.push(
                PAYLOADS,
                image().layer(new Tar()
                        .file("release-manifests/image-references", references)
                        .end()
                        .zstd()));

        assertThat(world.releases().nodeOs(release("4.20.26", Architecture.X86_64, payload)))
                .map(NodeOs::kernel)
                .containsExactly(KernelVersion.parse(K96));
    }

    @Test
    @DisplayName("is read through an index by the architecture that is wanted")
    void throughIndexes() throws Exception {
        Map<Architecture, FakeImage> nodes = new EnumMap<>(Architecture.class);
        for (Architecture architecture : List.of(Architecture.X86_64, Architecture.S390X)) {
            nodes.put(architecture, ostree(K94 + "." + architecture).on(architecture));
            world.registry.push(IMAGES, nodes.get(architecture));
        }
        String references = new ImageReferences()
                .tag("rhel-coreos", world.registry.index(IMAGES, nodes).toString(), "machine-os=416.94.202411000000-0")
                .text();
        FakeImage payload = image().file("release-manifests/image-references", references);
        world.registry.push(PAYLOADS, payload);
        ImageReference multi =
                world.registry.index(PAYLOADS, Map.of(Architecture.X86_64, payload, Architecture.S390X, payload));

        assertThat(world.releases().nodeOs(release("4.16.20", Architecture.S390X, multi)))
                .map(NodeOs::kernel)
                .containsExactly(KernelVersion.parse(K94));
        assertThatThrownBy(() -> world.releases().nodeOs(release("4.16.20", Architecture.PPC64LE, multi)))
                .hasMessageContaining("has no image for linux/ppc64le");
    }

    @Test
    @DisplayName("is read once for all releases that share an image, and once ever with a cache")
    void readOnce() throws Exception {
        List<Os> node = os("rhel-coreos", "417.94.202503000000-0", ostree(K94 + ".x86_64"), onlyPackages());
        ImageReference one = world.publish(Architecture.X86_64, node);
        ImageReference other = world.publish(Architecture.X86_64, node, "other");
        Releases releases = world.releases();

        releases.nodeOs(release("4.17.21", Architecture.X86_64, one));
        releases.nodeOs(release("4.17.22", Architecture.X86_64, other));

        String config = ".*/blobs/" + node.get(0).image().configDigest();
        assertThat(world.registry.server().count("GET", config)).isEqualTo(1);
        assertThat(world.registry.server().count("GET", "/v2/" + PAYLOADS + "/manifests/.*"))
                .isEqualTo(2);
    }

    @Test
    @DisplayName("costs four requests up to 4.18; from 4.19 on three more, for the packages and the extensions")
    void requests() throws Exception {
        List<Os> labels = os("rhel-coreos", "417.94.202503000000-0", ostree(K94 + ".x86_64"), onlyPackages());
        List<Os> lists = os(
                "rhel-coreos",
                "9.6.20260616-0",
                layered("true", meta(K96, "x86_64")),
                extensions("{\"kernel-rt-core\": \"" + K96 + ".x86_64\"}"));

        assertThat(requests("4.17.22", labels)).isEqualTo(4);
        assertThat(requests("4.20.26", lists)).isEqualTo(7);
    }

    private long requests(String version, List<Os> payload) throws Exception {
        Release release = release(version, Architecture.X86_64, world.publish(Architecture.X86_64, payload));
        long before = world.registry.server().count("GET", "/v2/.+");
        world.releases().nodeOs(release);
        return world.registry.server().count("GET", "/v2/.+") - before;
    }

    @Test
    @DisplayName("is found for each release by its own line, even of an image that lines share")
    void sharedAcrossLines() throws Exception {
        List<Os> node = os("rhel-coreos", "415.92.202404160000-0", ostree(K92 + ".aarch64"), onlyPackages());
        ImageReference one = world.publish(Architecture.AARCH64, node);
        ImageReference other = world.publish(Architecture.AARCH64, node, "other");

        Releases upwards = world.releases();
        assertThat(upwards.nodeOs(release("4.14.20", Architecture.AARCH64, one))
                        .get(0)
                        .kernel64k())
                .isEmpty();
        assertThat(upwards.nodeOs(release("4.15.9", Architecture.AARCH64, other))
                        .get(0)
                        .kernel64k())
                .isPresent();
    }

    @Test
    @DisplayName("fails with the registry's answer where an image is gone or refused")
    void registryFailures() {
        ImageReference payload = world.publish(
                Architecture.X86_64, os("machine-os-content", "48.84.202206081501-0", legacy(K84 + ".x86_64")));
        Release release = release("4.8.36", Architecture.X86_64, payload);

        world.registry
                .server()
                .on("GET", "/v2/" + IMAGES + "/manifests/.*", ScriptedReply.error(404, "MANIFEST_UNKNOWN", "gone"));
        assertThatThrownBy(() -> world.releases().nodeOs(release))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("release 4.8.36 (x86_64): Tried to read the manifest of ")
                .hasMessageContaining("no such image");

        world.registry
                .server()
                .on("GET", "/v2/" + IMAGES + "/manifests/.*", ScriptedReply.error(403, "DENIED", "not for you"));
        assertThatThrownBy(() -> world.releases().nodeOs(release))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("release 4.8.36 (x86_64): Tried to read the manifest of ");
    }

    @ParameterizedTest(name = "{0}, major {1}: {2}")
    @DisplayName("stands, as a last resort, on the RHEL release that its line is known for")
    @CsvSource({
        "4.7, 8, -",
        "4.8, 8, 8.4",
        "4.10, 8, 8.4",
        "4.11, 8, 8.6",
        "4.12, 8, 8.6",
        "4.13, 9, 9.2",
        "4.13, 8, -",
        "4.15, 9, 9.2",
        "4.16, 9, 9.4",
        "4.19, 9, 9.6",
        "4.20, 10, -",
        "4.21, 9, 9.6",
        "4.21, 10, 10.2",
        "4.22, 9, 9.8",
        "4.22, 10, 10.2",
        "5.0, 9, 9.8",
        "5.0, 10, 10.2",
        "5.1, 10, -",
        "3.11, 8, -"
    })
    void rhelOfLine(String line, int major, String rhel) {
        assertThat(RhelOfRelease.find(ReleaseVersion.parse(line + ".0").line(), major)
                        .map(RhelVersion::toString)
                        .orElse("-"))
                .isEqualTo(rhel);
    }
}
