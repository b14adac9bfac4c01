package io.jenkins.plugins.dtk.report;

import io.jenkins.plugins.dtk.matrix.Catalog;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;

/** What spreadsheets read: reports as CSV with a line of names, as RFC 4180 writes it. */
public final class CsvReports {

    private CsvReports() {}

    /** A line for each kernel of a matrix. */
    public static String matrix(KernelMatrix matrix) {
        return MatrixCsv.of(matrix);
    }

    /** A line for each release, architecture and stream of a catalog. */
    public static String catalog(Catalog catalog) {
        return CatalogCsv.of(catalog);
    }
}
