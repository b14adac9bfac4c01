package io.jenkins.plugins.dtk.kmod;

import java.util.List;

/**
 * Why a module does not fit a kernel.
 *
 * @param module its path
 * @param kind what is wrong
 * @param count how many symbols it concerns; 0 where it concerns none
 * @param reason one line, without the path; names a few of the symbols
 * @param symbols those concerned, sorted; the first hundred
 */
public record Misfit(String module, Kind kind, int count, String reason, List<String> symbols) {

    /** What can be wrong. */
    public enum Kind {
        /** It runs on another machine. */
        ARCHITECTURE,
        /** It was built for another kernel. */
        KERNEL,
        /** It was built for another flavour of the kernel. */
        FLAVOUR,
        /** It uses symbols that no one has. */
        MISSING_SYMBOLS,
        /** Symbols have changed since. */
        CHANGED_SYMBOLS,
        /** It does not say against which symbols it was built. */
        NO_CHECKSUMS
    }

    @Override
    public String toString() {
        return module + ": " + reason;
    }
}
