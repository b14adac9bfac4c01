package io.jenkins.plugins.dtk.testing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a cell of a table of cases stands for: the picture of a control character, such as ␊ or ␀, for that character,
 * and {@code (x)*99} for the text in parentheses so many times.
 */
public final class TableText {

    private static final Pattern TIMES = Pattern.compile("\\(([^()]*)\\)\\*(\\d+)");
    private static final Pattern PICTURE = Pattern.compile("[\u2400-\u241f]");

    private TableText() {}

    /** The text that a cell stands for. */
    public static String of(String cell) {
        String text = TIMES.matcher(cell)
                .replaceAll(times -> Matcher.quoteReplacement(times.group(1).repeat(Integer.parseInt(times.group(2)))));
        return PICTURE.matcher(text)
                .replaceAll(picture -> String.valueOf((char) (picture.group().charAt(0) - '\u2400')));
    }
}
