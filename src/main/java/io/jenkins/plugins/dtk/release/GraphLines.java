package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.release.ReleaseVersion.Minor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which lines the update graph is asked for. It has no list of its channels, so an open range is asked beyond the
 * newest line that is known or named, and further as long as the answers hold anything. A gap never ends the search:
 * all lines up to the horizon are asked at once.
 */
final class GraphLines {

    /** The newest lines with a channel in openshift/cincinnati-graph-data, November 2026. */
    private static final List<Minor> NEWEST = List.of(new Minor(4, 23), new Minor(5, 1));

    /** How far beyond the newest line that is known, was named or was found, the graph is asked. */
    private static final int HORIZON = 3;

    private GraphLines() {}

    /** Whether a line is older than the newest one that is known of its major, and so has releases. */
    static boolean isPast(Minor line) {
        return NEWEST.stream().anyMatch(newest -> newest.major() == line.major() && line.minor() < newest.minor());
    }

    static List<Minor> first(ReleaseRange range) {
        SortedMap<Integer, Integer> newest = new TreeMap<>();
        NEWEST.forEach(line -> newest.merge(line.major(), line.minor(), Math::max));
        range.named().forEach(line -> newest.merge(line.major(), line.minor(), Math::max));
        List<Minor> lines = new ArrayList<>();
        newest.forEach((major, minor) -> lines.addAll(touched(range, major, 0, minor + HORIZON)));
        return lines;
    }

    /** The lines beyond the last ones asked, for each major whose last few lines were not all empty. */
    static List<Minor> next(ReleaseRange range, List<Minor> asked, Collection<Release> answer) {
        SortedMap<Integer, Integer> last = new TreeMap<>();
        asked.forEach(line -> last.merge(line.major(), line.minor(), Math::max));
        SortedMap<Integer, Integer> found = new TreeMap<>();
        answer.forEach(release ->
                found.merge(release.version().major(), release.version().minor(), Math::max));
        List<Minor> lines = new ArrayList<>();
        found.forEach((major, minor) -> {
            if (minor > last.get(major) - HORIZON) {
                lines.addAll(touched(range, major, last.get(major) + 1, last.get(major) + HORIZON));
            }
        });
        return lines;
    }

    private static List<Minor> touched(ReleaseRange range, int major, int from, int to) {
        List<Minor> lines = new ArrayList<>();
        for (int minor = from; minor <= to; minor++) {
            Minor line = new Minor(major, minor);
            if (range.touches(line)) {
                lines.add(line);
            }
        }
        return lines;
    }
}
