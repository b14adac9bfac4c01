package io.jenkins.plugins.dtk.release;

import static io.jenkins.plugins.dtk.release.PayloadWorld.K102;
import static io.jenkins.plugins.dtk.release.PayloadWorld.K84;
import static io.jenkins.plugins.dtk.release.PayloadWorld.K84_RT;
import static io.jenkins.plugins.dtk.release.PayloadWorld.K86;
import static io.jenkins.plugins.dtk.release.PayloadWorld.K92;
import static io.jenkins.plugins.dtk.release.PayloadWorld.K92_RT;
import static io.jenkins.plugins.dtk.release.PayloadWorld.K94;
import static io.jenkins.plugins.dtk.release.PayloadWorld.K96;
import static io.jenkins.plugins.dtk.release.PayloadWorld.K98;
import static io.jenkins.plugins.dtk.release.PayloadWorld.extensions;
import static io.jenkins.plugins.dtk.release.PayloadWorld.layered;
import static io.jenkins.plugins.dtk.release.PayloadWorld.legacy;
import static io.jenkins.plugins.dtk.release.PayloadWorld.meta;
import static io.jenkins.plugins.dtk.release.PayloadWorld.onlyPackages;
import static io.jenkins.plugins.dtk.release.PayloadWorld.os;
import static io.jenkins.plugins.dtk.release.PayloadWorld.ostree;
import static io.jenkins.plugins.dtk.release.PayloadWorld.release;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.release.PayloadWorld.Os;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("What a release's nodes run")
class NodeOsGenerationsTest {

    private final PayloadWorld world = new PayloadWorld();

    @AfterEach
    void close() throws IOException {
        world.close();
    }

    static Stream<Arguments> generations() {
        Architecture x86 = Architecture.X86_64;
        Architecture arm = Architecture.AARCH64;
        String b96 = "9.6.20260616-0";
        String b98 = "9.8.20260915-0";
        String b102 = "10.2.20260817-0";
        return Stream.of(
                row(
                        "4.8 to 4.11: the labels of machine-os-content, kernel-rt among them",
                        "4.8.36",
                        x86,
                        os(
                                "machine-os-content",
                                "48.84.202206081501-0",
                                legacy(K84 + ".x86_64").label("com.coreos.rpm.kernel-rt-core", K84_RT + ".x86_64")),
                        "rhel-8 8.4 48.84.202206081501-0 " + K84 + " rt=" + K84_RT),
                row(
                        "4.9: arm has no kernel-rt, whatever a label says",
                        "4.9.45",
                        arm,
                        os(
                                "machine-os-content",
                                "49.84.202206081501-0",
                                legacy(K84 + ".aarch64").label("com.coreos.rpm.kernel-rt-core", K84_RT + ".x86_64")),
                        "rhel-8 8.4 49.84.202206081501-0 " + K84),
                row(
                        "4.12: late z-streams dropped kernel-rt, without complaint",
                        "4.12.80",
                        x86,
                        os("machine-os-content", "412.86.202510270000-0", legacy(K86 + ".x86_64")),
                        "rhel-8 8.6 412.86.202510270000-0 " + K86),
                row(
                        "4.12: machine-os-content beside rhel-coreos-8 of the same build",
                        "4.12.25",
                        x86,
                        List.of(
                                new Os(
                                        "machine-os-content",
                                        "412.86.202306260000-0",
                                        legacy(K86 + ".x86_64")
                                                .label(
                                                        "com.coreos.rpm.kernel-rt-core",
                                                        "4.18.0-372.26.1.rt7.183.el8_6.x86_64")),
                                new Os(
                                        "rhel-coreos-8",
                                        "412.86.202306260000-0",
                                        ostree(K86 + ".x86_64"),
                                        onlyPackages())),
                        "rhel-8 8.6 412.86.202306260000-0 " + K86 + " rt=4.18.0-372.26.1.rt7.183.el8_6"),
                row(
                        "4.12 to 4.15: rhel-coreos alone tells no kernel-rt: before RHEL 9.3 it has an NVR of its own",
                        "4.14.20",
                        x86,
                        os("rhel-coreos", "414.92.202403270157-0", ostree(K92 + ".x86_64"), onlyPackages()),
                        "rhel-9 9.2 414.92.202403270157-0 " + K92),
                row(
                        "4.13 to 4.15: kernel-rt of RHEL 9.2",
                        "4.14.20",
                        x86,
                        os(
                                "machine-os-content",
                                "414.92.202403270157-0",
                                legacy(K92 + ".x86_64").label("com.coreos.rpm.kernel-rt-core", K92_RT + ".x86_64")),
                        "rhel-9 9.2 414.92.202403270157-0 " + K92 + " rt=" + K92_RT),
                row(
                        "4.14 on arm: no 64k pages yet",
                        "4.14.20",
                        arm,
                        os("rhel-coreos", "414.92.202403270157-0", ostree(K92 + ".aarch64"), onlyPackages()),
                        "rhel-9 9.2 414.92.202403270157-0 " + K92),
                row(
                        "4.15 on arm: 64k pages, of the same NVR",
                        "4.15.9",
                        arm,
                        os("rhel-coreos", "415.92.202404160000-0", ostree(K92 + ".aarch64"), onlyPackages()),
                        "rhel-9 9.2 415.92.202404160000-0 " + K92 + " 64k=" + K92),
                row(
                        "4.16 to 4.18: ostree.linux, and kernel-rt of the same NVR",
                        "4.17.22",
                        x86,
                        os("rhel-coreos", "417.94.202503000000-0", ostree(K94 + ".x86_64"), onlyPackages()),
                        "rhel-9 9.4 417.94.202503000000-0 " + K94 + " rt=" + K94),
                row(
                        "4.16 to 4.18 without extensions: no other kernels",
                        "4.17.22",
                        x86,
                        os("rhel-coreos", "417.94.202503000000-0", ostree(K94 + ".x86_64")),
                        "rhel-9 9.4 417.94.202503000000-0 " + K94),
                row(
                        "4.17 on Power: one kernel",
                        "4.17.22",
                        Architecture.PPC64LE,
                        os("rhel-coreos", "417.94.202503000000-0", ostree(K94 + ".ppc64le"), onlyPackages()),
                        "rhel-9 9.4 417.94.202503000000-0 " + K94),
                row(
                        "4.19 to 4.21: meta.json counts, ostree.linux of the base image is a hint",
                        "4.20.26",
                        x86,
                        os(
                                "rhel-coreos",
                                b96,
                                layered("5.14.0-570.1.1.el9_6.x86_64", meta(K96, "x86_64")),
                                extensions("{\"kernel-rt-core\": \"" + K96 + ".x86_64\"}")),
                        "rhel-9 9.6 " + b96 + " " + K96 + " rt=" + K96),
                row(
                        "4.19 to 4.21 on arm",
                        "4.20.26",
                        arm,
                        os(
                                "rhel-coreos",
                                b96,
                                layered(K96 + ".aarch64", meta(K96, "aarch64")),
                                extensions("{\"kernel-64k-core\": \"" + K96 + ".aarch64\"}")),
                        "rhel-9 9.6 " + b96 + " " + K96 + " 64k=" + K96),
                row(
                        "a build whose meta.json is one layer below the top",
                        "4.21.14",
                        x86,
                        os(
                                "rhel-coreos",
                                b96,
                                layered("true", meta(K96, "x86_64")).file("usr/share/buildinfo/labels.json", "{}"),
                                extensions("{}")),
                        "rhel-9 9.6 " + b96 + " " + K96),
                row(
                        "layers that a user put on top",
                        "4.20.26",
                        x86,
                        os(
                                "rhel-coreos",
                                b96,
                                layered("true", meta(K96, "x86_64"))
                                        .file("a", "1")
                                        .file("b", "2")
                                        .file("c", "3"),
                                extensions("{}")),
                        "rhel-9 9.6 " + b96 + " " + K96),
                row(
                        "4.19: no meta.json at all, but a kernel in ostree.linux",
                        "4.19.0",
                        x86,
                        os("rhel-coreos", b96, ostree(K96 + ".x86_64").label("io.openshift.metalayer", "true")),
                        "rhel-9 9.6 " + b96 + " " + K96),
                row(
                        "extensions of a build without kernel-rt",
                        "4.20.26",
                        x86,
                        os(
                                "rhel-coreos",
                                b96,
                                layered("true", meta(K96, "x86_64")),
                                extensions("{\"usbguard\": \"1.0-1.el9.x86_64\"}")),
                        "rhel-9 9.6 " + b96 + " " + K96),
                row(
                        "an epoch in extensions.json",
                        "4.20.26",
                        x86,
                        os(
                                "rhel-coreos",
                                b96,
                                layered("true", meta(K96, "x86_64")),
                                extensions("{\"kernel-rt-core\": \"0:" + K96 + ".x86_64\"}")),
                        "rhel-9 9.6 " + b96 + " " + K96 + " rt=" + K96),
                row(
                        "4.21 and 4.22: two streams, ostree.linux is the word true",
                        "4.22.11",
                        x86,
                        List.of(
                                new Os(
                                        "rhel-coreos",
                                        b98,
                                        layered("true", meta(K98, "x86_64")),
                                        extensions("{\"kernel-rt-core\": \"" + K98 + ".x86_64\"}")),
                                new Os(
                                        "rhel-coreos-10",
                                        b102,
                                        layered("true", meta(K102, "x86_64")),
                                        extensions("{\"kernel-rt-core\": \"" + K102 + ".x86_64\"}"))),
                        "rhel-9 9.8 " + b98 + " " + K98 + " rt=" + K98,
                        "rhel-10 10.2 " + b102 + " " + K102 + " rt=" + K102),
                row(
                        "the stream as the payload names it goes before the image's label",
                        "5.0.1",
                        x86,
                        List.of(new Os(
                                "rhel-coreos-10",
                                b102,
                                layered("true", meta(K102, "x86_64")).label("io.openshift.os.streamclass", "rhel-9"),
                                extensions("{}"),
                                "rhel-10")),
                        "rhel-10 10.2 " + b102 + " " + K102),
                row(
                        "RHEL 8.7's GA kernel has no minor: the build tells it",
                        "4.12.0-rc.2",
                        x86,
                        os("machine-os-content", "412.87.202211150000-0", legacy("4.18.0-425.3.1.el8.x86_64")),
                        "rhel-8 8.7 412.87.202211150000-0 4.18.0-425.3.1.el8"),
                row(
                        "no minor and no build: the line is known for its RHEL release",
                        "4.12.0",
                        x86,
                        os("machine-os-content", "", legacy("4.18.0-425.3.1.el8.x86_64")),
                        "rhel-8 8.6 - 4.18.0-425.3.1.el8"),
                row(
                        "the build from the image, when the payload does not tell",
                        "4.10.18",
                        x86,
                        os("machine-os-content", "", legacy(K84 + ".x86_64").label("version", "410.84.202206080346-0")),
                        "rhel-8 8.4 410.84.202206080346-0 " + K84),
                row(
                        "the build from the image's newer label",
                        "4.16.20",
                        x86,
                        os(
                                "rhel-coreos",
                                "",
                                ostree(K94 + ".x86_64")
                                        .label("org.opencontainers.image.version", "416.94.202411000000-0")),
                        "rhel-9 9.4 416.94.202411000000-0 " + K94),
                row(
                        "OKD on CentOS Stream 9: a major only",
                        "4.16.0-okd-scos.1",
                        x86,
                        os("stream-coreos", "416.9.202411211032-0", ostree("5.14.0-531.el9.x86_64")),
                        "centos-9 9 416.9.202411211032-0 5.14.0-531.el9"),
                row(
                        "OKD with builds as of today: 9.0 is no RHEL 9.0",
                        "4.19.0-okd-scos.1",
                        x86,
                        os(
                                "stream-coreos",
                                "9.0.20250510-0",
                                layered("true", meta("5.14.0-583.el9", "x86_64")),
                                extensions("{}")),
                        "centos-9 9 9.0.20250510-0 5.14.0-583.el9"),
                row(
                        "OKD, by the stream's name alone",
                        "4.21.0-okd-scos.0",
                        x86,
                        List.of(new Os(
                                "rhel-coreos",
                                "10.0.20260610-0",
                                layered("true", meta("6.12.0-233.el10", "x86_64")),
                                extensions("{}"),
                                "centos-10")),
                        "centos-10 10 10.0.20260610-0 6.12.0-233.el10"));
    }

    private static Arguments row(
            String what, String version, Architecture architecture, List<Os> payload, String... expected) {
        return Arguments.of(what, version, architecture, payload, List.of(expected));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("is read from where each generation of node OS images tells it")
    @MethodSource("generations")
    void generation(String what, String version, Architecture architecture, List<Os> payload, List<String> expected)
            throws Exception {
        Release release = release(version, architecture, world.publish(architecture, payload));

        assertThat(world.releases().nodeOs(release).stream().map(NodeOsGenerationsTest::text))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static String text(NodeOs node) {
        return node.stream() + " " + node.rhel() + " " + (node.build().isEmpty() ? "-" : node.build()) + " "
                + node.kernel()
                + kernel(" rt=", node.kernelRt())
                + kernel(" 64k=", node.kernel64k());
    }

    private static String kernel(String name, Optional<KernelVersion> kernel) {
        return kernel.map(k -> name + k).orElse("");
    }
}
