package io.jenkins.plugins.dtk.report;

import io.jenkins.plugins.dtk.library.AuditReport;
import io.jenkins.plugins.dtk.library.Compared;
import io.jenkins.plugins.dtk.release.NodeOs;
import io.jenkins.plugins.dtk.text.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The audit as a table for a terminal, with a line of totals. */
final class AuditTable {

    private AuditTable() {}

    /**
     * The table. Ends with a line break.
     *
     * @param all whether also what is right is shown
     */
    public static String of(AuditReport report, boolean all) {
        List<AuditReport.Finding> shown = report.findings().stream()
                .filter(finding -> all || finding.isMismatch() || finding.isUnknown())
                .toList();
        boolean payload =
                report.findings().stream().anyMatch(finding -> finding.payload().isPresent());
        boolean library =
                report.findings().stream().anyMatch(finding -> finding.library().isPresent());
        List<String> titles = new ArrayList<>(List.of("RELEASE", "ARCH", "STREAM", "NODE KERNEL"));
        addIf(payload, titles, "ITS OWN IMAGE");
        addIf(library, titles, "LIBRARY");
        TextTable table = new TextTable(titles);
        for (AuditReport.Finding finding : shown) {
            NodeOs node = finding.row().node();
            List<String> cells = new ArrayList<>(List.of(
                    finding.row().release().version().toString(),
                    node.architecture().rpmName(),
                    node.stream().name(),
                    node.kernel().nvr()));
            addIf(payload, cells, cell(finding.payload()));
            addIf(library, cells, cell(finding.library()));
            table.add(cells);
        }
        return (shown.isEmpty() ? "" : table.toString()) + reasons(report) + totals(report) + "\n";
    }

    private static void addIf(boolean wanted, List<String> cells, String cell) {
        if (wanted) {
            cells.add(cell);
        }
    }

    private static String cell(Optional<Compared> compared) {
        return compared.map(found -> switch (found.answer()) {
                    case DIFFERS ->
                        "differs"
                                + found.kernel()
                                        .map(kernel -> ": " + kernel.nvr())
                                        .orElse("");
                    case UNKNOWN -> "could not tell";
                    default -> found.answer().name().toLowerCase(Locale.ROOT);
                })
                .orElse(Shown.NONE);
    }

    private static String reasons(AuditReport report) {
        return report.reasons().stream()
                .map(reason -> "could not tell: " + TextTable.plain(reason) + "\n")
                .collect(Collectors.joining());
    }

    private static String totals(AuditReport report) {
        return Shown.count(report.findings().size(), "comparison") + ", "
                + (report.mismatches() == 0 ? "no mismatch" : Shown.count(report.mismatches(), "mismatch"))
                + (report.unknown() == 0 ? "" : ", " + report.unknown() + " is unknown");
    }
}
