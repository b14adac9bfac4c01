package io.jenkins.plugins.dtk.report;

import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.matrix.Catalog;
import io.jenkins.plugins.dtk.matrix.CatalogDiff;
import io.jenkins.plugins.dtk.matrix.MatrixKernel;
import io.jenkins.plugins.dtk.release.NodeOs;
import io.jenkins.plugins.dtk.text.TextTable;

/**
 * What two catalogs differ in, a line for each fact: {@code +} new, {@code -} no more, {@code ~} changed, {@code ?} could
 * not be known. Kernels come first: those are what there is to build.
 */
final class CatalogDiffText {

    private CatalogDiffText() {}

    /** The lines; without a difference a line that says so. */
    public static String of(CatalogDiff diff) {
        StringBuilder text = new StringBuilder();
        diff.newKernels().forEach(kernel -> line(text, '+', kernel(kernel)));
        diff.goneKernels().forEach(kernel -> line(text, '-', kernel(kernel)));
        diff.added().forEach(row -> line(text, '+', place(row) + ": " + facts(row)));
        diff.gone().forEach(row -> line(text, '-', place(row) + ": " + facts(row)));
        diff.changed()
                .forEach(change -> line(
                        text,
                        '~',
                        place(change.after()) + ": " + facts(change.before()) + " -> " + facts(change.after())));
        diff.unreadable().forEach(reason -> line(text, '?', reason));
        return text.length() == 0 ? "no difference\n" : text.toString();
    }

    private static void line(StringBuilder text, char sign, String words) {
        text.append(sign).append(' ').append(TextTable.plain(words)).append('\n');
    }

    private static String kernel(MatrixKernel kernel) {
        return "kernel " + kernel.kernel().nvr() + " of " + kernel.stream() + " for "
                + Shown.architectures(kernel.architectures()) + ": releases " + String.join(", ", kernel.releases());
    }

    private static String place(Catalog.Row row) {
        return "release " + row.release() + " " + row.node().stream();
    }

    private static String facts(Catalog.Row row) {
        NodeOs node = row.node();
        return node.kernel().nvr()
                + node.kernelRt()
                        .map(KernelVersion::nvr)
                        .map(rt -> ", rt " + rt)
                        .orElse("")
                + node.kernel64k()
                        .map(KernelVersion::nvr)
                        .map(k -> ", 64k " + k)
                        .orElse("")
                + (node.build().isEmpty() ? "" : ", build " + node.build());
    }
}
