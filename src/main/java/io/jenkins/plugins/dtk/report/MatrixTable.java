package io.jenkins.plugins.dtk.report;

import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixKernel;
import io.jenkins.plugins.dtk.text.TextTable;
import java.util.ArrayList;
import java.util.List;

/** The matrix as a table for a terminal, with a line of totals. */
final class MatrixTable {

    private MatrixTable() {}

    /** The table; what the library lacks is a column where the library was asked. Ends with a line break. */
    public static String of(KernelMatrix matrix) {
        boolean compared =
                matrix.kernels().stream().anyMatch(kernel -> kernel.library().isPresent());
        List<String> titles = new ArrayList<>(List.of("RHEL", "STREAM", "KERNEL", "ARCHITECTURES", "RT", "RELEASES"));
        if (compared) {
            titles.add("MISSING");
        }
        TextTable table = new TextTable(titles);
        for (MatrixKernel kernel : matrix.kernels()) {
            List<String> cells = new ArrayList<>(List.of(
                    kernel.rhel().toString(),
                    kernel.stream().name(),
                    kernel.kernel().nvr(),
                    Shown.architectures(kernel.architectures()),
                    Shown.realTime(kernel),
                    Shown.releases(kernel.releases())));
            if (compared) {
                cells.add(missing(kernel));
            }
            table.add(cells);
        }
        return table + totals(matrix, compared) + "\n";
    }

    private static String missing(MatrixKernel kernel) {
        if (kernel.library().isEmpty()) {
            return "not asked";
        }
        String joined =
                kernel.unjoined().isEmpty() ? "" : "not in the index: " + Shown.architectures(kernel.unjoined());
        if (kernel.missing().isEmpty()) {
            return joined.isEmpty() ? Shown.NONE : joined;
        }
        return Shown.architectures(kernel.missing()) + (joined.isEmpty() ? "" : "; " + joined);
    }

    private static String totals(KernelMatrix matrix, boolean compared) {
        long images = matrix.kernels().stream()
                .mapToLong(kernel -> kernel.architectures().size())
                .sum();
        return Shown.count(matrix.kernels().size(), "kernel") + ", " + Shown.count(images, "image")
                + (compared ? ", " + matrix.missing() + " missing" : "")
                + (matrix.unreadable().isEmpty()
                        ? ""
                        : "; " + Shown.count(matrix.unreadable().size(), "release") + " skipped as unreadable");
    }
}
