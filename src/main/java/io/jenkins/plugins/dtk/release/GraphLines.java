package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.release.ReleaseVersion.Minor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Which lines the update graph is asked for. It has no list of its channels, so an open range is asked beyond the
 * newest known line, and further as long as the answers hold anything. A gap never ends the search: all lines up to
 * the horizon are asked at once.
 */
final class GraphLines {

    private static final Minor FIRST = new Minor(4, 0);

    /** The newest lines with a channel in openshift/cincinnati-graph-data, November 2026. */
    private static final List<Minor> NEWEST = List.of(new Minor(4, 23), new Minor(5, 1));

    /** How far beyond the newest line that is known, or was found, the graph is asked. */
    private static final int HORIZON = 3;

    private GraphLines() {}

    static List<Minor> first(ReleaseRange range) {
        List<Minor> lines = new ArrayList<>();
        for (Minor newest : NEWEST) {
            int from = newest.major() == FIRST.major() ? FIRST.minor() : 0;
            lines.addAll(touched(range, newest.major(), from, newest.minor() + HORIZON));
        }
        return lines;
    }

    /** The lines beyond the last ones asked, for each major whose horizon was not empty. */
    static List<Minor> next(ReleaseRange range, List<Minor> asked, Collection<Release> answer) {
        List<Minor> lines = new ArrayList<>();
        for (Minor newest : NEWEST) {
            int major = newest.major();
            int last = asked.stream()
                    .filter(line -> line.major() == major)
                    .mapToInt(Minor::minor)
                    .max()
                    .orElse(-1);
            int found = answer.stream()
                    .map(release -> release.version().line())
                    .filter(line -> line.major() == major)
                    .mapToInt(Minor::minor)
                    .max()
                    .orElse(-1);
            if (last >= newest.minor() + HORIZON && found > last - HORIZON) {
                lines.addAll(touched(range, major, last + 1, last + HORIZON));
            }
        }
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
