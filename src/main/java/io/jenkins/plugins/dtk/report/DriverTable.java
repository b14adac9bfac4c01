package io.jenkins.plugins.dtk.report;

import io.jenkins.plugins.dtk.driver.DriverResult;
import io.jenkins.plugins.dtk.driver.Outcome;
import io.jenkins.plugins.dtk.text.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What became of the images of a driver, as a table: a line for each that is not simply there, then the totals. */
final class DriverTable {

    private DriverTable() {}

    /** The table. */
    public static String of(List<DriverResult> results) {
        StringBuilder text = new StringBuilder();
        List<DriverResult> shown = results.stream()
                .filter(result -> result.outcome() != Outcome.THERE)
                .toList();
        boolean logs = shown.stream().anyMatch(result -> !log(result).isEmpty());
        TextTable table = new TextTable(
                logs ? List.of("KERNEL", "OUTCOME", "TAG", "LOG", "WHY") : List.of("KERNEL", "OUTCOME", "TAG", "WHY"));
        shown.forEach(result -> table.add(cells(result, logs)));
        if (!shown.isEmpty()) {
            text.append(table);
        }
        return text.append(total(results)).toString();
    }

    private static List<String> cells(DriverResult result, boolean logs) {
        List<String> cells = new ArrayList<>(List.of(
                result.image().target().uname(),
                result.outcome().words() + (result.known() ? " (known)" : ""),
                result.image().tags().get(0)));
        if (logs) {
            cells.add(log(result));
        }
        cells.add(result.why());
        return cells;
    }

    /** Where to read on; only failures have it in the table. */
    private static String log(DriverResult result) {
        return result.outcome().isFailure() ? result.log() : "";
    }

    private static String total(List<DriverResult> results) {
        StringBuilder text = new StringBuilder(results.size() + " images:");
        String separator = " ";
        for (Outcome outcome : Outcome.values()) {
            long count = results.stream()
                    .filter(result -> result.outcome() == outcome)
                    .count();
            if (count > 0) {
                text.append(separator).append(outcome.words()).append(' ').append(count);
                separator = ", ";
            }
        }
        return text.append('\n').toString();
    }

    /** What KMM and certification will say, each warning once. */
    public static Set<String> warnings(List<DriverResult> results) {
        Set<String> all = new LinkedHashSet<>();
        results.forEach(result -> result.warnings()
                .forEach(line -> all.add(line.replace(result.image().target().uname(), "KERNEL"))));
        return all;
    }
}
