package io.jenkins.plugins.dtk.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.kernel.RhelVersion;
import io.jenkins.plugins.dtk.kernel.Stream;
import io.jenkins.plugins.dtk.matrix.BaseImage;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixJson;
import io.jenkins.plugins.dtk.matrix.MatrixKernel;
import io.jenkins.plugins.dtk.matrix.MatrixKernel.LibraryState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MatrixTableTest {

    @Test
    void showsEachKernelOnOneAlignedLine() {
        assertThat(MatrixTable.of(Samples.matrix()))
                .isEqualTo(
                        """
                        RHEL  STREAM   KERNEL                  ARCHITECTURES   RT                              RELEASES                MISSING
                        8.6   rhel-8   4.18.0-372.59.1.el8_6   x86_64 aarch64  4.18.0-372.59.1.rt7.216.el8_6   4.12.20 .. 4.12.26 (7)  aarch64
                        9.2   rhel-9   5.14.0-284.45.1.el9_2   x86_64 aarch64  5.14.0-284.45.1.rt14.330.el9_2  4.14.7 .. 4.14.8 (2)    x86_64 aarch64
                        9.4   rhel-9   5.14.0-427.61.1.el9_4   x86_64 aarch64  same                            4.17.22 .. 4.18.6 (2)   -
                        9.6   rhel-9   5.14.0-570.124.1.el9_6  x86_64 aarch64  -                               4.20.26                 not in the index: aarch64
                        10.2  rhel-10  6.12.0-211.47.1.el10_2  x86_64          -                               4.22.11                 x86_64
                        5 kernels, 9 images, 4 missing; 1 release skipped as unreadable
                        """);
    }

    @Test
    void saysNothingOfWhatIsMissingWhereNoLibraryWasAsked() {
        KernelMatrix matrix = MatrixJson.parse(
                """
                {"versions":[{"rhel":"9.2","kernel":"5.14.0-284.45.1.el9_2","archs":"linux/amd64","releases":["4.14.7"]}]}
                """);
        assertThat(MatrixTable.of(matrix))
                .isEqualTo(
                        """
                        RHEL  STREAM  KERNEL                 ARCHITECTURES  RT  RELEASES
                        9.2   rhel-9  5.14.0-284.45.1.el9_2  x86_64         -   4.14.7
                        1 kernel, 1 image
                        """);
    }

    @Test
    void shiftsNoColumnAndObeysNothingThatARegistryWrote() {
        MatrixKernel kernel = new MatrixKernel(
                RhelVersion.parse("9.2"),
                KernelVersion.parse("5.14.0-284.45.1.el9_2"),
                Set.of(Architecture.X86_64),
                Optional.empty(),
                Optional.empty(),
                Stream.rhel(9),
                BaseImage.NONE,
                List.of("4.14.7\u001b[31m\n\u202e"),
                List.of(),
                Optional.of(new LibraryState(Set.of(), Set.of())));
        KernelMatrix matrix = new KernelMatrix(List.of(kernel), List.of());
        assertThat(MatrixTable.of(matrix)).contains("4.14.7?[31m??  -\n").doesNotContain("\u001b", "\u202e");
    }
}
