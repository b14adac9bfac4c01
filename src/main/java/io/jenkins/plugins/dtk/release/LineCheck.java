package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.release.ReleaseVersion.Minor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Judges which empty answers are plausible. A line beyond the newest one has no releases yet. A line that the user
 * names, that an architecture has, that has a later line, or that is long known has some. An architecture without any
 * release is none that the graph serves: nothing is known of it, and so its images are not covered.
 */
final class LineCheck {

    /** The first line of aarch64 that was generally available (OpenShift 4.10 release notes). */
    private static final Minor FIRST_AARCH64 = new Minor(4, 10);

    private final ReleaseRange range;
    private final Map<Minor, Set<Architecture>> asked = new TreeMap<>();
    private final Map<Minor, Set<Architecture>> filled = new TreeMap<>();

    LineCheck(ReleaseRange range) {
        this.range = range;
    }

    /** Notes an answer. */
    void add(Minor line, Architecture architecture, Collection<Release> releases) {
        asked.computeIfAbsent(line, any -> EnumSet.noneOf(Architecture.class)).add(architecture);
        if (!releases.isEmpty()) {
            filled.computeIfAbsent(line, any -> EnumSet.noneOf(Architecture.class))
                    .add(architecture);
        }
    }

    /** What is empty and should not be: {@code no release of 4.14 for s390x}. */
    List<String> doubts() {
        List<String> doubts = new ArrayList<>();
        Set<Architecture> served = EnumSet.noneOf(Architecture.class);
        filled.values().forEach(served::addAll);
        asked.forEach((line, architectures) -> {
            Set<Architecture> empty = EnumSet.copyOf(architectures);
            empty.removeAll(filled.getOrDefault(line, Set.of()));
            empty.retainAll(served);
            if (line.compareTo(FIRST_AARCH64) < 0) {
                empty.remove(Architecture.AARCH64);
            }
            if (!empty.isEmpty() && hasReleases(line)) {
                doubts.add("no release of " + line + " for " + empty + "; name the lines that it really has, such as"
                        + " 4.14,4.16");
            }
        });
        return doubts;
    }

    private boolean hasReleases(Minor line) {
        return filled.containsKey(line)
                || range.named().contains(line)
                || GraphLines.isPast(line)
                || filled.keySet().stream()
                        .anyMatch(other -> other.major() == line.major() && other.minor() > line.minor());
    }
}
