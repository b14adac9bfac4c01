package io.jenkins.plugins.dtk.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.testing.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The world as skopeo, tar and gzip read it, which know nothing of us. */
class OpenShiftWorldTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DOCKER = "application/vnd.docker.distribution.manifest.v2+json";
    private static final String OCI = "application/vnd.oci.image.manifest.v1+json";

    private static final OpenShiftWorld WORLD = OpenShiftWorld.of(
            "4.8.2",
            "4.11.6",
            "4.12.1",
            "4.12.26",
            "4.12.27",
            "4.12.28",
            "4.14.7",
            "4.15.1",
            "4.16.3",
            "4.19.5",
            "4.19.32",
            "4.22.11",
            "5.0.0-ec.4");

    /** Read once for all tests, which do not change them. */
    private static final Map<String, JsonNode> IMAGE_REFERENCES = new HashMap<>();

    @TempDir
    private static Path temporary;

    @AutoClose
    private static DockerRegistry registry;

    private static PublishedWorld published;

    @BeforeAll
    static void publish() throws Exception {
        Parts.need("docker-registry", "skopeo", "tar");
        registry = DockerRegistry.start();
        published = WORLD.publish(registry);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"4.8.2-x86_64, amd64", "4.14.7-aarch64, arm64", "4.22.11-x86_64, amd64"})
    void aPayloadHasFiveLayersOfItsOperatorAndOneWithTheReleaseInItsOrder(String tag, String arch, @TempDir Path folder)
            throws Exception {
        String payload = "ocp-release:" + tag;
        assertThat(inspect(payload).at("/Architecture").asText()).isEqualTo(arch);
        assertThat(inspect(payload).at("/Labels/io.openshift.release").asText() + "-")
                .isEqualTo(tag.substring(0, tag.lastIndexOf('-') + 1));
        assertThat(raw(payload).at("/layers")).hasSize(6);

        List<String> files = lastLayer(payload, folder);
        assertThat(files.subList(0, 3))
                .containsExactly(
                        "release-manifests/",
                        "release-manifests/image-references",
                        "release-manifests/release-metadata");
        assertThat(files.size()).isBetween(450, 750);
        assertThat(Files.size(folder.resolve("release-manifests/image-references")))
                .isBetween(80_000L, 130_000L);
        assertThat(JSON.readTree(folder.resolve("release-manifests/release-metadata")
                                .toFile())
                        .at("/version")
                        .asText())
                .isEqualTo(tag.substring(0, tag.lastIndexOf('-')));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "4.8.2, machine-os-content",
        "4.11.6, machine-os-content",
        "4.12.1, machine-os-content rhel-coreos-8 rhel-coreos-8-extensions",
        "4.14.7, machine-os-content rhel-coreos rhel-coreos-extensions",
        "4.16.3, rhel-coreos rhel-coreos-extensions",
        "4.19.5, rhel-coreos rhel-coreos-extensions",
        "4.22.11, rhel-coreos rhel-coreos-10 rhel-coreos-10-extensions rhel-coreos-extensions",
    })
    void aPayloadNamesTheNodeImagesOfItsGeneration(String version, String tags) throws Exception {
        List<String> found = new ArrayList<>();
        for (JsonNode tag : imageReferences(version + "-x86_64").at("/spec/tags")) {
            String name = tag.at("/name").asText();
            if (name.contains("coreos") || name.equals("machine-os-content")) {
                found.add(name);
            }
        }
        assertThat(String.join(" ", found)).isEqualTo(tags);
    }

    @ParameterizedTest(name = "{0} {1} {2} has {3}={4}")
    @CsvSource({
        "4.8.2, x86_64, machine-os-content, com.coreos.rpm.kernel, 4.18.0-305.10.2.el8_4.x86_64",
        "4.8.2, x86_64, machine-os-content, com.coreos.rpm.kernel-rt-core, 4.18.0-305.10.2.rt7.83.el8_4.x86_64",
        "4.14.7, aarch64, machine-os-content, com.coreos.rpm.kernel, 5.14.0-284.45.1.el9_2.aarch64",
        "4.14.7, aarch64, machine-os-content, com.coreos.rpm.kernel-rt-core, ",
        "4.14.7, x86_64, machine-os-content, version, 414.92.202312132152-0",
        "4.14.7, x86_64, rhel-coreos, com.coreos.rpm.kernel, ",
        "4.14.7, x86_64, rhel-coreos, ostree.linux, 5.14.0-284.45.1.el9_2.x86_64",
        "4.12.1, x86_64, rhel-coreos-8, ostree.linux, 4.18.0-372.40.1.el8_6.x86_64",
        "4.16.3, x86_64, rhel-coreos, ostree.linux, 5.14.0-427.26.1.el9_4.x86_64",
        "4.16.3, x86_64, rhel-coreos, org.opencontainers.image.version, 416.94.202407081958-0",
        "4.19.5, aarch64, rhel-coreos, ostree.linux, 5.14.0-570.27.1.el9_6.aarch64",
        "4.19.5, x86_64, rhel-coreos, io.openshift.metalayer, true",
        "4.22.11, x86_64, rhel-coreos, ostree.linux, true",
        "4.22.11, x86_64, rhel-coreos-10, ostree.linux, true",
        "4.22.11, x86_64, rhel-coreos-10, io.openshift.os.streamclass, rhel-10",
        "4.22.11, x86_64, rhel-coreos-extensions, io.openshift.os.extensions, true",
    })
    void aNodeImageHasTheLabelsOfItsGeneration(
            String version, String architecture, String tag, String label, String value) throws Exception {
        JsonNode labels = inspect(component(version + "-" + architecture, tag)).get("Labels");
        assertThat(labels.path(label).asText(null)).isEqualTo(value);
    }

    @ParameterizedTest(name = "{0} {1}: layer {2} from the top has {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "4.19.5  | rhel-coreos    | 1 | [\"kernel-core\",\"0\",\"5.14.0\",\"570.27.1.el9_6\",\"x86_64\"]",
                "4.22.11 | rhel-coreos    | 1 | [\"kernel-core\",\"0\",\"5.14.0\",\"687.39.1.el9_8\",\"x86_64\"]",
                "4.22.11 | rhel-coreos-10 | 1 | [\"kernel-core\",\"0\",\"6.12.0\",\"211.47.1.el10_2\",\"x86_64\"]",
                "4.19.32 | rhel-coreos    | 2 | [\"kernel-core\",\"0\",\"5.14.0\",\"570.116.1.el9_6\",\"x86_64\"]",
            })
    void aLayeredNodeImageListsItsPackagesInOrBelowItsLastLayer(
            String version, String tag, int fromTop, String row, @TempDir Path folder) throws Exception {
        layer(component(version + "-x86_64", tag), fromTop, folder);
        JsonNode packages = JSON.readTree(
                        folder.resolve("usr/share/openshift/base/meta.json").toFile())
                .get("rpmdb.pkglist");
        assertThat(packages.size()).isGreaterThan(300);
        assertThat(packages).contains(JSON.readTree(row));
    }

    @ParameterizedTest(name = "{0}: {1} is {2}")
    @CsvSource({
        "4.19.5-x86_64, kernel-rt-core, 5.14.0-570.27.1.el9_6.x86_64",
        "4.19.5-aarch64, kernel-64k-core, 5.14.0-570.27.1.el9_6.aarch64",
        "4.19.5-aarch64, kernel-rt-core, ",
    })
    void extensionsAreListedInTheLastLayer(String payload, String name, String evr, @TempDir Path folder)
            throws Exception {
        lastLayer(component(payload, "rhel-coreos-extensions"), folder);
        JsonNode extensions = JSON.readTree(
                folder.resolve("usr/share/rpm-ostree/extensions.json").toFile());
        assertThat(extensions.path(name).asText(null)).isEqualTo(evr);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "4.8.2-x86_64   | 4.18.0-305.10.2.el8_4.x86_64 | 4.18.0-305.10.2.rt7.83.el8_4.x86_64",
                "4.16.3-x86_64  | 5.14.0-427.26.1.el9_4.x86_64 | 5.14.0-427.26.1.el9_4.x86_64+rt",
                "4.16.3-aarch64 | 5.14.0-427.26.1.el9_4.aarch64 | package kernel-rt-core is not installed",
                "4.12.26-x86_64 | 4.18.0-372.49.1.el8_6.x86_64 | ",
            })
    void aDriverToolkitNamesItsKernelsInItsLastLayer(String payload, String kernel, String rt, @TempDir Path folder)
            throws Exception {
        lastLayer(component(payload, "driver-toolkit"), folder);
        JsonNode release =
                JSON.readTree(folder.resolve("etc/driver-toolkit-release.json").toFile());
        assertThat(release.at("/KERNEL_VERSION").asText()).isEqualTo(kernel);
        assertThat(release.path("RT_KERNEL_VERSION").asText(null)).isEqualTo(rt);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({"4.14.7-x86_64," + DOCKER, "4.22.11-x86_64," + OCI})
    void mediaTypesAreThoseOfTheTime(String payload, String mediaType) throws Exception {
        assertThat(raw("ocp-release:" + payload).at("/mediaType").asText()).isEqualTo(mediaType);
        Shell.bytes("skopeo", "inspect", "--tls-verify=false", "--config", image("ocp-release:" + payload));
    }

    @Test
    void skopeoCopiesAMultiArchPayloadWhoseComponentsAreIndexesToo(@TempDir Path folder) throws Exception {
        Shell.bytes(
                "skopeo",
                "copy",
                "--all",
                "--quiet",
                "--src-tls-verify=false",
                image("ocp-release:4.22.11-multi"),
                "oci:" + folder.resolve("copy"));
        JsonNode index = raw("ocp-release:4.22.11-multi");
        assertThat(index.at("/manifests").findValuesAsText("architecture")).containsExactly("amd64", "arm64");

        JsonNode node = raw(component("4.22.11-multi", "rhel-coreos-10"));
        assertThat(node.at("/manifests").findValuesAsText("architecture")).containsExactly("amd64", "arm64");
        assertThat(published.multiPayload("4.22.11"))
                .hasValueSatisfying(digest -> assertThat(digest).startsWith("sha256:"));
        assertThat(published.multiPayload("4.8.2")).isEmpty();
    }

    @Test
    void releasesThatShareABuildShareItsImage() throws Exception {
        assertThat(component("4.12.27-x86_64", "rhel-coreos-8"))
                .isEqualTo(component("4.12.28-x86_64", "rhel-coreos-8"));
        assertThat(component("4.12.27-x86_64", "rhel-coreos-8"))
                .isNotEqualTo(component("4.12.26-x86_64", "rhel-coreos-8"));
    }

    @Test
    void publishingAgainWritesNothing() throws Exception {
        assertThat(published.blobsWritten()).isPositive();
        PublishedWorld again = WORLD.publish(registry);
        assertThat(again.blobsWritten() + again.manifestsWritten()).isZero();
        assertThat(again.payload("4.14.7", Architecture.X86_64))
                .isPresent()
                .isEqualTo(published.payload("4.14.7", Architecture.X86_64));
    }

    @Test
    void whatIsPushedIsTheSameAsWhatIsPutIntoTheStorageAndIsPushedOnce() throws Exception {
        OpenShiftWorld world = OpenShiftWorld.of("4.14.7", "4.22.11");
        try (DockerRegistry one = DockerRegistry.start();
                DockerRegistry other =
                        DockerRegistry.with().login("me", "s3cret").start()) {
            PublishedWorld put = world.publish(one);
            PublishedWorld pushed = world.publish(other.access());
            assertThat(pushed.bytesWritten()).isPositive().isEqualTo(put.bytesWritten());
            assertThat(files(other)).isEqualTo(files(one));

            AccessLog asked = other.requests();
            PublishedWorld again = world.publish(other.access());
            assertThat(again.blobsWritten() + again.manifestsWritten()).isZero();
            assertThat(asked.since().count("POST", AccessLog.Kind.UPLOAD)).isZero();
            assertThat(asked.since().count("PUT", AccessLog.Kind.MANIFEST)).isZero();
        }
    }

    @Test
    void aWrongLoginIsToldWithTheRequestThatWasRefused() throws Exception {
        try (DockerRegistry own = DockerRegistry.with().login("me", "s3cret").start()) {
            RegistryAccess wrong = RegistryAccess.login(own.address(), "me", "wrong");
            assertThatThrownBy(() -> OpenShiftWorld.of("4.14.7").publish(wrong))
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching("POST http://" + own.address() + "/v2/\\S+: expected status 202, got 401")
                    .hasMessageNotContaining("wrong");
        }
    }

    private static List<String> files(DockerRegistry registry) throws IOException {
        try (Stream<Path> files = Files.walk(registry.storage())) {
            return files.filter(file -> file.endsWith("data") || file.endsWith("link"))
                    .map(file -> registry.storage().relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aReleaseThatIsNotRecordedIsNamed() {
        assertThatThrownBy(() -> OpenShiftWorld.of("4.14.7", "4.14.999")).hasMessage("not in releases.csv: 4.14.999");
    }

    private static String image(String name) {
        return "docker://" + registry.address() + "/openshift-release-dev/" + name;
    }

    private static JsonNode inspect(String name) throws Exception {
        return JSON.readTree(Shell.bytes("skopeo", "inspect", "--no-tags", "--tls-verify=false", image(name)));
    }

    private static JsonNode raw(String name) throws Exception {
        return JSON.readTree(Shell.bytes("skopeo", "inspect", "--raw", "--tls-verify=false", image(name)));
    }

    private static List<String> lastLayer(String name, Path folder) throws Exception {
        return layer(name, 1, folder);
    }

    /** Unpacks a layer with tar and lists its entries in their order. */
    private static List<String> layer(String name, int fromTop, Path folder) throws Exception {
        Path copy = folder.resolve("copy");
        Shell.bytes("skopeo", "copy", "--quiet", "--src-tls-verify=false", image(name), "dir:" + copy);
        JsonNode layers = JSON.readTree(copy.resolve("manifest.json").toFile()).get("layers");
        String digest = layers.get(layers.size() - fromTop).at("/digest").asText();
        String blob = copy.resolve(digest.substring("sha256:".length())).toString();
        Shell.bytes("tar", "-xzf", blob, "-C", folder.toString());
        return Shell.text("tar", "-tzf", blob).lines().toList();
    }

    private static JsonNode imageReferences(String payload) throws Exception {
        JsonNode known = IMAGE_REFERENCES.get(payload);
        if (known != null) {
            return known;
        }
        Path folder = Files.createDirectory(temporary.resolve(payload));
        lastLayer("ocp-release:" + payload, folder);
        JsonNode read = JSON.readTree(
                folder.resolve("release-manifests/image-references").toFile());
        IMAGE_REFERENCES.put(payload, read);
        return read;
    }

    /** The name of a component of a payload, as its image-references have it, without registry and first folder. */
    private static String component(String payload, String tag) throws Exception {
        for (JsonNode entry : imageReferences(payload).at("/spec/tags")) {
            if (entry.at("/name").asText().equals(tag)) {
                return entry.at("/from/name").asText().replace("quay.io/openshift-release-dev/", "");
            }
        }
        throw new AssertionError(payload + " has no " + tag);
    }
}
