package io.jenkins.plugins.dtk.demo;

import io.jenkins.plugins.dtk.kernel.Architecture;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Releases that never were, in any number, for load: versions 4.12 to 4.22 with gaps, four releases to an RHCOS build,
 * eight to a kernel, the newest minor version with two node OSes.
 */
final class SyntheticReleases {

    private static final int FIRST_MINOR = 12;
    private static final int MINORS = 11;
    private static final int RELEASES_PER_BUILD = 4;
    private static final int RELEASES_PER_KERNEL = 8;
    private static final int GAP_AFTER = 9;

    private SyntheticReleases() {}

    /** As many releases as give this number of payloads, two to a release, for x86_64 and aarch64. */
    static List<Release> payloads(int payloads) {
        List<Release> releases = new ArrayList<>();
        for (int left = payloads, i = 0; left > 0; left -= 2, i++) {
            List<Architecture> architectures =
                    left > 1 ? List.of(Architecture.X86_64, Architecture.AARCH64) : List.of(Architecture.X86_64);
            releases.add(release(FIRST_MINOR + i % MINORS, i / MINORS, architectures));
        }
        return releases.stream().sorted(Release.ORDER).toList();
    }

    private static Release release(int minor, int index, List<Architecture> architectures) {
        String version = "4." + minor + "." + (index + index / GAP_AFTER);
        List<NodeOs> nodeOses = new ArrayList<>();
        nodeOses.add(nodeOs(minor, index));
        if (minor == FIRST_MINOR + MINORS - 1) {
            nodeOses.add(NodeOs.of(layered("10.2", index), "6.12.0-" + (211 + number(index)) + ".1.1.el10_2", ""));
        }
        List<String> channels = List.of("candidate-4." + minor, "candidate-4." + (minor + 1));
        return new Release(
                version, channels, List.copyOf(nodeOses), nodeOses.get(0).kernel(), architectures, false);
    }

    private static NodeOs nodeOs(int minor, int index) {
        String kernel = "." + number(index) + "." + minor + ".el";
        if (minor <= 12) {
            return NodeOs.of(classic(minor, "86", index), "4.18.0-372" + kernel + "8_6", "");
        }
        if (minor <= 15) {
            String rt = "5.14.0-284." + number(index) + "." + minor + ".rt14." + (300 + number(index)) + ".el9_2";
            return NodeOs.of(classic(minor, "92", index), "5.14.0-284" + kernel + "9_2", rt);
        }
        if (minor <= 18) {
            return NodeOs.of(classic(minor, "94", index), "5.14.0-427" + kernel + "9_4", "");
        }
        return minor <= 21
                ? NodeOs.of(layered("9.6", index * MINORS + minor), "5.14.0-570" + kernel + "9_6", "")
                : NodeOs.of(layered("9.8", index), "5.14.0-687" + kernel + "9_8", "");
    }

    private static int number(int index) {
        return 10 + index / RELEASES_PER_KERNEL;
    }

    private static String classic(int minor, String rhel, int index) {
        return "4" + minor + "." + rhel + "." + day(2023, index / RELEASES_PER_BUILD) + "1200-0";
    }

    private static String layered(String rhel, int index) {
        return rhel + "." + day(2025, index / RELEASES_PER_BUILD) + "-0";
    }

    private static String day(int year, int number) {
        return LocalDate.of(year, 1, 1).plusDays(number).toString().replace("-", "");
    }
}
