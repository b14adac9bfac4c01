package io.jenkins.plugins.dtk.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RHEL versions, streams and architectures")
class NodeOsFactsTest {

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @DisplayName("the RHEL release is read from a node OS build's version, in both forms")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            OpenShift 4.8           | 48.84.202107202156-0   | 8.4
            OpenShift 4.10          | 410.84.202206080346-0  | 8.4
            a candidate of 4.11     | 411.85.202206011118-0  | 8.5
            OpenShift 4.12          | 412.86.202301311551-0  | 8.6
            a candidate of 4.13     | 413.86.202212021619-0  | 8.6
            OpenShift 4.15          | 415.92.202402201450-0  | 9.2
            OpenShift 4.18          | 418.94.202410090804-0  | 9.4
            a candidate of 4.19     | 419.96.202501201426-0  | 9.6
            OpenShift 4.19          | 9.6.20250121-0         | 9.6
            the second of a day     | 9.6.20250707-1         | 9.6
            OpenShift 4.22          | 9.8.20260817-0         | 9.8
            RHEL 10                 | 10.2.20260521-0        | 10.2
            OKD on CentOS Stream 9  | 416.9.202411211032-0   | 9
            """)
    void rhelOfBuild(String what, String build, String rhel) {
        assertThat(RhelVersion.ofNodeOsBuild(build)).map(RhelVersion::toString).contains(rhel);
    }

    @ParameterizedTest
    @DisplayName("other texts are no node OS build, whatever an image's label says")
    @ValueSource(
            strings = {
                "",
                "true",
                "9.6",
                "4.16.20",
                "9.6.20250121",
                "9.6.202501210000-0",
                "418.94.20241009-0",
                "418.94.202410090804",
                "418.94.202410090804-0\n",
                "48.899999999999999999.202107202156-0",
                "318.94.202410090804-0",
                "39.20240112.3.0"
            })
    void noBuild(String text) {
        assertThat(RhelVersion.ofNodeOsBuild(text)).isEmpty();
    }

    @Test
    @DisplayName("every recorded build shows the RHEL release that the kernel in it was built for")
    void buildsAndKernelsAgree() {
        List<RecordedFacts.Kernel> known = RecordedFacts.kernels().stream()
                .filter(row -> row.build().contains("."))
                .filter(row -> !row.kernel().isEmpty())
                .toList();

        assertThat(known).hasSizeGreaterThan(140).allSatisfy(row -> {
            RhelVersion ofBuild = RhelVersion.ofNodeOsBuild(row.build()).orElseThrow();
            RhelVersion ofKernel = KernelVersion.parse(row.kernel()).rhel();
            assertThat(ofBuild.major()).isEqualTo(ofKernel.major());
            if (ofKernel.minor() != null) {
                assertThat(ofBuild).isEqualTo(ofKernel);
            }
        });
    }

    /** openshift/os docs/faq.md: the RHEL release below each OpenShift release. */
    private static final Map<String, List<String>> RHEL_OF_LINE = Map.ofEntries(
            Map.entry("4.8", List.of("8.4")),
            Map.entry("4.9", List.of("8.4")),
            Map.entry("4.10", List.of("8.4")),
            Map.entry("4.11", List.of("8.6")),
            Map.entry("4.12", List.of("8.6")),
            Map.entry("4.13", List.of("9.2")),
            Map.entry("4.14", List.of("9.2")),
            Map.entry("4.15", List.of("9.2")),
            Map.entry("4.16", List.of("9.4")),
            Map.entry("4.17", List.of("9.4")),
            Map.entry("4.18", List.of("9.4")),
            Map.entry("4.19", List.of("9.6")),
            Map.entry("4.20", List.of("9.6")),
            Map.entry("4.21", List.of("9.6", "10.2")),
            Map.entry("4.22", List.of("9.8", "10.2")));

    @Test
    @DisplayName("every release of August 2026 has a build of the RHEL release that its line is known for")
    void buildsAndLinesAgree() {
        List<RecordedFacts.Build> generallyAvailable = RecordedFacts.builds().stream()
                .filter(row -> !row.ocp().contains("-"))
                .filter(row -> !row.build().isEmpty())
                .toList();

        assertThat(RecordedFacts.builds()).hasSize(1010).allSatisfy(row -> assertThat(
                        row.build().isEmpty()
                                || RhelVersion.ofNodeOsBuild(row.build()).isPresent())
                .isTrue());
        assertThat(generallyAvailable).hasSizeGreaterThan(800).allSatisfy(row -> {
            String line = row.ocp().substring(0, row.ocp().lastIndexOf('.'));
            assertThat(RHEL_OF_LINE.get(line))
                    .contains(
                            RhelVersion.ofNodeOsBuild(row.build()).orElseThrow().toString());
        });
    }

    @ParameterizedTest
    @DisplayName("a RHEL version is a major, or a major and a minor")
    @ValueSource(strings = {"8", "8.4", "8.10", "9.0", "10.2"})
    void rhelVersions(String text) {
        assertThat(RhelVersion.parse(text)).hasToString(text);
    }

    @ParameterizedTest(name = "''{0}''")
    @DisplayName("anything else is refused as a RHEL version")
    @ValueSource(strings = {"", "8.", ".4", "8.4.1", "RHEL 8", "8,4", "8.4\n", "9999", "\u0668"})
    void notRhelVersions(String text) {
        assertThatThrownBy(() -> RhelVersion.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not a RHEL version: '")
                .hasMessageNotContainingAny("\n");
    }

    @Test
    @DisplayName("RHEL versions are ordered by number, a major alone before its minors")
    void rhelOrder() {
        assertThat(List.of("10", "9.10", "8.4", "10.2", "9.2", "8").stream()
                        .map(RhelVersion::parse)
                        .sorted())
                .map(RhelVersion::toString)
                .containsExactly("8", "8.4", "9.2", "9.10", "10", "10.2");
    }

    @Test
    @DisplayName("streams are ordered by number too, and CentOS needs no subscription")
    void streams() {
        assertThat(List.of("rhel-10", "rhel-9", "centos-10", "centos-9", "rhel-8").stream()
                        .map(Stream::new)
                        .sorted())
                .map(Stream::toString)
                .containsExactly("centos-9", "centos-10", "rhel-8", "rhel-9", "rhel-10");
        assertThat(Stream.rhel(9)).isEqualTo(new Stream("rhel-9"));
        assertThat(Stream.centos(10).isCentos()).isTrue();
        assertThat(Stream.rhel(10).isCentos()).isFalse();
    }

    @ParameterizedTest(name = "''{0}''")
    @DisplayName("anything else is refused as a stream")
    @ValueSource(strings = {"", "rhel", "rhel-", "rhel-9.6", "RHEL-9", "fedora-40", "rhel-9\n", "rhel-100"})
    void notStreams(String text) {
        assertThat(Stream.isStream(text)).isFalse();
        assertThatThrownBy(() -> new Stream(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not a stream: '")
                .hasMessageNotContainingAny("\n");
    }

    @ParameterizedTest(name = "{0}, {1} and {2} are one architecture")
    @CsvSource({
        "x86_64, amd64, linux/amd64",
        "aarch64, arm64, linux/arm64",
        "ppc64le, ppc64le, linux/ppc64le",
        "s390x, s390x, linux/s390x"
    })
    void architectures(String rpm, String go, String platform) {
        Architecture architecture = Architecture.parse(rpm);

        assertThat(List.of(go, platform, " " + rpm + " "))
                .allSatisfy(name -> assertThat(Architecture.parse(name)).isEqualTo(architecture));
        assertThat(architecture).hasToString(rpm);
        assertThat(architecture.goName()).isEqualTo(go);
        assertThat(architecture.platform()).isEqualTo(platform);
    }

    @ParameterizedTest(name = "''{0}''")
    @DisplayName("an unknown architecture is refused with the list of the known ones, in one line")
    @ValueSource(strings = {"", "x86", "X86_64", "linux/x86_64", "windows/amd64", "arm\n64", "riscv64"})
    void unknownArchitectures(String text) {
        assertThatThrownBy(() -> Architecture.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("use one of x86_64, aarch64, ppc64le, s390x")
                .hasMessageNotContainingAny("\n");
    }

    @Test
    @DisplayName("what a user wrote is quoted shortened, whatever its length")
    void longTexts() {
        String text = "x".repeat(100_000);

        assertThat(Optional.of(text)).get().satisfies(t -> {
            assertThatThrownBy(() -> Architecture.parse(t)).message().hasSizeLessThan(400);
            assertThatThrownBy(() -> RhelVersion.parse(t)).message().hasSizeLessThan(400);
            assertThatThrownBy(() -> new Stream(t)).message().hasSizeLessThan(400);
            assertThatThrownBy(() -> KernelVersion.parse(t)).message().hasSizeLessThan(400);
        });
    }
}
