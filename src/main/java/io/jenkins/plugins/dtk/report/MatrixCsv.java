package io.jenkins.plugins.dtk.report;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixKernel;
import java.util.List;
import java.util.Set;

/** The matrix as comma-separated values, a line for each kernel; the columns are named as the keys of the JSON are. */
final class MatrixCsv {

    private static final List<String> TITLES = List.of(
            "rhel",
            "kernel",
            "archs",
            "kernelRt",
            "kernel64k",
            "stream",
            "baseImage",
            "baseDigest",
            "releases",
            "builds",
            "missing",
            "unjoined",
            "stale");

    private MatrixCsv() {}

    /** The lines, with one of titles first. Lists are separated by spaces; what there is not is empty. */
    public static String of(KernelMatrix matrix) {
        Csv csv = new Csv(TITLES);
        for (MatrixKernel kernel : matrix.kernels()) {
            csv.add(List.of(
                    kernel.rhel().toString(),
                    kernel.kernel().nvr(),
                    platforms(kernel.architectures()),
                    kernel.kernelRt().map(KernelVersion::nvr).orElse(""),
                    kernel.kernel64k().map(KernelVersion::nvr).orElse(""),
                    kernel.stream().name(),
                    kernel.base().name(),
                    kernel.base().digestText(),
                    Csv.list(kernel.releases()),
                    Csv.list(kernel.builds()),
                    platforms(kernel.missing()),
                    platforms(kernel.unjoined()),
                    platforms(kernel.stale())));
        }
        return csv.toString();
    }

    private static String platforms(Set<Architecture> architectures) {
        return Csv.list(architectures.stream().map(Architecture::platform).toList());
    }
}
