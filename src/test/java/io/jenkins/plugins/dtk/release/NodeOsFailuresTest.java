package io.jenkins.plugins.dtk.release;

import static io.jenkins.plugins.dtk.release.PayloadWorld.EXTENSIONS;
import static io.jenkins.plugins.dtk.release.PayloadWorld.IMAGES;
import static io.jenkins.plugins.dtk.release.PayloadWorld.K84;
import static io.jenkins.plugins.dtk.release.PayloadWorld.K96;
import static io.jenkins.plugins.dtk.release.PayloadWorld.META;
import static io.jenkins.plugins.dtk.release.PayloadWorld.extensions;
import static io.jenkins.plugins.dtk.release.PayloadWorld.layered;
import static io.jenkins.plugins.dtk.release.PayloadWorld.legacy;
import static io.jenkins.plugins.dtk.release.PayloadWorld.meta;
import static io.jenkins.plugins.dtk.release.PayloadWorld.onlyPackages;
import static io.jenkins.plugins.dtk.release.PayloadWorld.os;
import static io.jenkins.plugins.dtk.release.PayloadWorld.ostree;
import static io.jenkins.plugins.dtk.release.PayloadWorld.release;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.release.PayloadWorld.Os;
import io.jenkins.plugins.dtk.testing.FakeImage;
import io.jenkins.plugins.dtk.testing.Tar;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("What a release's nodes run, when it is unknown,")
class NodeOsFailuresTest {

    @AutoClose
    private final PayloadWorld world = new PayloadWorld();

    static Stream<Arguments> failures() {
        String build = "9.6.20260616-0";
        FakeImage fine = layered("true", meta(K96, "x86_64"));
        return Stream.of(
                Arguments.of(
                        "nothing names the kernel",
                        os("rhel-coreos", build, ostree("true")),
                        "does not name its kernel: no label com.coreos.rpm.kernel, no " + META
                                + " in its top layers, and label ostree.linux is not a kernel version: 'true'"),
                Arguments.of(
                        "a label of the wrong kind",
                        os("machine-os-content", build, legacy("package kernel is not installed")),
                        "does not name its kernel: label com.coreos.rpm.kernel is not a kernel version: "
                                + "'package kernel is not installed'"),
                Arguments.of(
                        "Fedora CoreOS, as in OKD before 4.16",
                        os("machine-os-content", build, legacy("6.5.6-200.fc38.x86_64")),
                        "label com.coreos.rpm.kernel is not a kernel version: '6.5.6-200.fc38.x86_64' (it names no"
                                + " distribution such as .el9_2, .el10 or .scos9; it is Fedora's: OKD before 4.16 runs"),
                Arguments.of(
                        "a kernel of another architecture",
                        os("machine-os-content", build, legacy(K84 + ".aarch64")),
                        "has the kernel " + K84 + ".aarch64, which is not for x86_64"),
                Arguments.of(
                        "a package list of another architecture",
                        os("rhel-coreos", build, layered("true", meta(K96, "s390x")), extensions("{}")),
                        "which is not for x86_64"),
                Arguments.of(
                        "a package list that is not JSON",
                        os("rhel-coreos", build, layered("true", "<html>"), extensions("{}")),
                        "is not usable JSON"),
                Arguments.of(
                        "a package list without a kernel",
                        os(
                                "rhel-coreos",
                                build,
                                layered("true", "{\"rpmdb.pkglist\": [[\"bash\",\"0\",\"5\",\"1\",\"x86_64\"]]}"),
                                extensions("{}")),
                        "lists no kernel among 1 packages"),
                Arguments.of(
                        "a package list with a kernel that is none",
                        os("rhel-coreos", build, layered("true", meta("5.14.0-1.fc40", "x86_64")), extensions("{}")),
                        "lists not a kernel version: '5.14.0-1.fc40.x86_64'"),
                Arguments.of(
                        "extensions that are not JSON",
                        os("rhel-coreos", build, fine, extensions("nothing")),
                        "Tried to read " + EXTENSIONS),
                Arguments.of(
                        "extensions with a kernel that is none",
                        os("rhel-coreos", build, fine, extensions("{\"kernel-rt-core\": \"true\"}")),
                        "not a kernel version: 'true'"),
                Arguments.of(
                        "extensions with a list where a kernel should be",
                        os("rhel-coreos", build, fine, extensions("{\"kernel-rt-core\": [1]}")),
                        "Tried to read " + EXTENSIONS),
                Arguments.of(
                        "extensions that name nothing: that is not the same as no kernel-rt",
                        os("rhel-coreos", build, fine, onlyPackages()),
                        "has no " + EXTENSIONS + " in its top layers"),
                Arguments.of(
                        "a layer that is no tar",
                        os(
                                "rhel-coreos",
                                build,
                                ostree("true").layer("x".repeat(5000).getBytes(StandardCharsets.US_ASCII)),
                                extensions("{}")),
                        "the layer is no tar archive"),
                Arguments.of(
                        "a layer that is cut short",
                        os("rhel-coreos", build, ostree("true").layer(cut()), extensions("{}")),
                        "the layer ends too early"));
    }

    private static byte[] cut() {
        byte[] layer = new Tar().file("a", "x".repeat(3000)).plain();
        return Arrays.copyOf(layer, 2000);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("that is unknown fails in one line with the release, the image and the reason")
    @MethodSource("failures")
    void failure(String what, List<Os> payload, String why) {
        Release release = release("4.20.26", Architecture.X86_64, world.publish(Architecture.X86_64, payload));

        assertThatThrownBy(() -> world.releases().nodeOs(release))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("release 4.20.26 (x86_64): ")
                .hasMessageContaining(why)
                .hasMessageContaining("/" + IMAGES + "@sha256:")
                .hasMessageNotContainingAny("\n", "\tat");
    }
}
