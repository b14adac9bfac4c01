package io.jenkins.plugins.dtk.plan;

import java.util.LinkedHashMap;
import java.util.Map;

/** A text as one variable of a branch, or as several where it is longer than one may be. */
final class LongVariable {

    /** How many characters one variable holds: Linux takes 128 KiB (MAX_ARG_STRLEN), in UTF-8. */
    private static final int LONGEST = 96 << 10;

    private LongVariable() {}

    /** {@code NAME}, and {@code NAME_2}, {@code NAME_3}... as the text is longer; nothing for an empty text. */
    static Map<String, String> of(String name, String text) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (int start = 0, part = 1; start < text.length(); start += LONGEST, part++) {
            variables.put(
                    part == 1 ? name : name + "_" + part,
                    text.substring(start, Math.min(text.length(), start + LONGEST)));
        }
        return variables;
    }
}
