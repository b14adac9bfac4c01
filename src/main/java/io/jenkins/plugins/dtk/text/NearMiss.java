package io.jenkins.plugins.dtk.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds the known name that the user may have meant. */
public final class NearMiss {

    private static final int MOST_EDITS = 2;

    private NearMiss() {}

    /**
     * {@code (did you mean 'NAME'?)}, with a space before it, for a known name that is close to the written one;
     * otherwise nothing.
     */
    public static String hint(String written, Collection<String> known) {
        int most = Math.min(MOST_EDITS, written.length() / 3);
        return known.stream()
                .filter(name -> edits(written, name) <= most)
                .min(Comparator.comparingInt((String name) -> edits(written, name))
                        .thenComparing(Comparator.naturalOrder()))
                .map(name -> " (did you mean '" + name + "'?)")
                .orElse("");
    }

    /** How many letters are too many, too few, wrong, or swapped with the next; without regard to case. */
    private static int edits(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        if (Math.abs(a.length() - b.length()) > MOST_EDITS) {
            return MOST_EDITS + 1;
        }
        int[][] rows = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                rows[i][j] = i == 0 || j == 0 ? i + j : cheapest(a, b, rows, i, j);
            }
        }
        return rows[a.length()][b.length()];
    }

    private static int cheapest(String a, String b, int[][] rows, int i, int j) {
        int wrong = rows[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int cheapest = Math.min(wrong, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(cheapest, rows[i - 2][j - 2] + 1) : cheapest;
    }
}
