package io.jenkins.plugins.dtk.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Facts about real releases, carried along as tables: the first lines of each say what it is and where it is from. */
final class RecordedFacts {

    private RecordedFacts() {}

    /** A row of kernels.csv; what was not recorded is empty or a question mark. */
    record Kernel(String ocp, String architecture, String build, String kernel, String kernelRt) {}

    /** A row of builds.csv. */
    record Build(String ocp, String build) {}

    static List<Kernel> kernels() {
        return rows("kernels.csv").stream()
                .map(row -> new Kernel(row[0], row[1], row[2], row[3], row[4]))
                .toList();
    }

    static List<Build> builds() {
        return rows("builds.csv").stream().map(row -> new Build(row[0], row[1])).toList();
    }

    private static List<String[]> rows(String file) {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(RecordedFacts.class.getResourceAsStream(file), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(",", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
