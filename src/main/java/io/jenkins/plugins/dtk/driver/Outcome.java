package io.jenkins.plugins.dtk.driver;

import java.util.Locale;

/** What became of an image of a driver. */
public enum Outcome {
    /** Built, found to fit, pushed. */
    BUILT,
    /** It was there before, or only lacked a tag. */
    THERE,
    /** Left for another run. */
    LEFT,
    /** The user said that it is not wanted. */
    EXCLUDED,
    /** There is no Driver Toolkit for its kernel. */
    NO_TOOLKIT,
    /** The compiler refused its source. */
    DOES_NOT_COMPILE,
    /** It was compiled, and its modules do not fit the kernel. */
    DOES_NOT_FIT,
    /** Anything else: a registry, the builder, this machine. */
    FAILED,
    /** It was built, and whether it is in the registry could not be found out. */
    UNKNOWN;

    /** As users read it: {@code does not compile}. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Whether the driver's source is to blame. */
    public boolean isOfSource() {
        return this == DOES_NOT_COMPILE || this == DOES_NOT_FIT;
    }

    /** Whether it will be the same the next time, with the same source and toolkits. */
    boolean isLasting() {
        return isOfSource() || this == NO_TOOLKIT;
    }

    /** Whether something went wrong. */
    public boolean isFailure() {
        return isOfSource() || this == FAILED;
    }

    /**
     * Reads the words.
     *
     * @throws IllegalArgumentException when they are none
     */
    public static Outcome ofWords(String words) {
        return valueOf(words.toUpperCase(Locale.ROOT).replace(' ', '_'));
    }
}
