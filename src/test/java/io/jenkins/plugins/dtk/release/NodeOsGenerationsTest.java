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
import static io.jenkins.plugins.dtk.release.PayloadWorld.layered;
import static io.jenkins.plugins.dtk.release.PayloadWorld.legacy;
import static io.jenkins.plugins.dtk.release.PayloadWorld.meta;
import static io.jenkins.plugins.dtk.release.PayloadWorld.onlyPackages;
import static io.jenkins.plugins.dtk.release.PayloadWorld.ostree;
import static io.jenkins.plugins.dtk.release.PayloadWorld.release;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.release.PayloadWorld.Os;
import io.jenkins.plugins.dtk.testing.FakeImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What a release's nodes run")
class NodeOsGenerationsTest {

    private static final Pattern NAME = Pattern.compile("\\b[KB][0-9]{2,3}(_RT)?\\b");

    @AutoClose
    private final PayloadWorld world = new PayloadWorld();

    /**
     * The node OS images of a payload, with "&" between them, each: its tag, its build, the kind of image with the kernel
     * that it states, and what else it has; and what is read from them. Kernels stand by their names in PayloadWorld.
     */
    private static final String GENERATIONS =
            """
            4.8 to 4.11: the labels of machine-os-content, kernel-rt among them | 4.8.36 | x86_64 | machine-os-content 48.84.202206081501-0 legacy:K84 rt:K84_RT | rhel-8 8.4 48.84.202206081501-0 K84 rt=K84_RT
            4.9: arm has no kernel-rt, whatever a label says | 4.9.45 | aarch64 | machine-os-content 49.84.202206081501-0 legacy:K84 rt:K84_RT | rhel-8 8.4 49.84.202206081501-0 K84
            4.12: late z-streams dropped kernel-rt, without complaint | 4.12.80 | x86_64 | machine-os-content 412.86.202510270000-0 legacy:K86 | rhel-8 8.6 412.86.202510270000-0 K86
            4.12: machine-os-content beside rhel-coreos-8 of the same build | 4.12.25 | x86_64 | machine-os-content 412.86.202306260000-0 legacy:K86 rt:4.18.0-372.26.1.rt7.183.el8_6 & rhel-coreos-8 412.86.202306260000-0 ostree:K86 packages | rhel-8 8.6 412.86.202306260000-0 K86 rt=4.18.0-372.26.1.rt7.183.el8_6
            4.12 to 4.15: rhel-coreos alone names no kernel-rt: before RHEL 9.3 it has an NVR of its own | 4.14.20 | x86_64 | rhel-coreos 414.92.202403270157-0 ostree:K92 packages | rhel-9 9.2 414.92.202403270157-0 K92
            4.13 to 4.15: kernel-rt of RHEL 9.2 | 4.14.20 | x86_64 | machine-os-content 414.92.202403270157-0 legacy:K92 rt:K92_RT | rhel-9 9.2 414.92.202403270157-0 K92 rt=K92_RT
            4.14 on arm: no 64k pages yet | 4.14.20 | aarch64 | rhel-coreos 414.92.202403270157-0 ostree:K92 packages | rhel-9 9.2 414.92.202403270157-0 K92
            4.15 on arm: 64k pages, of the same NVR | 4.15.9 | aarch64 | rhel-coreos 415.92.202404160000-0 ostree:K92 packages | rhel-9 9.2 415.92.202404160000-0 K92 64k=K92
            4.16 to 4.18: ostree.linux, and kernel-rt of the same NVR | 4.17.22 | x86_64 | rhel-coreos 417.94.202503000000-0 ostree:K94 packages | rhel-9 9.4 417.94.202503000000-0 K94 rt=K94
            4.16 to 4.18 without extensions: no other kernels | 4.17.22 | x86_64 | rhel-coreos 417.94.202503000000-0 ostree:K94 | rhel-9 9.4 417.94.202503000000-0 K94
            4.17 on Power: one kernel | 4.17.22 | ppc64le | rhel-coreos 417.94.202503000000-0 ostree:K94 packages | rhel-9 9.4 417.94.202503000000-0 K94
            4.19 to 4.21: meta.json counts, ostree.linux of the base image is a hint | 4.20.26 | x86_64 | rhel-coreos B96 layered:K96 hint:5.14.0-570.1.1.el9_6 kernel-rt-core:K96 | rhel-9 9.6 B96 K96 rt=K96
            4.19 to 4.21 on arm | 4.20.26 | aarch64 | rhel-coreos B96 layered:K96 hint:K96 kernel-64k-core:K96 | rhel-9 9.6 B96 K96 64k=K96
            a build whose meta.json is one layer below the top | 4.21.14 | x86_64 | rhel-coreos B96 layered:K96 file:usr/share/buildinfo/labels.json extensions | rhel-9 9.6 B96 K96
            layers that a user put on top | 4.20.26 | x86_64 | rhel-coreos B96 layered:K96 file:a file:b file:c extensions | rhel-9 9.6 B96 K96
            4.19: no meta.json at all, but a kernel in ostree.linux | 4.19.0 | x86_64 | rhel-coreos B96 ostree:K96 label:io.openshift.metalayer=true | rhel-9 9.6 B96 K96
            extensions of a build without kernel-rt | 4.20.26 | x86_64 | rhel-coreos B96 layered:K96 usbguard:1.0-1.el9 | rhel-9 9.6 B96 K96
            an epoch in extensions.json | 4.20.26 | x86_64 | rhel-coreos B96 layered:K96 kernel-rt-core:0:K96 | rhel-9 9.6 B96 K96 rt=K96
            4.21 and 4.22: two streams, ostree.linux is the word true | 4.22.11 | x86_64 | rhel-coreos B98 layered:K98 kernel-rt-core:K98 & rhel-coreos-10 B102 layered:K102 kernel-rt-core:K102 | rhel-9 9.8 B98 K98 rt=K98 & rhel-10 10.2 B102 K102 rt=K102
            the stream as the payload names it goes before the image's label | 5.0.1 | x86_64 | rhel-coreos-10 B102 layered:K102 label:io.openshift.os.streamclass=rhel-9 extensions stream:rhel-10 | rhel-10 10.2 B102 K102
            RHEL 8.7's GA kernel has no minor: the build says it | 4.12.0-rc.2 | x86_64 | machine-os-content 412.87.202211150000-0 legacy:4.18.0-425.3.1.el8 | rhel-8 8.7 412.87.202211150000-0 4.18.0-425.3.1.el8
            no minor and no build: the line is known for its RHEL release | 4.12.0 | x86_64 | machine-os-content - legacy:4.18.0-425.3.1.el8 | rhel-8 8.6 - 4.18.0-425.3.1.el8
            the build from the image, when the payload has none | 4.10.18 | x86_64 | machine-os-content - legacy:K84 label:version=410.84.202206080346-0 | rhel-8 8.4 410.84.202206080346-0 K84
            the build from the image's newer label | 4.16.20 | x86_64 | rhel-coreos - ostree:K94 label:org.opencontainers.image.version=416.94.202411000000-0 | rhel-9 9.4 416.94.202411000000-0 K94
            OKD on CentOS Stream 9: a major only | 4.16.0-okd-scos.1 | x86_64 | stream-coreos 416.9.202411211032-0 ostree:5.14.0-531.el9 | centos-9 9 416.9.202411211032-0 5.14.0-531.el9
            OKD with builds as of today: 9.0 is no RHEL 9.0 | 4.19.0-okd-scos.1 | x86_64 | stream-coreos 9.0.20250510-0 layered:5.14.0-583.el9 extensions | centos-9 9 9.0.20250510-0 5.14.0-583.el9
            OKD, by the stream's name alone | 4.21.0-okd-scos.0 | x86_64 | rhel-coreos 10.0.20260610-0 layered:6.12.0-233.el10 extensions stream:centos-10 | centos-10 10 10.0.20260610-0 6.12.0-233.el10
            """;

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("K84", K84),
            Map.entry("K84_RT", K84_RT),
            Map.entry("K86", K86),
            Map.entry("K92", K92),
            Map.entry("K92_RT", K92_RT),
            Map.entry("K94", K94),
            Map.entry("K96", K96),
            Map.entry("K98", K98),
            Map.entry("K102", K102),
            Map.entry("B96", "9.6.20260616-0"),
            Map.entry("B98", "9.8.20260915-0"),
            Map.entry("B102", "10.2.20260817-0"));

    @ParameterizedTest(name = "{0}")
    @DisplayName("is read from where each generation of node OS images has it")
    @CsvSource(delimiter = '|', quoteCharacter = '"', maxCharsPerColumn = 1000, textBlock = GENERATIONS)
    void generation(String what, String version, String arch, String payload, String expected) throws Exception {
        Architecture architecture = Architecture.parse(arch);
        List<Os> images = each(payload).map(image -> image(image, architecture)).toList();
        Release release = release(version, architecture, world.publish(architecture, images));

        assertThat(world.releases().nodeOs(release).stream().map(NodeOsGenerationsTest::text))
                .containsExactlyInAnyOrderElementsOf(each(expected).toList());
    }

    private static Stream<String> each(String list) {
        String named = NAME.matcher(list).replaceAll(name -> NAMES.get(name.group()));
        return Stream.of(named.split(" & "));
    }

    private static Os image(String description, Architecture architecture) {
        String[] words = description.split(" ");
        Map<String, String> facts = new LinkedHashMap<>();
        for (String word : List.of(words).subList(2, words.length)) {
            String[] fact = word.split(":", 2);
            facts.merge(fact[0], fact.length > 1 ? fact[1] : "", (one, other) -> one + ":" + other);
        }
        String build = words[1].equals("-") ? "" : words[1];
        return new Os(
                words[0],
                build,
                image(facts, architecture),
                extensions(facts, architecture),
                facts.getOrDefault("stream", ""));
    }

    private static FakeImage image(Map<String, String> facts, Architecture architecture) {
        String arch = "." + architecture.rpmName();
        FakeImage image = facts.containsKey("legacy")
                ? legacy(facts.get("legacy") + arch)
                : facts.containsKey("ostree")
                        ? ostree(facts.get("ostree") + arch)
                        : layered(
                                facts.containsKey("hint") ? facts.get("hint") + arch : "true",
                                meta(facts.get("layered"), architecture.rpmName()));
        if (facts.containsKey("rt")) {
            image.label("com.coreos.rpm.kernel-rt-core", facts.get("rt") + ".x86_64");
        }
        if (facts.containsKey("label")) {
            String[] label = facts.get("label").split("=");
            image.label(label[0], label[1]);
        }
        if (facts.containsKey("file")) {
            Stream.of(facts.get("file").split(":")).forEach(file -> image.file(file, "{}"));
        }
        return image;
    }

    /** Null where there are none: an image with packages and no list of them, or with a list. */
    private static FakeImage extensions(Map<String, String> facts, Architecture architecture) {
        if (facts.containsKey("packages")) {
            return onlyPackages();
        }
        return facts.entrySet().stream()
                .filter(fact -> List.of("kernel-rt-core", "kernel-64k-core", "usbguard", "extensions")
                        .contains(fact.getKey()))
                .map(fact -> fact.getValue().isEmpty()
                        ? "{}"
                        : "{\"" + fact.getKey() + "\": \"" + fact.getValue() + "." + architecture.rpmName() + "\"}")
                .map(PayloadWorld::extensions)
                .findFirst()
                .orElse(null);
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
