package io.jenkins.plugins.dtk.registry;

/** Makes text from outside fit for one line of a log: a registry may write anything into its answers. */
final class Text {

    private static final int LONGEST = 200;

    private Text() {}

    /** The text without control characters and line breaks, shortened to 200 characters. */
    static String plain(String text) {
        if (text == null) {
            return "";
        }
        StringBuilder plain = new StringBuilder();
        int end = Math.min(text.length(), LONGEST);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            plain.append(isUnsafe(c) ? ' ' : c);
        }
        String line = plain.toString().strip().replaceAll(" {2,}", " ");
        return text.length() > LONGEST ? line + "..." : line;
    }

    /** Control characters, separators of lines, and the marks that reverse the direction of text. */
    private static boolean isUnsafe(char c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
