package io.jenkins.plugins.dtk.embedded;

import hudson.AbortException;
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
        boolean fits = expression.iff();
        if (!expression.atEnd()) {
            throw expression.malformed();
        }
        return fits;
    }

    private boolean iff() throws AbortException {
        boolean value = implies();
        while (accept("<->")) {
            value = value == implies();
        }
        return value;
    }

    private boolean implies() throws AbortException {
        boolean value = or();
        return accept("->") ? implies() | !value : value;
    }

    private boolean or() throws AbortException {
        boolean value = and();
        while (accept("||")) {
            value |= and();
        }
        return value;
    }

    private boolean and() throws AbortException {
        boolean value = not();
        while (accept("&&")) {
            value &= not();
        }
        return value;
    }

    private boolean not() throws AbortException {
        if (accept("!")) {
            return !not();
        }
        if (accept("(")) {
            boolean value = iff();
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
