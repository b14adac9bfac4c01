package io.jenkins.plugins.dtk.embedded;

import hudson.AbortException;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A label expression of {@code node}, as Jenkins reads it: names, {@code !}, {@code &&}, {@code ||}, {@code ->},
 * {@code <->} and parentheses, from tight to loose; a name may stand in quotes. Empty fits every agent.
 */
final class LabelExpression {

    private static final Pattern TOKEN =
            Pattern.compile("\\s*(?:(&&|\\|\\||->|<->|[!()])|\"([^\"]*)\"|((?:(?!->|<->)[^\\s&|!()\"])+))");

    /** From loose to tight. */
    private static final List<String> OPERATORS = List.of("<->", "->", "||", "&&");

    private final String text;
    private final Set<String> labels;
    private final Matcher matcher;
    private int position;
    private String operator;
    private String name;

    private LabelExpression(String text, Set<String> labels) {
        this.text = text;
        this.labels = labels;
        this.matcher = TOKEN.matcher(text);
    }

    /**
     * Whether an agent with these labels fits.
     *
     * @throws AbortException when the text is no label expression; one line
     */
    static boolean matches(String text, Set<String> labels) throws AbortException {
        if (text == null || text.isBlank()) {
            return true;
        }
        LabelExpression expression = new LabelExpression(text.strip(), labels);
        expression.next();
        boolean fits = expression.value(0);
        if (!expression.atEnd()) {
            throw expression.malformed();
        }
        return fits;
    }

    /** The value of what these operators and tighter ones join; an implication takes all that follows it. */
    private boolean value(int level) throws AbortException {
        if (level == OPERATORS.size()) {
            return not();
        }
        String joined = OPERATORS.get(level);
        boolean value = value(level + 1);
        while (accept(joined)) {
            boolean right = value(joined.equals("->") ? level : level + 1);
            value = switch (joined) {
                case "<->" -> value == right;
                case "->" -> !value | right;
                case "||" -> value | right;
                default -> value & right;
            };
        }
        return value;
    }

    private boolean not() throws AbortException {
        if (accept("!")) {
            return !not();
        }
        if (accept("(")) {
            boolean value = value(0);
            if (!accept(")")) {
                throw malformed();
            }
            return value;
        }
        if (name == null) {
            throw malformed();
        }
        boolean value = labels.contains(name);
        next();
        return value;
    }

    private boolean accept(String wanted) throws AbortException {
        if (!wanted.equals(operator)) {
            return false;
        }
        next();
        return true;
    }

    private void next() throws AbortException {
        matcher.region(position, text.length());
        operator = null;
        name = null;
        if (position < text.length()) {
            if (!matcher.lookingAt()) {
                throw malformed();
            }
            position = matcher.end();
            operator = matcher.group(1);
            name = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
        }
    }

    private boolean atEnd() {
        return operator == null && name == null;
    }

    private AbortException malformed() {
        return new AbortException(
                "node: '" + text + "' is no label expression; write names with &&, ||, ! and parentheses");
    }
}
