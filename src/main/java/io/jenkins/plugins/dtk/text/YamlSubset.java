package io.jenkins.plugins.dtk.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the part of YAML that objects of Kubernetes are printed in: maps and lists in block style, texts on one line,
 * lists of texts in brackets, several documents. Texts over several lines are passed over; anchors and tags are an error.
 * Jenkins has no YAML reader that a plugin may count on, and this is all that is needed.
 */
public final class YamlSubset {

    private static final int DEEPEST = 64;
    private static final Pattern KEY =
            Pattern.compile("(\"[^\"]*\"|'[^']*'|[^\\s#:'\"&*!\\[{-][^#:]*?|-?[^\\s#:][^#:]*?)\\s*:(\\s+(.*))?");

    private record Line(int number, int indent, String text) {}

    private final List<Line> lines = new ArrayList<>();
    private int at;

    private YamlSubset() {}

    /**
     * All documents: maps, lists and texts; null for an empty one.
     *
     * @throws IllegalArgumentException with the number of the line that cannot be read
     */
    public static List<Object> documents(String text) {
        List<Object> documents = new ArrayList<>();
        YamlSubset current = new YamlSubset();
        int number = 0;
        for (String raw : text.lines().toList()) {
            number++;
            if (raw.equals("---") || raw.startsWith("--- ") || raw.equals("...")) {
                documents.add(current.document());
                current = new YamlSubset();
                continue;
            }
            String line = withoutComment(raw).stripTrailing();
            if (!line.isBlank()) {
                if (line.indexOf('\t') >= 0 && line.strip().indexOf('\t') < 0) {
                    throw malformed(number, line);
                }
                int indent = line.length() - line.stripLeading().length();
                current.lines.add(new Line(number, indent, line.strip()));
            }
        }
        documents.add(current.document());
        documents.removeIf(Objects::isNull);
        return documents;
    }

    private static String withoutComment(String line) {
        if (line.stripLeading().startsWith("#")) {
            return "";
        }
        int comment = line.indexOf(" #");
        return comment < 0 || line.indexOf('"') >= 0 || line.indexOf('\'') >= 0 ? line : line.substring(0, comment);
    }

    private Object document() {
        if (lines.isEmpty()) {
            return null;
        }
        Object found = block(lines.get(0).indent(), 0);
        if (at < lines.size()) {
            throw malformed(lines.get(at).number(), lines.get(at).text());
        }
        return found;
    }

    private Object block(int indent, int depth) {
        if (depth > DEEPEST) {
            throw malformed(lines.get(at).number(), "it is too deep");
        }
        return lines.get(at).text().startsWith("- ") || lines.get(at).text().equals("-")
                ? list(indent, depth)
                : map(indent, depth);
    }

    private List<Object> list(int indent, int depth) {
        List<Object> found = new ArrayList<>();
        while (at < lines.size()
                && lines.get(at).indent() == indent
                && isItem(lines.get(at).text())) {
            Line line = lines.get(at);
            String rest = line.text().substring(1);
            int inner = indent + 1 + rest.length() - rest.stripLeading().length();
            rest = rest.strip();
            if (rest.isEmpty()) {
                at++;
                found.add(
                        at < lines.size() && lines.get(at).indent() > indent
                                ? block(lines.get(at).indent(), depth + 1)
                                : null);
            } else if (isItem(rest) || KEY.matcher(rest).matches() && !rest.startsWith("\"") && !isPlainPlace(rest)) {
                lines.set(at, new Line(line.number(), inner, rest));
                found.add(block(inner, depth + 1));
            } else {
                at++;
                found.add(scalar(rest, line.number()));
            }
        }
        return found;
    }

    private static boolean isItem(String text) {
        return text.equals("-") || text.startsWith("- ");
    }

    /** A text such as {@code host:5000/path}: a key has a space or nothing behind its colon. */
    private static boolean isPlainPlace(String text) {
        return !text.endsWith(":") && !text.contains(": ");
    }

    private Map<String, Object> map(int indent, int depth) {
        Map<String, Object> found = new LinkedHashMap<>();
        while (at < lines.size()
                && lines.get(at).indent() == indent
                && !isItem(lines.get(at).text())) {
            Line line = lines.get(at);
            Matcher key = KEY.matcher(line.text());
            if (!key.matches()) {
                throw malformed(line.number(), line.text());
            }
            String value = key.group(3) == null ? "" : key.group(3).strip();
            at++;
            found.put(String.valueOf(scalar(key.group(1), line.number())), value(value, indent, depth, line.number()));
        }
        return found;
    }

    private Object value(String value, int indent, int depth, int number) {
        if (value.matches("[|>][+-]?\\d*")) {
            while (at < lines.size() && lines.get(at).indent() > indent) {
                at++;
            }
            return "";
        }
        if (!value.isEmpty()) {
            while (at < lines.size() && lines.get(at).indent() > indent) {
                at++; // The rest of a long text.
            }
            return scalar(value, number);
        }
        boolean deeper = at < lines.size()
                && (lines.get(at).indent() > indent
                        || lines.get(at).indent() == indent
                                && isItem(lines.get(at).text()));
        return deeper ? block(lines.get(at).indent(), depth + 1) : null;
    }

    private static Object scalar(String text, int number) {
        char first = text.charAt(0);
        if (first == '&' || first == '*' && !text.startsWith("*.") || first == '!') {
            throw malformed(number, text);
        }
        if (text.startsWith("[") && text.endsWith("]")) {
            List<Object> items = new ArrayList<>();
            for (String item : text.substring(1, text.length() - 1).split(",")) {
                if (!item.isBlank()) {
                    items.add(scalar(item.strip(), number));
                }
            }
            return items;
        }
        if (text.equals("{}")) {
            return Map.of();
        }
        if (first == '{' || first == '[') {
            throw malformed(number, text);
        }
        boolean quoted =
                text.length() > 1 && (first == '"' || first == '\'') && text.charAt(text.length() - 1) == first;
        return quoted ? text.substring(1, text.length() - 1) : text.equals("null") || text.equals("~") ? "" : text;
    }

    private static IllegalArgumentException malformed(int number, String text) {
        return new IllegalArgumentException("cannot be read in line " + number + ": " + Quote.of(text));
    }
}
