package io.jenkins.plugins.dtk.text;

import java.util.ArrayList;
import java.util.List;

/** Lines of text in aligned columns, two spaces apart, without spaces at the end of a line. */
public final class TextTable {

    private static final String GAP = "  ";

    private final List<List<String>> lines = new ArrayList<>();

    public TextTable(List<String> titles) {
        add(titles);
    }

    public void add(List<String> cells) {
        lines.add(cells.stream().map(TextTable::plain).toList());
    }

    /** What came from outside may hold characters that a terminal obeys. */
    public static String plain(String cell) {
        return cell.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }

    @Override
    public String toString() {
        int[] widths = new int[lines.get(0).size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder row = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                row.append(i == 0 ? "" : GAP)
                        .append(line.get(i))
                        .append(" ".repeat(widths[i] - line.get(i).length()));
            }
            text.append(row.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
