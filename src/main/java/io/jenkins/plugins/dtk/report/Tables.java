package io.jenkins.plugins.dtk.report;

import io.jenkins.plugins.dtk.driver.DriverResult;
import io.jenkins.plugins.dtk.driver.PublishedFit.FitAnswer;
import io.jenkins.plugins.dtk.library.AuditReport;
import io.jenkins.plugins.dtk.library.ImageInspection;
import io.jenkins.plugins.dtk.library.PrunePlan;
import io.jenkins.plugins.dtk.matrix.Catalog;
import io.jenkins.plugins.dtk.matrix.CatalogDiff;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import java.util.List;
import java.util.Set;

/** What the command line prints for people: tables and lists in plain text, or as CSV for spreadsheets (RFC 4180). */
public final class Tables {

    private Tables() {}

    /** A line for each kernel of a matrix. */
    public static String matrix(KernelMatrix matrix) {
        return MatrixTable.of(matrix);
    }

    /** A line of names, and one for each kernel of a matrix, as CSV. */
    public static String csv(KernelMatrix matrix) {
        return MatrixCsv.of(matrix);
    }

    /** A line of names, and one for each release, architecture and stream of a catalog, as CSV. */
    public static String csv(Catalog catalog) {
        return CatalogCsv.of(catalog);
    }

    /** What one catalog has and another one has not. */
    public static String difference(CatalogDiff difference) {
        return CatalogDiffText.of(difference);
    }

    /** What an audit found; the findings that are right only with {@code all}. */
    public static String audit(AuditReport report, boolean all) {
        return AuditTable.of(report, all);
    }

    /** What a clean-up would delete, or has deleted. */
    public static String pruned(PrunePlan plan, boolean deleted) {
        return PruneTable.of(plan, deleted);
    }

    /** What images say of themselves. */
    public static String images(List<ImageInspection.Image> images) {
        return ImageTable.of(images);
    }

    /** Which kernels the modules of a driver image fit. */
    public static String fits(List<FitAnswer> answers) {
        return FitTable.of(answers);
    }

    /** What became of driver images. */
    public static String drivers(List<DriverResult> results) {
        return DriverTable.of(results);
    }

    /** What the builds of driver images warn of, each line once. */
    public static Set<String> driverWarnings(List<DriverResult> results) {
        return DriverTable.warnings(results);
    }
}
