package io.jenkins.plugins.dtk.report;

import io.jenkins.plugins.dtk.library.PrunePlan;
import io.jenkins.plugins.dtk.text.TextTable;
import java.util.List;

/** What a clean-up deletes, as a table for a terminal, with a line of totals. */
final class PruneTable {

    private PruneTable() {}

    /**
     * The table. Ends with a line break.
     *
     * @param deleted whether it has been done
     */
    public static String of(PrunePlan plan, boolean deleted) {
        TextTable table = new TextTable(List.of("KERNEL", "TAGS", "MANIFESTS", "SHARED"));
        for (PrunePlan.Pruned kernel : plan.kernels()) {
            table.add(List.of(
                    kernel.kernel().nvr(),
                    Integer.toString(kernel.tags().size()),
                    Integer.toString(kernel.digests().size()),
                    kernel.shared() == 0 ? Shown.NONE : kernel.shared() + " stay"));
        }
        StringBuilder text = new StringBuilder(plan.kernels().isEmpty() ? "" : table.toString());
        for (PrunePlan.Kept kernel : plan.kept()) {
            text.append("kept ")
                    .append(kernel.kernel().nvr())
                    .append(": ")
                    .append(kernel.why())
                    .append('\n');
        }
        return text.append(totals(plan, deleted)).append('\n').toString();
    }

    private static String totals(PrunePlan plan, boolean deleted) {
        return Shown.count(plan.kernels().size(), "kernel") + " with "
                + Shown.count(plan.manifests(), "manifest")
                + (deleted ? " deleted" : " to delete; nothing was, which takes --delete")
                + ". Stay: " + Shown.count(plan.wanted(), "wanted kernel")
                + (plan.kept().isEmpty() ? "" : ", " + Shown.count(plan.kept().size(), "kernel") + " kept")
                + (plan.uncovered() == 0
                        ? ""
                        : ", " + Shown.count(plan.uncovered(), "kernel") + " with images for other architectures")
                + (plan.foreign() == 0 ? "" : ", " + Shown.count(plan.foreign(), "tag") + " of another form");
    }
}
