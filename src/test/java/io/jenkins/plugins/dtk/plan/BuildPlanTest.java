package io.jenkins.plugins.dtk.plan;

import static io.jenkins.plugins.dtk.plan.Kernels.ARM;
import static io.jenkins.plugins.dtk.plan.Kernels.DIGEST;
import static io.jenkins.plugins.dtk.plan.Kernels.X86;
import static io.jenkins.plugins.dtk.plan.Kernels.matrix;
import static io.jenkins.plugins.dtk.plan.Kernels.missing;
import static io.jenkins.plugins.dtk.plan.Kernels.settings;
import static io.jenkins.plugins.dtk.plan.Kernels.stale;
import static io.jenkins.plugins.dtk.plan.Kernels.unjoined;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixJson;
import io.jenkins.plugins.dtk.matrix.MatrixKernel;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.plan.BuildPlan.BuildChoice;
import io.jenkins.plugins.dtk.plan.BuildPlan.ImageBuild;
import io.jenkins.plugins.dtk.release.ReleaseSources;
import io.jenkins.plugins.dtk.site.SiteSettings;
import io.jenkins.plugins.dtk.testing.SelfSigned;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The plan of the builds")
class BuildPlanTest {

    private static final ImageReference IMAGE = ImageReference.parse("quay.io/acme/driver-toolkit");
    private static final String K94 = "5.14.0-427.26.1.el9_4";
    private static final String K84 = "4.18.0-305.40.1.el8_4";
    private static final String K84_RT = "4.18.0-305.40.1.rt7.112.el8_4";

    private static BuildPlan plan(Places settings, MatrixKernel... kernels) {
        return BuildPlan.of(matrix(kernels), IMAGE, settings);
    }

    /** The matrix' JSON says the same for a test and is easy to read. */
    private static KernelMatrix el84() {
        return MatrixJson.parse(
                """
                {"versions": [{"rhel": "8.4", "kernel": "%s", "archs": "linux/amd64,linux/arm64", "kernelRt": "%s",
                 "stream": "rhel-8", "baseImage": "registry.access.redhat.com/ubi8/ubi:8.4", "baseDigest": "%s",
                 "releases": ["4.8.36", "4.9.27"], "missing": ["linux/amd64", "linux/arm64"]}]}"""
                        .formatted(K84, K84_RT, DIGEST));
    }

    @Test
    @DisplayName("gives each branch its variables, exactly these")
    void variables() {
        BuildPlan plan = BuildPlan.of(el84(), IMAGE, settings());

        assertThat(plan.builds()).map(ImageBuild::name).containsExactly(K84 + ".x86_64", K84 + ".aarch64");
        assertThat(plan.builds().get(0).variables())
                .containsExactly(
                        entry("DTK_KERNEL", K84),
                        entry("DTK_KERNEL_FULL", K84 + ".x86_64"),
                        entry("DTK_KERNEL_RT", K84_RT),
                        entry("DTK_KERNEL_64K", ""),
                        entry("DTK_RHEL", "8.4"),
                        entry("DTK_ARCH", "x86_64"),
                        entry("DTK_PLATFORM", "linux/amd64"),
                        entry("DTK_IMAGE", "quay.io/acme/driver-toolkit"),
                        entry("DTK_TAG", K84 + ".x86_64"),
                        entry("DTK_BASE_IMAGE", "registry.access.redhat.com/ubi8/ubi:8.4"),
                        entry("DTK_BASE_NAME", "registry.access.redhat.com/ubi8/ubi:8.4"),
                        entry("DTK_BASE_DIGEST", DIGEST),
                        entry("DTK_RELEASES", "4.8.36,4.9.27"),
                        entry("DTK_PLAIN_HTTP", ""));
    }

    @Test
    @DisplayName("names kernel-rt to the branch of x86_64 alone: no other node runs it")
    void realTime() {
        List<ImageBuild> builds = BuildPlan.of(el84(), IMAGE, settings()).builds();

        assertThat(builds).map(ImageBuild::architectures).containsExactly(List.of(X86), List.of(ARM));
        assertThat(builds).map(build -> build.variables().get("DTK_KERNEL_RT")).containsExactly(K84_RT, "");
        assertThat(builds.get(1).variables())
                .containsEntry("DTK_ARCH", "aarch64")
                .containsEntry("DTK_PLATFORM", "linux/arm64");
    }

    @Test
    @DisplayName("names the kernel of 64 KiB pages to the branch of aarch64 alone")
    void pagesOf64KiB() {
        MatrixKernel kernel = missing(K94, X86, ARM);
        MatrixKernel with64k = new MatrixKernel(
                kernel.rhel(),
                kernel.kernel(),
                kernel.architectures(),
                kernel.kernelRt(),
                Optional.of(kernel.kernel()),
                kernel.stream(),
                kernel.base(),
                kernel.releases(),
                kernel.builds(),
                kernel.library());

        assertThat(plan(settings(), with64k).builds())
                .map(build -> build.variables().get("DTK_KERNEL_64K"))
                .containsExactly("", K94);
    }

    @Test
    @DisplayName("builds what is missing, joins what is there, and leaves alone what is complete")
    void parts() {
        BuildPlan plan = plan(
                settings(),
                missing("5.14.0-1.el9_4", ARM),
                missing("5.14.0-2.el9_4"),
                unjoined("5.14.0-3.el9_4", X86),
                missing("5.14.0-4.el9_4", X86, ARM));

        assertThat(plan.builds())
                .map(ImageBuild::name)
                .containsExactly("5.14.0-1.el9_4.aarch64", "5.14.0-4.el9_4.x86_64", "5.14.0-4.el9_4.aarch64");
        assertThat(plan.joins()).map(kernel -> kernel.kernel().nvr()).containsExactly("5.14.0-3.el9_4");
    }

    @Test
    @DisplayName("sends a branch where images really are; the user's names are there for the base image's label alone")
    void located() {
        BuildPlan plan = plan(
                settings(
                        Set.of(),
                        Map.of(
                                "quay.io", "mirror.example.com:5000/quay",
                                "quay.io/acme", "127.0.0.1:5000/team",
                                "registry.access.redhat.com", "mirror.example.com:5000/redhat")),
                missing(K94, X86));

        assertThat(plan.builds().get(0).variables())
                .containsEntry("DTK_IMAGE", "127.0.0.1:5000/team/driver-toolkit")
                .containsEntry("DTK_BASE_IMAGE", "mirror.example.com:5000/redhat/ubi9/ubi:9.4")
                .containsEntry("DTK_BASE_NAME", "registry.access.redhat.com/ubi9/ubi:9.4");
    }

    @ParameterizedTest(name = "{0} at {1}: {2}")
    @DisplayName("gives a branch, of the registries over plain http, those alone that it talks to")
    @CsvSource(
            nullValues = "-",
            value = {
                "127.0.0.1:5000 other.lab:80, -, ''",
                "127.0.0.1:5000 other.lab:80, quay.io=127.0.0.1:5000, 127.0.0.1:5000",
                "127.0.0.1:5000, quay.io=127.0.0.1:5000 registry.access.redhat.com=127.0.0.1:5000, 127.0.0.1:5000",
                "a.lab:80 b.lab:80, quay.io=a.lab:80/x registry.access.redhat.com=b.lab:80, a.lab:80 b.lab:80",
                "Reg.Lab:5000, quay.io=reg.lab:5000, reg.lab:5000",
                "reg.lab:5000, quay.io=REG.lab:5000, reg.lab:5000"
            })
    void plainHttp(String registries, String locations, String expected) {
        Places settings = settings(
                SiteSettings.registries(List.of(registries.split(" "))),
                locations == null ? Map.of() : SiteSettings.locations(List.of(locations.split(" "))));

        assertThat(plan(settings, missing(K94, X86)).builds().get(0).variables())
                .containsEntry("DTK_PLAIN_HTTP", expected);
    }

    @Test
    @DisplayName("takes no tag or digest of the library's name along")
    void repositoryAlone() {
        ImageReference tagged = IMAGE.withTag("latest");

        assertThat(BuildPlan.of(matrix(missing(K94, X86)), tagged, settings())
                        .builds()
                        .get(0)
                        .variables())
                .containsEntry("DTK_IMAGE", "quay.io/acme/driver-toolkit");
    }

    @Test
    @DisplayName("is refused for a matrix that was not compared with a library: it says how to")
    void notCompared() {
        assertThatThrownBy(() -> plan(settings(), Kernels.kernel(K94, Optional.empty())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the matrix does not say what the library lacks of kernel " + K94
                        + ": compute it with dtkMatrix(image: 'quay.io/acme/driver-toolkit', ...)");
    }

    @Test
    @DisplayName("is refused for a matrix that holds a kernel twice: its branches would push over each other")
    void twice() {
        assertThatThrownBy(() -> plan(settings(), missing(K94, X86), missing(K84, X86), missing(K94, ARM)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the matrix holds kernel " + K94 + " twice");
    }

    @Test
    @DisplayName("is refused for a kernel without a base image")
    void noBase() {
        KernelMatrix byHand = MatrixJson.parse("{\"versions\": [{\"rhel\": \"9.4\", \"kernel\": \"" + K94
                + "\", \"archs\": \"linux/amd64\", \"missing\": \"linux/amd64\"}]}");

        assertThatThrownBy(() -> BuildPlan.of(byHand, IMAGE, settings()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the matrix names no 'baseImage' for kernel " + K94);
    }

    @Test
    @DisplayName("of an empty matrix is empty")
    void empty() {
        assertThat(plan(settings())).isEqualTo(new BuildPlan(List.of(), List.of()));
    }

    @Test
    @DisplayName("knows every architecture by the tag that uname -r prints there")
    void tags() {
        for (Architecture architecture : List.of(X86, ARM)) {
            assertThat(plan(settings(), missing(K94, architecture))
                            .builds()
                            .get(0)
                            .variables())
                    .containsEntry("DTK_TAG", K94 + "." + architecture)
                    .containsEntry("DTK_KERNEL_FULL", K94 + "." + architecture);
        }
    }

    private static List<String> names(BuildPlan plan) {
        return plan.builds().stream().map(ImageBuild::name).toList();
    }

    private static BuildPlan plan(BuildChoice choice, MatrixKernel... kernels) {
        return BuildPlan.of(matrix(kernels), IMAGE, settings(), choice);
    }

    @ParameterizedTest(name = "rebuild: {0}")
    @DisplayName("builds in addition to what is missing what is stale, or all, where that is wanted")
    @CsvSource({
        "missing, 5.14.0-2.el9_4.aarch64",
        "stale, 5.14.0-1.el9_4.x86_64 5.14.0-2.el9_4.aarch64",
        "all, 5.14.0-1.el9_4.x86_64 5.14.0-1.el9_4.aarch64 5.14.0-2.el9_4.x86_64 5.14.0-2.el9_4.aarch64"
    })
    void rebuild(String word, String expected) {
        BuildChoice choice = new BuildChoice(Rebuild.parse(word), 0, false);

        BuildPlan plan = plan(choice, stale("5.14.0-1.el9_4", X86), missing("5.14.0-2.el9_4", ARM));

        assertThat(names(plan)).containsExactly(expected.split(" "));
    }

    @Test
    @DisplayName("builds no more images than the limit, those of the newest kernels, and names the others as skipped")
    void limit() {
        MatrixKernel old = missing(K84, X86, ARM);
        MatrixKernel newest = missing(K94, X86, ARM);

        BuildPlan plan = plan(new BuildChoice(Rebuild.MISSING, 3, false), old, newest);

        assertThat(names(plan)).containsExactly(K84 + ".x86_64", K94 + ".x86_64", K94 + ".aarch64");
        assertThat(plan.images()).isEqualTo(3);
        assertThat(plan.skipped()).isEqualTo(Map.of(old, List.of(ARM)));
        assertThat(plan.skippedImages()).isEqualTo(1);
    }

    @Test
    @DisplayName("gives a branch that emulates all architectures of its kernel, with comma lists of what differs")
    void emulate() {
        BuildPlan plan = BuildPlan.of(el84(), IMAGE, settings(), new BuildChoice(Rebuild.MISSING, 0, true));

        assertThat(names(plan)).containsExactly(K84);
        assertThat(plan.images()).isEqualTo(2);
        assertThat(plan.builds().get(0).variables())
                .contains(
                        entry("DTK_KERNEL", K84),
                        entry("DTK_KERNEL_FULL", K84 + ".x86_64," + K84 + ".aarch64"),
                        entry("DTK_KERNEL_RT", K84_RT),
                        entry("DTK_KERNEL_64K", ""),
                        entry("DTK_ARCH", "x86_64,aarch64"),
                        entry("DTK_PLATFORM", "linux/amd64,linux/arm64"),
                        entry("DTK_TAG", K84 + ".x86_64," + K84 + ".aarch64"),
                        entry("DTK_IMAGE", "quay.io/acme/driver-toolkit"));
    }

    @Test
    @DisplayName("is refused where what is stale is unknown, and for a limit below zero")
    void refusedChoices() {
        KernelMatrix noDigest = MatrixJson.parse("{\"versions\": [{\"rhel\": \"9.4\", \"kernel\": \"" + K94
                + "\", \"archs\": \"linux/amd64\", \"missing\": [], \"baseImage\": \"quay.io/a/b:1\"}]}");
        BuildChoice stale = new BuildChoice(Rebuild.STALE, 0, false);

        assertThatThrownBy(() -> BuildPlan.of(noDigest, IMAGE, settings(), stale))
                .hasMessage("the matrix names no 'baseDigest' for kernel " + K94 + ", so what is stale is unknown:"
                        + " compute it with dtkMatrix(image: 'quay.io/acme/driver-toolkit', ...)");
        assertThatThrownBy(() -> new BuildChoice(Rebuild.ALL, -1, false)).hasMessageStartingWith("'limit' is -1;");
        assertThatThrownBy(() -> Rebuild.parse("always"))
                .hasMessage("'rebuild' is 'always'; use one of missing, stale, all");
    }

    @Test
    @DisplayName(
            "hands over what the global configuration says of the registries that a build talks to, and of no other")
    void registries(@TempDir Path folder) throws Exception {
        String ca = SelfSigned.create(folder, "ip:127.0.0.1")
                        .certificate()
                        .replace("\r", "")
                        .strip() + "\n";
        Places settings = new SiteSettings(
                        ReleaseSources.of(null, null),
                        Set.of("mirror.lab:5000", "other.lab"),
                        Set.of("quay.io", "elsewhere.lab"),
                        Map.of(),
                        Map.of("registry.access.redhat.com", List.of("mirror.lab:5000/redhat", "second.lab")),
                        "[Quay.io]\n" + ca + "[elsewhere.lab]\n" + ca,
                        0,
                        HttpClient::newBuilder)
                .places();

        Map<String, String> variables = BuildPlan.of(
                        matrix(missing("4.18.0-305.40.1.el8_4", X86)),
                        ImageReference.parse("quay.io/acme/dtk"),
                        settings)
                .builds()
                .get(0)
                .variables();

        assertThat(variables)
                .containsEntry("DTK_PLAIN_HTTP", "mirror.lab:5000")
                .containsEntry("DTK_UNVERIFIED_TLS", "quay.io")
                .containsEntry("DTK_BASE_MIRRORS", "mirror.lab:5000/redhat/ubi8/ubi:8.4 second.lab/ubi8/ubi:8.4")
                .containsEntry("DTK_CERTIFICATES", "[quay.io]\n" + ca);
    }
}
