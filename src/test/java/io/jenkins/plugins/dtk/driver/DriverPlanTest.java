package io.jenkins.plugins.dtk.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelFlavour;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.kernel.Stream;
import io.jenkins.plugins.dtk.matrix.Catalog;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.NodeOs;
import io.jenkins.plugins.dtk.release.Release;
import io.jenkins.plugins.dtk.release.ReleaseVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The images of a driver")
class DriverPlanTest {

    private static Catalog.Row row(String release, String kernel, Architecture architecture) {
        KernelVersion standard = KernelVersion.parse(kernel);
        return new Catalog.Row(
                new Release(
                        ReleaseVersion.parse(release),
                        architecture,
                        ImageReference.parse("quay.io/openshift-release-dev/ocp-release:" + release)),
                new NodeOs(
                        architecture,
                        Stream.rhel(9),
                        "",
                        standard.rhel(),
                        standard,
                        architecture == Architecture.X86_64 ? Optional.of(realTime(kernel)) : Optional.empty(),
                        architecture == Architecture.AARCH64 ? Optional.of(standard) : Optional.empty()));
    }

    /** Before RHEL 9.3 of another version than the standard kernel. */
    private static KernelVersion realTime(String kernel) {
        return KernelVersion.parse(kernel.replace(".el9_2", ".rt14.330.el9_2"));
    }

    private static Catalog catalog(Catalog.Row... rows) {
        return new Catalog(List.of(rows), List.of());
    }

    private static List<DriverImage> images(String version, String patterns, Catalog catalog, KernelFlavour... of) {
        List<TagPattern> all =
                Arrays.stream(patterns.split(" ")).map(TagPattern::parse).toList();
        return new DriverPlan(all, version).images(catalog, EnumSet.copyOf(List.of(of)));
    }

    private static String tags(List<DriverImage> images) {
        return images.stream().flatMap(image -> image.tags().stream()).collect(Collectors.joining(" "));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("have the tags that vendors give them")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            AWS Neuron      | 2.21       | STANDARD  | X86_64  | {version}-{kernel}                             | 2.21-5.14.0-427.61.1.el9_4.x86_64
            NVIDIA GPU      | 570.133.20 | PAGES_64K | AARCH64 | {version}-{kernel}-rhcos{openshift}            | 570.133.20-5.14.0-427.61.1.el9_4.aarch64_64k-rhcos4.17
            NVIDIA GPU 4.19 | 570.133.20 | RT        | X86_64  | {version}-{kernel}-rhel{rhel}                  | 570.133.20-5.14.0-427.61.1.el9_4.x86_64_rt-rhel9.4
            NVIDIA NIC      | 24.10-1.1.4.0-0 | STANDARD | X86_64 | doca2.9.1-{version}-{kernel}-rhcos{openshift}-{goarch} | doca2.9.1-24.10-1.1.4.0-0-5.14.0-427.61.1.el9_4.x86_64-rhcos4.17-amd64
            AMD GPU         | 7.0        | STANDARD  | X86_64  | coreos-{rhel}-{kernel}-{version}               | coreos-9.4-5.14.0-427.61.1.el9_4.x86_64-7.0
            Intel GPU       | 3.0.0      | STANDARD  | X86_64  | {version}-{kernel} {version}-{nvr}             | 3.0.0-5.14.0-427.61.1.el9_4.x86_64 3.0.0-5.14.0-427.61.1.el9_4
            IBM Scale       |            | STANDARD  | X86_64  | {kernel} {kernel}-672fdafd9c                   | 5.14.0-427.61.1.el9_4.x86_64 5.14.0-427.61.1.el9_4.x86_64-672fdafd9c
            the flavour     | 1          | RT        | X86_64  | {nvr}-{flavour}-{arch}                         | 5.14.0-427.61.1.el9_4-rt-x86_64
            """)
    void vendors(
            String vendor, String version, KernelFlavour flavour, Architecture on, String patterns, String expected) {
        String own = version == null ? "" : version;
        Catalog catalog = catalog(row("4.17.22", "5.14.0-427.61.1.el9_4", on));

        assertThat(tags(images(own, patterns, catalog, flavour))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("are known by the tags that vendors gave them, and by no others")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {version}-{kernel}                  | 2.21-5.14.0-427.61.1.el9_4.x86_64                            | 2.21 5.14.0-427.61.1.el9_4 x86_64 standard
            {version}-{kernel}                  | 2.21-5.14.0-284.45.1.rt14.330.el9_2.x86_64                   | 2.21 5.14.0-284.45.1.rt14.330.el9_2 x86_64 rt
            {version}-{kernel}-rhcos{openshift} | 570.133.20-5.14.0-427.61.1.el9_4.aarch64_64k-rhcos4.17       | 570.133.20 5.14.0-427.61.1.el9_4 aarch64 64k
            doca2.9.1-{version}-{kernel}-rhcos{openshift}-{goarch} | doca2.9.1-24.10-1.1.4.0-0-5.14.0-427.61.1.el9_4.x86_64-rhcos4.17-amd64 | 24.10-1.1.4.0-0 5.14.0-427.61.1.el9_4 x86_64 standard
            coreos-{rhel}-{kernel}-{version}    | coreos-9.4-5.14.0-427.61.1.el9_4.x86_64-7.0                  | 7.0 5.14.0-427.61.1.el9_4 x86_64 standard
            {nvr}-{flavour}-{arch}              | 5.14.0-427.61.1.el9_4-rt-x86_64                              | '' 5.14.0-427.61.1.el9_4 x86_64 rt
            {version}-{nvr}                     | 3.0.0-5.14.0-427.61.1.el9_4                                  | 3.0.0 5.14.0-427.61.1.el9_4 any standard
            {kernel}                            | 5.14.0-427.61.1.el9_4.x86_64-debug                           | none
            {kernel}                            | 5.14.0-427.61.1.el9_4.aarch64_rt                             | none
            {version}-{kernel}                  | 5.14.0-427.61.1.el9_4.x86_64                                 | none
            {version}-{nvr}                     | 1-5.14.0-1.el9-5.14.0-2.el9                                  | 1-5.14.0-1.el9 5.14.0-2.el9 any standard
            {nvr}-{version}                     | 5.14.0-427.el9_4                                             | none
            """)
    void known(String pattern, String tag, String expected) {
        String read = DriverTag.parse(tag, List.of(TagPattern.parse(pattern)), "")
                .map(one -> (one.version().isEmpty() ? "''" : one.version()) + " " + one.kernel() + " "
                        + one.architecture().map(Architecture::rpmName).orElse("any") + " "
                        + one.flavour().word())
                .orElse("none");

        assertThat(read).isEqualTo(expected);
    }

    @Test
    @DisplayName("are one for each kernel, architecture and flavour, however many releases ship it")
    void targets() {
        Catalog catalog = catalog(
                row("4.14.7", "5.14.0-284.45.1.el9_2", Architecture.X86_64),
                row("4.17.22", "5.14.0-427.61.1.el9_4", Architecture.X86_64),
                row("4.17.22", "5.14.0-427.61.1.el9_4", Architecture.AARCH64),
                row("4.18.6", "5.14.0-427.61.1.el9_4", Architecture.X86_64));

        List<DriverImage> images = images("", "{kernel}", catalog, KernelFlavour.values());

        assertThat(images)
                .extracting(image -> image.target() + " " + image.tags() + " " + image.releases())
                .containsExactly(
                        "5.14.0-284.45.1.el9_2.x86_64 [5.14.0-284.45.1.el9_2.x86_64] [4.14.7]",
                        "5.14.0-284.45.1.rt14.330.el9_2.x86_64 [5.14.0-284.45.1.rt14.330.el9_2.x86_64] [4.14.7]",
                        "5.14.0-427.61.1.el9_4.x86_64 [5.14.0-427.61.1.el9_4.x86_64] [4.17.22, 4.18.6]",
                        "5.14.0-427.61.1.el9_4.x86_64+rt [5.14.0-427.61.1.el9_4.x86_64_rt] [4.17.22, 4.18.6]",
                        "5.14.0-427.61.1.el9_4.aarch64 [5.14.0-427.61.1.el9_4.aarch64] [4.17.22]",
                        "5.14.0-427.61.1.el9_4.aarch64+64k [5.14.0-427.61.1.el9_4.aarch64_64k] [4.17.22]");
        assertThat(images.get(3).fill("{kernel} {nvr} {rhel} {arch} {unknown}"))
                .isEqualTo("5.14.0-427.61.1.el9_4.x86_64+rt 5.14.0-427.61.1.el9_4 9.4 x86_64 {unknown}");
    }

    @Test
    @DisplayName("have a tag for each minor release that ships the kernel")
    void minors() {
        Catalog catalog = catalog(
                row("4.17.21", "5.14.0-427.61.1.el9_4", Architecture.X86_64),
                row("4.17.22", "5.14.0-427.61.1.el9_4", Architecture.X86_64),
                row("4.18.6", "5.14.0-427.61.1.el9_4", Architecture.X86_64));

        assertThat(tags(images("", "{kernel}-{openshift}", catalog, KernelFlavour.STANDARD)))
                .isEqualTo("5.14.0-427.61.1.el9_4.x86_64-4.17 5.14.0-427.61.1.el9_4.x86_64-4.18");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("cannot be named by a pattern that is none")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            no kernel            | {version}          | 1 | it has no {kernel}, so all kernels would get one tag
            unknown placeholder  | {kernel}-{ocp}     | 1 | {ocp} is none of {version}, {kernel}
            no tag               | {kernel}/x         | 1 | a tag has letters, digits
            no version           | {version}-{kernel} |   | needs the driver's version, which is missing
            two targets, one tag | {nvr}              |   | would both get the tag '5.14.0-427.61.1.el9_4': add {arch} or {flavour}
            """)
    void wrong(String what, String pattern, String version, String message) {
        Catalog catalog = catalog(row("4.17.22", "5.14.0-427.61.1.el9_4", Architecture.X86_64));

        assertThatThrownBy(() -> images(
                        version == null ? "" : version, pattern, catalog, KernelFlavour.STANDARD, KernelFlavour.RT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    @DisplayName("cannot have a tag of more than 128 characters")
    void tooLong() {
        Catalog catalog = catalog(row("4.17.22", "5.14.0-427.61.1.el9_4", Architecture.X86_64));

        assertThatThrownBy(() -> images("1".repeat(110), "{version}-{kernel}", catalog, KernelFlavour.STANDARD))
                .hasMessageEndingWith("is no tag: it has 139 characters, and 128 are allowed");
    }

    @Test
    @DisplayName("are planned for 300 kernels, three flavours and two architectures at once")
    void many() {
        List<Catalog.Row> rows = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            rows.add(row("4.17." + i, "5.14.0-427." + i + ".1.el9_4", Architecture.X86_64));
            rows.add(row("4.17." + i, "5.14.0-427." + i + ".1.el9_4", Architecture.AARCH64));
        }

        assertThat(images("1", "{version}-{kernel}", new Catalog(rows, List.of()), KernelFlavour.values()))
                .hasSize(1200);
    }
}
