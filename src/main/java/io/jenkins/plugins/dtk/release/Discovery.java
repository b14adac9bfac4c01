package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.text.Quote;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How the releases of a range are found. */
public enum Discovery {
    /** By a channel of the update graph. */
    GRAPH,
    /** By the tags of the release repository: for OKD, and for a mirror that no update graph knows. */
    TAGS,
    /** By both: also releases that no channel has, such as those that were withdrawn early. */
    BOTH;

    /**
     * Reads a way as a user writes it; null or blank means the update graph.
     *
     * @throws IllegalArgumentException when it is none; one line
     */
    public static Discovery parse(String word) {
        String wanted = word == null || word.isBlank() ? GRAPH.toString() : word.strip();
        return Arrays.stream(values())
                .filter(discovery -> discovery.toString().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not a way to find releases: " + Quote.of(wanted)
                        + " (use one of " + String.join(", ", words()) + ")"));
    }

    /** The words for all ways. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Discovery::toString).toList();
    }

    /** Where releases are looked for, for a message. */
    public String place(String channel) {
        return switch (this) {
            case GRAPH -> "in channel " + channel + " of the update graph";
            case TAGS -> "among the tags of the release repository";
            case BOTH -> "in channel " + channel + " of the update graph or among the tags of the release repository";
        };
    }

    /** The word for it: {@code graph}, {@code tags} or {@code both}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
