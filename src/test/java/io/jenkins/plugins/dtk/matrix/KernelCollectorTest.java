package io.jenkins.plugins.dtk.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.kernel.RhelVersion;
import io.jenkins.plugins.dtk.kernel.Stream;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.NodeOs;
import io.jenkins.plugins.dtk.release.Release;
import io.jenkins.plugins.dtk.release.ReleaseVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Kernels are gathered from what releases ship")
class KernelCollectorTest {

    private static final Architecture X86 = Architecture.X86_64;
    private static final Architecture ARM = Architecture.AARCH64;
    private static final String K92 = "5.14.0-284.45.1.el9_2";
    private static final String K94 = "5.14.0-427.26.1.el9_4";
    private static final String K102 = "6.12.0-211.47.1.el10_2";

    private final List<String> warnings = new ArrayList<>();
    private final KernelCollector collector = new KernelCollector(new MatrixProgress() {
        @Override
        public void done(String what, int done, int total) {}

        @Override
        public void warn(String line) {
            warnings.add(line);
        }
    });

    private KernelCollectorTest ships(String version, Architecture architecture, String kernel) {
        return ships(version, architecture, kernel, "", "", "");
    }

    private KernelCollectorTest ships(
            String version, Architecture architecture, String kernel, String build, String rt, String pages64k) {
        KernelVersion parsed = KernelVersion.parse(kernel);
        return ships(
                version,
                architecture,
                kernel,
                build,
                rt,
                pages64k,
                parsed.rhel(),
                Stream.rhel(parsed.rhel().major()));
    }

    private KernelCollectorTest ships(
            String version,
            Architecture architecture,
            String kernel,
            String build,
            String rt,
            String pages64k,
            RhelVersion rhel,
            Stream stream) {
        Release release = new Release(
                ReleaseVersion.parse(version),
                architecture,
                ImageReference.parse("quay.io/openshift-release-dev/ocp-release"));
        collector.add(new Catalog.Row(
                release,
                new NodeOs(architecture, stream, build, rhel, KernelVersion.parse(kernel), find(rt), find(pages64k))));
        return this;
    }

    private static Optional<KernelVersion> find(String kernel) {
        return kernel.isEmpty() ? Optional.empty() : Optional.of(KernelVersion.parse(kernel));
    }

    private MatrixKernel only() {
        assertThat(collector.kernels()).hasSize(1);
        return collector.kernels().get(0);
    }

    @Test
    @DisplayName("one that several releases ship is there once, with its releases by version and its builds")
    void shared() {
        ships("4.16.10", X86, K94, "416.94.2-0", K94, "")
                .ships("4.16.9", X86, K94, "416.94.1-0", K94, "")
                .ships("4.17.0", X86, K94, "416.94.2-0", K94, "");

        assertThat(only().releases()).containsExactly("4.16.9", "4.16.10", "4.17.0");
        assertThat(only().builds()).containsExactly("416.94.1-0", "416.94.2-0");
        assertThat(only().kernelRt()).contains(KernelVersion.parse(K94));
        assertThat(only().library()).isEmpty();
    }

    @Test
    @DisplayName("one that a release has on some architectures only is wanted for these alone")
    void architectures() {
        ships("4.14.20", ARM, K92).ships("4.14.20", X86, K92).ships("4.14.21", X86, K94);

        assertThat(collector.kernels())
                .map(MatrixKernel::architectures)
                .map(List::copyOf)
                .containsExactly(List.of(X86, ARM), List.of(X86));
        assertThat(collector.kernels().get(0).releases()).containsExactly("4.14.20");
    }

    @Test
    @DisplayName("kernel-rt and 64k kernels come from whichever architecture has them")
    void otherKernels() {
        ships("4.17.1", ARM, K94, "", "", K94).ships("4.17.1", X86, K94, "", K94, "");

        assertThat(only().kernelRt()).contains(KernelVersion.parse(K94));
        assertThat(only().kernel64k()).contains(KernelVersion.parse(K94));
    }

    @Test
    @DisplayName("a kernel-rt that only later releases have is found")
    void realTimeLater() {
        ships("4.14.1", X86, K92).ships("4.14.2", X86, K92, "", "5.14.0-284.45.1.rt14.330.el9_2", "");

        assertThat(only().kernelRt()).map(KernelVersion::nvr).contains("5.14.0-284.45.1.rt14.330.el9_2");
        assertThat(warnings).isEmpty();
    }

    @Test
    @DisplayName("of two kernel-rt of one kernel, the newer one counts, in whatever order they come")
    void newerRealTime() {
        ships("4.14.1", X86, K92, "", "5.14.0-284.45.1.rt14.331.el9_2", "")
                .ships("4.14.2", X86, K92, "", "5.14.0-284.45.1.rt14.330.el9_2", "");

        assertThat(only().kernelRt()).map(KernelVersion::nvr).contains("5.14.0-284.45.1.rt14.331.el9_2");
    }

    @Test
    @DisplayName("a kernel-rt of another source is reported in one line, as releases with such a pair were withdrawn")
    void realTimeMismatch() {
        ships("4.10.44", X86, "4.18.0-305.65.1.el8_4", "", "4.18.0-305.62.1.rt7.134.el8_4", "");

        assertThat(warnings)
                .containsExactly("release 4.10.44 (x86_64): kernel-rt 4.18.0-305.62.1.rt7.134.el8_4 is not of the same"
                        + " source as kernel 4.18.0-305.65.1.el8_4");
        assertThat(only().kernelRt()).isPresent();
    }

    @Test
    @DisplayName("a minor that the first release does not name is taken from a later one")
    void minorLater() {
        String kernel = "4.18.0-425.3.1.el8";
        ships("4.12.0-rc.1", X86, kernel, "", "", "", RhelVersion.parse("8"), Stream.rhel(8))
                .ships("4.12.0-rc.2", X86, kernel, "", "", "", RhelVersion.parse("8.7"), Stream.rhel(8))
                .ships("4.12.0-rc.3", X86, kernel, "", "", "", RhelVersion.parse("8"), Stream.rhel(8));

        assertThat(only().rhel()).hasToString("8.7");
    }

    @Test
    @DisplayName("they come by stream and then by age; one NVR in two streams is two kernels")
    void order() {
        ships("5.0.1", X86, K102)
                .ships("4.16.1", X86, K94)
                .ships("5.0.1", X86, K94)
                .ships("4.8.2", X86, "4.18.0-305.10.2.el8_4")
                .ships("4.14.1", X86, K92)
                .ships("4.14.2", X86, "5.14.0-284.100.1.el9_2")
                .ships("4.19.0-okd-scos.1", X86, K94, "", "", "", RhelVersion.parse("9"), Stream.centos(9));

        assertThat(collector.kernels())
                .map(kernel -> kernel.stream() + " " + kernel.kernel())
                .containsExactly(
                        "centos-9 " + K94,
                        "rhel-8 4.18.0-305.10.2.el8_4",
                        "rhel-9 " + K92,
                        "rhel-9 5.14.0-284.100.1.el9_2",
                        "rhel-9 " + K94,
                        "rhel-10 " + K102);
    }
}
