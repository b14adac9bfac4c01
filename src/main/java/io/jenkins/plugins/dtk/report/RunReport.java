package io.jenkins.plugins.dtk.report;

import io.jenkins.plugins.dtk.driver.DriverResult;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.text.TextTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a run found and did: the matrix, what was there before, what was built, what failed.
 *
 * @param image the library's repository, as the user names it
 * @param matrix the matrix, compared with the library
 * @param built what {@code dtkBuild} returned: plain maps and lists; empty where it returned nothing
 * @param started when the run began
 * @param took how long it lasted
 */
public record RunReport(String image, KernelMatrix matrix, Map<?, ?> built, Instant started, Duration took) {

    /** The run of a driver's images. */
    public static RunReport ofDriver(
            String image, KernelMatrix matrix, List<DriverResult> results, Instant started, Duration took) {
        return new RunReport(image, matrix, DriverRunMap.of(results), started, took);
    }

    /** A page for a browser, whole in itself: it loads nothing and runs nothing. */
    public String html() {
        return new ReportPage(this).html();
    }

    /** Kernels, architectures and digests as a table for a terminal. Ends with a line break. */
    public String table() {
        RunFacts facts = new RunFacts(matrix, built);
        TextTable table = new TextTable(List.of("KERNEL", "ARCHITECTURE", "IMAGE", "DIGEST"));
        for (RunFacts.Kernel kernel : facts.kernels()) {
            kernel.images().forEach((architecture, image) -> table.add(row(kernel, architecture, image)));
            table.add(List.of(
                    kernel.kernel().kernel().nvr(), "index", kernel.index().id(), orNone(kernel.digest())));
        }
        return table.toString();
    }

    private static List<String> row(RunFacts.Kernel kernel, Architecture architecture, RunFacts.Image image) {
        return new ArrayList<>(List.of(
                kernel.kernel().kernel().nvr(),
                architecture.rpmName(),
                image.status().words(),
                orNone(image.digest())));
    }

    private static String orNone(String digest) {
        return digest.isEmpty() ? Shown.NONE : digest;
    }
}
