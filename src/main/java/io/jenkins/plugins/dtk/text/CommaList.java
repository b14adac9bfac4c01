package io.jenkins.plugins.dtk.text;

import java.util.Arrays;
import java.util.List;

/** Lists as users write them. What was meant by nothing between two commas is unknown, so that it is refused. */
public final class CommaList {

    private CommaList() {}

    /**
     * The parts between commas, without the white space around them.
     *
     * @throws IllegalArgumentException when one is empty; one line
     */
    public static List<String> of(String text) {
        return full(parts(text), text);
    }

    /** The same, the empty ones too: for a reader that refuses them. */
    public static List<String> parts(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    /**
     * The items of a list that is separated by commas, white space or both; none where there is no text.
     *
     * @throws IllegalArgumentException when there is nothing before, behind or between commas; one line
     */
    public static List<String> words(String text) {
        return text == null || text.isBlank()
                ? List.of()
                : full(List.of(text.strip().split("\\s*,\\s*|\\s+", -1)), text);
    }

    private static List<String> full(List<String> parts, String text) {
        if (parts.contains("")) {
            throw new IllegalArgumentException("not a list: " + Quote.of(text) + " (a part is empty)");
        }
        return parts;
    }
}
