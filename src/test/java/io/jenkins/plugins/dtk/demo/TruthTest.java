package io.jenkins.plugins.dtk.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.kernel.Architecture;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TruthTest {

    private static final OpenShiftWorld FULL = OpenShiftWorld.full();

    @Test
    void theDemoHasSevenKernelsFrom412OnForTwoArchitectures() {
        Truth truth = OpenShiftWorld.demo()
                .truth(release -> !release.preRelease() && release.ocp().from(12), List.of(Architecture.values()));
        assertThat(truth.rows())
                .extracting(row -> row.stream() + " " + row.rhel() + " " + row.kernel())
                .containsExactly(
                        "rhel-8 8.6 4.18.0-372.64.1.el8_6",
                        "rhel-9 9.2 5.14.0-284.45.1.el9_2",
                        "rhel-9 9.2 5.14.0-284.59.1.el9_2",
                        "rhel-9 9.4 5.14.0-427.61.1.el9_4",
                        "rhel-9 9.6 5.14.0-570.122.1.el9_6",
                        "rhel-9 9.8 5.14.0-687.39.1.el9_8",
                        "rhel-10 10.2 6.12.0-211.47.1.el10_2");
        assertThat(truth.rows()).allSatisfy(row -> assertThat(row.architectures())
                .containsExactly(Architecture.X86_64, Architecture.AARCH64));
    }

    @Test
    void aKernelOfSeveralReleasesNamesThemAndTheirBuilds() {
        Truth.Row row =
                OpenShiftWorld.demo().truth().kernel("5.14.0-570.122.1.el9_6").orElseThrow();
        assertThat(row.releases()).containsExactly("4.19.35", "4.20.26", "4.21.18");
        assertThat(row.rhcosBuilds()).containsExactly("9.6.20260616-0");
        assertThat(row.kernelRt()).isEqualTo("5.14.0-570.122.1.el9_6");
        assertThat(row.kernel64k()).isEqualTo("5.14.0-570.122.1.el9_6");
    }

    @Test
    void whatIsAskedForOneArchitectureSaysNothingOfAnother() {
        Truth truth = OpenShiftWorld.demo().truth(release -> true, List.of(Architecture.AARCH64));
        assertThat(truth.rows()).allSatisfy(row -> {
            assertThat(row.architectures()).containsExactly(Architecture.AARCH64);
            assertThat(row.kernelRt()).isEmpty();
        });
        assertThat(truth.kernel("4.18.0-305.10.2.el8_4"))
                .as("4.8 has no aarch64")
                .isEmpty();
    }

    @Test
    void aRealTimeKernelBefore93IsTheKernelsSourceWithAnRtPart() {
        assertThat(FULL.truth().rows())
                .filteredOn(row -> row.kernelRt().contains(".rt"))
                .hasSizeGreaterThan(10)
                .allSatisfy(row -> assertThat(row.kernelRt().replaceFirst("\\.rt\\d+\\.\\d+", ""))
                        .isEqualTo(row.kernel()));
        assertThat(FULL.truth().rows())
                .filteredOn(row -> List.of("9.4", "9.6", "9.8", "10.2").contains(row.rhel()))
                .allSatisfy(row -> assertThat(row.kernelRt()).isEqualTo(row.kernel()));
    }

    @Test
    void anRhcosBuildHasOneKernel() {
        Map<String, String> kernels = new HashMap<>();
        for (Release release : FULL.releases()) {
            for (NodeOs os : release.nodeOses()) {
                if (!os.build().isEmpty()) {
                    assertThat(kernels.putIfAbsent(os.build(), os.kernel())).isIn(null, os.kernel());
                }
            }
        }
        assertThat(kernels).hasSizeGreaterThan(130);
    }

    @ParameterizedTest(name = "OpenShift {0} is on RHEL {1}")
    @CsvSource({
        "4.8, 8.4", "4.9, 8.4", "4.10, 8.4", "4.11, 8.6", "4.12, 8.6", "4.13, 9.2", "4.14, 9.2", "4.15, 9.2",
        "4.16, 9.4", "4.17, 9.4", "4.18, 9.4", "4.19, 9.6", "4.20, 9.6", "4.21, 9.6", "4.22, 9.8", "5.0, 9.8",
    })
    void theFactsAgreeWithTheTableOfRhelVersions(String yStream, String rhel) {
        assertThat(FULL.releases())
                .filteredOn(release -> release.yStream().equals(yStream))
                .isNotEmpty()
                .allSatisfy(
                        release -> assertThat(release.nodeOses().get(0).rhel()).isEqualTo(rhel));
    }

    @Test
    void theFactsHaveHolesSharedBuildsAndReleasesThatNoChannelHas() {
        assertThat(FULL.releases())
                .extracting(Release::version)
                .contains("4.14.0", "4.14.48")
                .doesNotContain("4.14.47");
        assertThat(FULL.releases())
                .filteredOn(release -> release.channels().isEmpty())
                .extracting(Release::version)
                .containsExactly("4.15.1", "4.15.4");
        assertThat(FULL.releases())
                .filteredOn(release -> release.yStream().equals("4.10"))
                .noneMatch(release -> release.channels().contains("candidate-4.12"));
    }

    @ParameterizedTest(name = "{0} payloads")
    @CsvSource({"1", "400", "5001"})
    void aSyntheticWorldHasAsManyPayloadsAsAskedAllDifferent(int payloads) {
        OpenShiftWorld world = OpenShiftWorld.synthetic(payloads);
        assertThat(world.releases().stream()
                        .mapToInt(release -> release.architectures().size())
                        .sum())
                .isEqualTo(payloads);
        assertThat(world.releases()).extracting(Release::version).doesNotHaveDuplicates();
        assertThat(world.truth().rows())
                .allSatisfy(row -> assertThat(row.kernel()).matches("\\d+\\.\\d+\\.0-[\\d.]+\\.el\\d+_\\d+"));
        assertThat(world.releases())
                .isEqualTo(OpenShiftWorld.synthetic(payloads).releases());
    }

    @ParameterizedTest(name = "{0} < {1}")
    @CsvSource({
        "4.9.0-rc.1, 4.9.0-rc.8",
        "4.9.0-rc.8, 4.9.0",
        "4.9.0-ec.9, 4.9.0-fc.0",
        "4.9.9, 4.9.10",
        "4.9.36, 4.10.0"
    })
    void releasesStandInTheOrderOfTheirVersions(String earlier, String later) {
        assertThat(OcpVersion.parse(earlier)).isLessThan(OcpVersion.parse(later));
    }
}
