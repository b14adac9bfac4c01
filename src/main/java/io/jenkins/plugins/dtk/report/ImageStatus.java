package io.jenkins.plugins.dtk.report;

import java.util.Locale;

/** How one image stands, in words and in a colour that are the same on every page and in every table. */
public enum ImageStatus {
    THERE("there before"),
    BUILT("built"),
    FAILED("failed"),
    /** Its branch was ended by an abort, or because another failed. */
    STOPPED("ended early"),
    SKIPPED("skipped"),
    /** No agent works on it yet. */
    WAITING("waiting"),
    BUILDING("building"),
    /** Its branch ended well; the registry is asked for it when all branches of the kernel have ended. */
    PUSHED("pushed"),
    /** Its branch ended well, and the registry could not be asked for it. */
    UNKNOWN("not confirmed"),
    /** The run ended without it. */
    OPEN("not built");

    private final String words;

    ImageStatus(String words) {
        this.words = words;
    }

    /** In words. */
    public String words() {
        return words;
    }

    /** As in the pages' API. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its class in grid.css, which gives it its colour and its sign. */
    String cssClass() {
        return "dtk-status dtk-" + id();
    }
}
