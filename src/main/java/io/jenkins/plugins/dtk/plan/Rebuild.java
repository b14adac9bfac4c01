package io.jenkins.plugins.dtk.plan;

import io.jenkins.plugins.dtk.driver.MatrixTarget;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.matrix.MatrixKernel;
import io.jenkins.plugins.dtk.text.Quote;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which images of a kernel are built, in addition to those that are missing. */
public enum Rebuild {
    /** None. */
    MISSING,
    /** Those that say that they were built on another base image than the matrix names. */
    STALE,
    /** All. */
    ALL;

    /**
     * Reads {@code missing}, {@code stale} or {@code all}; null means the first.
     *
     * @throws IllegalArgumentException when it is none of these; one line
     */
    public static Rebuild parse(String text) {
        if (text == null) {
            return MISSING;
        }
        return Arrays.stream(values())
                .filter(value -> value.word().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'rebuild' is " + Quote.of(text) + "; use one of " + String.join(", ", words())));
    }

    /** All, as a user writes them. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Rebuild::word).toList();
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether an image of a driver is built although it may be there. */
    public boolean isAgain(MatrixTarget target) {
        return this == ALL || this == STALE && !target.stale().isEmpty();
    }

    /** The architectures of a kernel to build. */
    Set<Architecture> of(MatrixKernel kernel) {
        if (this == ALL) {
            return kernel.architectures();
        }
        Set<Architecture> wanted = EnumSet.noneOf(Architecture.class);
        wanted.addAll(kernel.missing());
        if (this == STALE) {
            wanted.addAll(kernel.stale());
        }
        return wanted;
    }
}
