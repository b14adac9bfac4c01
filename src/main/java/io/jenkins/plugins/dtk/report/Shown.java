package io.jenkins.plugins.dtk.report;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.matrix.MatrixKernel;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the facts of the matrix are worded, in tables and pages alike. */
public final class Shown {

    /** Stands where there is nothing to show. */
    static final String NONE = "-";

    private Shown() {}

    /** {@code 4.14.7 .. 4.14.9 (3)}: the oldest, the newest and how many. */
    static String releases(List<String> releases) {
        return switch (releases.size()) {
            case 0 -> NONE;
            case 1 -> releases.get(0);
            default -> releases.get(0) + " .. " + releases.get(releases.size() - 1) + " (" + releases.size() + ")";
        };
    }

    static String architectures(Collection<Architecture> architectures) {
        return architectures.isEmpty()
                ? NONE
                : architectures.stream().map(Architecture::rpmName).collect(Collectors.joining(" "));
    }

    /** The real-time kernel; from RHEL 9.3 on it is built from the same source and has the same version. */
    static String realTime(MatrixKernel kernel) {
        return kernel.kernelRt()
                .map(rt -> rt.nvr().equals(kernel.kernel().nvr()) ? "same" : rt.nvr())
                .orElse(NONE);
    }

    /** {@code 1 image}, {@code 2 images}. */
    public static String count(long count, String thing) {
        return count + " "
                + (count == 1 ? thing : thing.endsWith("x") || thing.endsWith("ch") ? thing + "es" : thing + "s");
    }

    /** {@code 4.2 s}, {@code 46 s}, {@code 3 min 07 s}, {@code 2 h 05 min}. */
    public static String duration(Duration duration) {
        if (duration.toMinutes() == 0) {
            return duration.toSeconds() < 10
                    ? String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0)
                    : duration.toSeconds() + " s";
        }
        return duration.toHours() == 0
                ? String.format(Locale.ROOT, "%d min %02d s", duration.toMinutes(), duration.toSecondsPart())
                : String.format(Locale.ROOT, "%d h %02d min", duration.toHours(), duration.toMinutesPart());
    }
}
