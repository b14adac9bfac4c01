package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.kernel.RhelVersion;
import io.jenkins.plugins.dtk.release.ReleaseVersion.Minor;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The RHEL releases below each OpenShift line (openshift/os docs/faq.md). The last resort, for a kernel whose mark has
 * no minor in a node OS image whose build is unknown.
 */
final class RhelOfRelease {

    /** By the first line that stands on them. */
    private static final NavigableMap<Minor, List<String>> KNOWN = new TreeMap<>(Map.of(
            new Minor(4, 8), List.of("8.4"),
            new Minor(4, 11), List.of("8.6"),
            new Minor(4, 13), List.of("9.2"),
            new Minor(4, 16), List.of("9.4"),
            new Minor(4, 19), List.of("9.6"),
            new Minor(4, 21), List.of("9.6", "10.2"),
            new Minor(4, 22), List.of("9.8", "10.2")));

    private static final Minor LAST = new Minor(5, 0);

    private RhelOfRelease() {}

    static Optional<RhelVersion> find(Minor line, int major) {
        Map.Entry<Minor, List<String>> known = line.compareTo(LAST) > 0 ? null : KNOWN.floorEntry(line);
        return known == null
                ? Optional.empty()
                : known.getValue().stream()
                        .map(RhelVersion::parse)
                        .filter(rhel -> rhel.major() == major)
                        .findFirst();
    }
}
