package io.jenkins.plugins.dtk.library;

import static io.jenkins.plugins.dtk.kernel.Architecture.AARCH64;
import static io.jenkins.plugins.dtk.kernel.Architecture.X86_64;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.library.Compared.Answer;
import io.jenkins.plugins.dtk.matrix.Catalog;
import io.jenkins.plugins.dtk.matrix.MatrixProgress;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.NodeOs;
import io.jenkins.plugins.dtk.release.PayloadWorld;
import io.jenkins.plugins.dtk.release.PayloadWorld.Os;
import io.jenkins.plugins.dtk.release.Release;
import io.jenkins.plugins.dtk.testing.FakeImage;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The audit")
class AuditTest {

    private static final String KERNEL = "5.14.0-427.61.1.el9_4";
    private static final String LIBRARY = "acme/driver-toolkit";

    @AutoClose
    private final PayloadWorld world = new PayloadWorld();

    private static FakeImage toolkit(String kernel, String kernelRt) {
        return new FakeImage()
                .file("usr/bin/gcc", "gcc")
                .file(
                        "etc/driver-toolkit-release.json",
                        "{ \"KERNEL_VERSION\": \"" + kernel + ".x86_64\", \"RT_KERNEL_VERSION\": \"" + kernelRt
                                + "\", \"RHEL_VERSION\": \"9\" }");
    }

    private String pushed(String kernel) {
        return world.registry.push(PayloadWorld.IMAGES, toolkit(kernel, "")).toString();
    }

    /** The node OSes of a payload, all of the form that names its kernel by a label. */
    private Release release(String version, Map<String, String> nodes, Map<String, String> toolkits) {
        List<Os> payload = new ArrayList<>();
        nodes.forEach((tag, kernel) ->
                payload.add(new Os(tag, "", PayloadWorld.ostree(kernel + ".x86_64"), PayloadWorld.onlyPackages())));
        return PayloadWorld.release(version, X86_64, world.publish(X86_64, payload, toolkits));
    }

    private Catalog catalog(Release release) throws Exception {
        List<Catalog.Row> rows = new ArrayList<>();
        for (NodeOs node : world.releases().nodeOs(release)) {
            rows.add(new Catalog.Row(release, node));
        }
        return new Catalog(rows, List.of());
    }

    private AuditReport audit(Release release) throws Exception {
        return new Audit(world.releases(), null, MatrixProgress.SILENT).of(catalog(release));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("finds releases whose own image is for another kernel than their nodes run, as they have shipped")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            okd-project/okd issue 2061                | 4.16.0-okd-scos.1  | 5.14.0-531.el9  | 5.14.0-460.el9
            okd-project/okd issue 2061, the candidate | 4.17.0-okd-scos.ec.3 | 5.14.0-522.el9 | 5.14.0-452.el9
            okd-project/okd issue 2350                | 4.22.0-okd-scos.0  | 6.12.0-224.el10 | 6.12.0-212.el10
            okd-payload-pipeline pull request 62      | 4.21.0-okd-scos.10 | 6.12.0-219.el10 | 6.12.0-213.el10
            an image of CentOS Stream 9 for 10        | 4.20.0-okd-scos.1  | 6.12.0-219.el10 | 5.14.0-600.el9
            """)
    void mismatches(String what, String version, String node, String image) throws Exception {
        AuditReport report =
                audit(release(version, Map.of("stream-coreos", node), Map.of("driver-toolkit", pushed(image))));

        assertThat(report.mismatches()).isEqualTo(1);
        assertThat(report.unknown()).isZero();
        Compared payload = report.findings().get(0).payload().orElseThrow();
        assertThat(payload.answer()).isEqualTo(Answer.DIFFERS);
        assertThat(payload.why()).isEqualTo("the release's image is for kernel " + image + ", its nodes run " + node);
    }

    @Test
    @DisplayName("finds nothing wrong with a release whose image is for its nodes' kernel")
    void right() throws Exception {
        String image = pushed(KERNEL);
        AuditReport report = audit(release("4.17.22", Map.of("rhel-coreos", KERNEL), Map.of("driver-toolkit", image)));

        assertThat(report.mismatches()).isZero();
        assertThat(report.unknown()).isZero();
        assertThat(report.findings().get(0).payload().orElseThrow())
                .isEqualTo(Compared.matches(
                        image, report.findings().get(0).row().node().kernel()));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("compares the real-time kernels where both sides name theirs")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            the same source             | 5.14.0-427.61.1.el9_4.x86_64+rt              | MATCHES
            another one                 | 5.14.0-427.60.1.el9_4.x86_64+rt              | DIFFERS
            none in the image           | package kernel-rt-core is not installed      | MATCHES
            """)
    void realTime(String what, String kernelRt, Answer answer) throws Exception {
        String image = world.registry
                .push(PayloadWorld.IMAGES, toolkit(KERNEL, kernelRt))
                .toString();
        Compared payload = audit(release("4.17.22", Map.of("rhel-coreos", KERNEL), Map.of("driver-toolkit", image)))
                .findings()
                .get(0)
                .payload()
                .orElseThrow();

        assertThat(payload.answer()).isEqualTo(answer);
        if (answer == Answer.DIFFERS) {
            assertThat(payload.why()).contains("kernel-rt 5.14.0-427.60.1.el9_4", "may run " + KERNEL);
        }
    }

    @Test
    @DisplayName("takes nodes of RHEL 10 for which a release has no image for absent, not for wrong")
    void twoStreams() throws Exception {
        AuditReport report = audit(release(
                "4.21.18",
                Map.of("rhel-coreos", KERNEL, "rhel-coreos-10", "6.12.0-211.47.1.el10_2"),
                Map.of("driver-toolkit", pushed(KERNEL))));

        assertThat(report.findings())
                .extracting(finding -> finding.row().node().stream().name() + " "
                        + finding.payload().orElseThrow().answer())
                .containsExactlyInAnyOrder("rhel-9 MATCHES", "rhel-10 ABSENT");
        assertThat(report.mismatches()).isZero();
    }

    @Test
    @DisplayName("reports that it is unknown where the release's image cannot be read")
    void unreadable() throws Exception {
        Release release = release("4.17.22", Map.of("rhel-coreos", KERNEL), Map.of("driver-toolkit", pushed(KERNEL)));
        Catalog catalog = catalog(release);
        world.registry.spoil(reply -> ScriptedReply.error(500, "UNKNOWN", "broken"));
        AuditReport report = new Audit(world.releases(), null, MatrixProgress.SILENT).of(catalog);

        assertThat(report.mismatches()).isZero();
        assertThat(report.unknown()).isEqualTo(1);
        assertThat(report.reasons())
                .singleElement()
                .asString()
                .startsWith("the Driver Toolkit of release 4.17.22 (x86_64): Tried to ")
                .hasLineCount(1);
    }

    private Compared library(Release release) throws Exception {
        ImageReference repository = ImageReference.parse(world.registry.address() + "/" + LIBRARY);
        AuditReport report = new Audit(
                        null, new ImageLibrary(world.registry.client(), repository), MatrixProgress.SILENT)
                .of(catalog(release));
        assertThat(report.findings().get(0).payload()).isEmpty();
        return report.findings().get(0).library().orElseThrow();
    }

    private Release anyRelease() {
        return release("4.17.22", Map.of("rhel-coreos", KERNEL), Map.of());
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("looks at what the library's image says of itself")
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            textBlock =
                    """
            its label names the kernel          | 5.14.0-427.61.1.el9_4.x86_64 | none                  | MATCHES
            its label names another             | 5.14.0-427.60.1.el9_4.x86_64 | none                  | DIFFERS
            no label, its file names the kernel | none                         | 5.14.0-427.61.1.el9_4 | MATCHES
            no label, its file names another    | none                         | 5.14.0-427.60.1.el9_4 | DIFFERS
            an empty label as OpenShift's has   | ''                           | 5.14.0-427.60.1.el9_4 | DIFFERS
            neither                             | none                         | none                  | UNKNOWN
            """)
    void ownImages(String what, String label, String file, Answer answer) throws Exception {
        FakeImage image = file == null ? new FakeImage().file("usr/bin/gcc", "gcc") : toolkit(file, "");
        if (label != null) {
            image.label("kernel-version", label);
        }
        world.registry.push(LIBRARY, KERNEL + ".x86_64", image);

        assertThat(library(anyRelease()).answer()).isEqualTo(answer);
    }

    @Test
    @DisplayName("says absent only where the registry says so")
    void absent() throws Exception {
        Compared answer = library(anyRelease());
        assertThat(answer.answer()).isEqualTo(Answer.ABSENT);
        assertThat(answer.image()).isEqualTo(world.registry.address() + "/" + LIBRARY + ":" + KERNEL + ".x86_64");
        assertThat(answer.why())
                .contains("the registry has neither", "linux/amd64")
                .hasLineCount(1);
    }

    @Test
    @DisplayName("never takes a library that refuses for one that lacks images")
    void refused() throws Exception {
        Release release = anyRelease();
        world.registry.server().on("GET", "/v2/" + LIBRARY + "/.*", ScriptedReply.error(403, "DENIED", "not for you"));
        Compared answer = library(release);
        assertThat(answer.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(answer.why()).contains("403", "DENIED").hasLineCount(1);
    }

    @Test
    @DisplayName("finds an image of another platform under a tag")
    void platform() throws Exception {
        world.registry.push(
                LIBRARY,
                KERNEL + ".x86_64",
                new FakeImage()
                        .on(AARCH64)
                        .label("kernel-version", KERNEL + ".aarch64")
                        .file("a", "b"));
        Compared answer = library(anyRelease());
        assertThat(answer.answer()).isEqualTo(Answer.DIFFERS);
        assertThat(answer.why()).isEqualTo("the image for linux/amd64 is for linux/arm64");
    }

    @Test
    @DisplayName("looks twice before it calls an image wrong, as a proxy may answer one tag with another's image")
    void swapped() throws Exception {
        FakeImage other = new FakeImage()
                .label("kernel-version", "5.14.0-427.60.1.el9_4.x86_64")
                .file("a", "b");
        world.registry.push(LIBRARY, "other", other);
        world.registry.push(
                LIBRARY,
                KERNEL + ".x86_64",
                new FakeImage().label("kernel-version", KERNEL + ".x86_64").file("a", "b"));
        world.registry
                .server()
                .on("GET", "/v2/" + LIBRARY + "/manifests/" + KERNEL + "\\.x86_64", 1, request -> ScriptedReply.status(
                                200)
                        .header("Content-Type", "application/vnd.oci.image.manifest.v1+json")
                        .body(other.manifest()));

        Compared answer = library(anyRelease());

        assertThat(answer.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(answer.why())
                .contains("the registry gave two answers", "is for kernel 5.14.0-427.60.1.el9_4")
                .hasLineCount(1);
    }

    @Test
    @DisplayName("asks the library once for a kernel that many releases share")
    void once() throws Exception {
        world.registry.push(
                LIBRARY,
                KERNEL + ".x86_64",
                new FakeImage().label("kernel-version", KERNEL).file("a", "b"));
        List<Catalog.Row> rows = new ArrayList<>();
        for (int z = 0; z < 20; z++) {
            Release release = release("4.17." + z, Map.of("rhel-coreos", KERNEL), Map.of());
            rows.addAll(catalog(release).rows());
        }
        ImageReference repository = ImageReference.parse(world.registry.address() + "/" + LIBRARY);
        AuditReport report = new Audit(
                        null, new ImageLibrary(world.registry.client(), repository), MatrixProgress.SILENT)
                .of(new Catalog(rows, List.of()));

        assertThat(report.findings()).hasSize(20).allSatisfy(finding -> assertThat(
                        finding.library().orElseThrow().answer())
                .isEqualTo(Answer.MATCHES));
        assertThat(world.registry.server().requests().stream()
                        .filter(request -> request.path().startsWith("/v2/" + LIBRARY)))
                .hasSize(3);
    }

    @Test
    @DisplayName("counts releases that could not be read among what is unknown")
    void unreadableReleases() throws Exception {
        AuditReport report = new Audit(world.releases(), null, MatrixProgress.SILENT)
                .of(new Catalog(List.of(), List.of("release 4.17.1 (x86_64): no answer in time")));
        assertThat(report.unknown()).isEqualTo(1);
        assertThat(report.reasons()).containsExactly("release 4.17.1 (x86_64): no answer in time");
    }
}
