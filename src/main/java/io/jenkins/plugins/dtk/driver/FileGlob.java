package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.text.Quote;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern of paths as KMM has them in {@code filesToSign}: a shell's, in which the kernel is a variable. There the
 * kernel is written with {@code _} for {@code +} while files have the {@code +}, so that nothing matches for a flavour
 * (rh-ecosystem-edge/kernel-module-management internal/buildsign); here it is the kernel as it really is.
 */
final class FileGlob {

    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\{?(?:KERNEL_FULL_VERSION|KERNEL_VERSION)(?![A-Za-z0-9_])}?|\\{kernel}");
    private static final Pattern PART = Pattern.compile("\\*+|\\?|\\[[!^]?]?[^]/]*]|[^*?\\[]+|\\[");

    private final String text;

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException when it is none; one line
     */
    FileGlob(String text) {
        this.text = text;
        try {
            expression("");
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("not a pattern of paths: " + Quote.of(text), e);
        }
    }

    /** Whether a path of an image, without a slash at its start, is meant. */
    boolean matches(String path, String kernel) {
        return expression(kernel).matcher(path).matches();
    }

    private Pattern expression(String kernel) {
        String filled = VARIABLE.matcher(text).replaceAll(Matcher.quoteReplacement(kernel));
        StringBuilder expression = new StringBuilder();
        Matcher parts = PART.matcher(filled.replaceFirst("^/+", ""));
        while (parts.find()) {
            String part = parts.group();
            expression.append(
                    switch (part.charAt(0)) {
                        case '*' -> "[^/]*";
                        case '?' -> "[^/]";
                        case '[' -> part.length() > 2 ? oneOf(part.substring(1, part.length() - 1)) : "\\[";
                        default -> Pattern.quote(part);
                    });
        }
        return Pattern.compile(expression.toString());
    }

    private static String oneOf(String characters) {
        boolean not = characters.charAt(0) == '!' || characters.charAt(0) == '^';
        return "[" + (not ? "^" : "") + characters.substring(not ? 1 : 0).replaceAll("[\\[\\]&^\\\\]", "\\\\$0") + "]";
    }

    @Override
    public String toString() {
        return text;
    }
}
