package io.jenkins.plugins.dtk.report;

/** Text as it has to stand in a page, between tags and in quoted attributes. */
final class Html {

    private Html() {}

    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(isUnsafe(c) ? '\uFFFD' : c);
            }
        }
        return escaped.toString();
    }

    /** Control characters, and the marks that reverse the direction of text. */
    private static boolean isUnsafe(char c) {
        int type = Character.getType(c);
        return (type == Character.CONTROL && c != '\n' && c != '\t') || type == Character.FORMAT;
    }

    /** An element with a class and text. */
    public static String element(String tag, String cssClass, String text) {
        return "<" + tag + " class=\"" + cssClass + "\">" + escape(text) + "</" + tag + ">";
    }
}
