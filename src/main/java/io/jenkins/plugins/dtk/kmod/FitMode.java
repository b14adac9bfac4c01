package io.jenkins.plugins.dtk.kmod;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a module must have in common with a kernel to fit it. */
public enum FitMode {
    /** It was built for this very kernel and flavour, and its symbols and checksums are the kernel's. */
    KERNEL,
    /**
     * It may have been built for another kernel of the same flavour, as long as each of its symbols is there with the
     * same checksum: the practice of vendors who rely on the stable interface of a minor release of RHEL.
     */
    SYMBOLS;

    /**
     * Reads {@code kernel} or {@code symbols}; null means the first.
     *
     * @throws IllegalArgumentException when it is neither; one line
     */
    public static FitMode parse(String text) {
        if (text == null) {
            return KERNEL;
        }
        return Arrays.stream(values())
                .filter(mode -> mode.word().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'fit' is '" + text + "'; use one of "
                        + Arrays.stream(values()).map(FitMode::word).collect(Collectors.joining(", "))));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
