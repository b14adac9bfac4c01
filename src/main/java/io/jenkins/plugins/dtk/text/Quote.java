package io.jenkins.plugins.dtk.text;

import java.util.regex.Pattern;

/** Quotes in a message what a user or a registry wrote: short, on one line, without characters that cannot be seen. */
public final class Quote {

    private static final int SHOWN = 160;

    /** Control and format characters, halves of surrogate pairs, separators of lines and words. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Z}]+");

    private Quote() {}

    /** The text in single quotes, spaces at its ends included. */
    public static String of(String text) {
        return "'" + line(text) + "'";
    }

    /** The text without quotes, at most 160 characters of it; null is the empty text. */
    public static String shorten(String text) {
        return line(text).strip();
    }

    private static String line(String text) {
        if (text == null) {
            return "";
        }
        boolean cut = text.length() > SHOWN;
        String line = UNSEEN.matcher(cut ? text.substring(0, SHOWN) : text).replaceAll(" ");
        return cut ? line + "..." : line;
    }
}
