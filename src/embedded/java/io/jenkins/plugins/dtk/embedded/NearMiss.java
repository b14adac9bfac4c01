package io.jenkins.plugins.dtk.embedded;

import java.util.Collection;
import java.util.Comparator;
import org.codehaus.groovy.runtime.MethodRankHelper;

/** Finds what the user may have meant. */
final class NearMiss {

    /** What one letter too many, too few or wrong counts; two that are swapped count half of it. */
    private static final int LETTER = MethodRankHelper.DL_SUBSTITUTION;

    private NearMiss() {}

    /** {@code (did you mean 'NAME'?)} for a known name that is close to the written one; otherwise nothing. */
    static String hint(String written, Collection<String> known) {
        return known.stream()
                .filter(name -> distance(written, name) <= LETTER * Math.min(2, written.length() / 3))
                .min(Comparator.comparingInt((String name) -> distance(written, name))
                        .thenComparing(Comparator.naturalOrder()))
                .map(name -> " (did you mean '" + name + "'?)")
                .orElse("");
    }

    private static int distance(String one, String other) {
        return one.equalsIgnoreCase(other)
                ? 0
                : MethodRankHelper.damerauLevenshteinDistance(characters(one), characters(other));
    }

    private static Object[] characters(String text) {
        return text.chars().mapToObj(c -> (char) c).toArray();
    }
}
