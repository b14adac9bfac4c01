package io.jenkins.plugins.dtk.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One challenge of a {@code WWW-Authenticate} header (RFC 9110, 11.6.1): how a registry wants us to log in.
 *
 * <p>The reader takes what registries really send: several challenges in one header, missing or doubled commas, values
 * without quotes, any case.
 *
 * @param scheme in lower case: {@code basic}, {@code bearer}
 * @param parameters by name in lower case; the first of a name counts
 */
record Challenge(String scheme, Map<String, String> parameters) {

    /** Reads all challenges of all headers of that name. */
    static List<Challenge> parse(List<String> headers) {
        List<Challenge> challenges = new ArrayList<>();
        for (String header : headers) {
            new Reader(header).readInto(challenges);
        }
        return challenges;
    }

    /** The value of a parameter, or null where it is absent or empty. */
    String parameter(String name) {
        String value = parameters.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** A pass over one header. */
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        void readInto(List<Challenge> challenges) {
            Challenge current = null;
            while (skipSeparators()) {
                String word = token();
                if (word.isEmpty()) {
                    at++; // A stray character: nothing that we read begins with it.
                } else if (current != null && isAssignment()) {
                    current.parameters.putIfAbsent(word.toLowerCase(Locale.ROOT), value());
                } else if (isAssignment()) {
                    value(); // A parameter that belongs to no challenge.
                } else {
                    current = new Challenge(word.toLowerCase(Locale.ROOT), new HashMap<>());
                    challenges.add(current);
                    skipToken68();
                }
            }
        }

        private boolean skipSeparators() {
            while (at < text.length() && (text.charAt(at) == ',' || isSpace(text.charAt(at)))) {
                at++;
            }
            return at < text.length();
        }

        private void skipSpace() {
            while (at < text.length() && isSpace(text.charAt(at))) {
                at++;
            }
        }

        private String token() {
            int start = at;
            while (at < text.length() && isTokenCharacter(text.charAt(at))) {
                at++;
            }
            return text.substring(start, at);
        }

        /** Whether an equals sign with a value comes next; {@code ==} is the padding of a token68. */
        private boolean isAssignment() {
            int start = at;
            skipSpace();
            boolean assignment = at < text.length() && text.charAt(at) == '=';
            if (!assignment) {
                at = start;
            }
            return assignment;
        }

        private String value() {
            at++;
            skipSpace();
            if (at < text.length() && text.charAt(at) == '"') {
                return quoted();
            }
            int start = at;
            while (at < text.length() && text.charAt(at) != ',' && !isSpace(text.charAt(at))) {
                at++;
            }
            return text.substring(start, at);
        }

        private String quoted() {
            StringBuilder value = new StringBuilder();
            for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at));
            }
            at++;
            return value.toString();
        }

        /** Passes over a {@code Negotiate YII...==}: what follows a scheme and is neither parameter nor challenge. */
        private void skipToken68() {
            int start = at;
            skipSpace();
            int word = at;
            while (at < text.length() && (isTokenCharacter(text.charAt(at)) || text.charAt(at) == '/')) {
                at++;
            }
            int padding = at;
            while (at < text.length() && text.charAt(at) == '=') {
                at++;
            }
            boolean ends = at == text.length() || text.charAt(at) == ',';
            boolean padded = at - padding > 1 || (at > padding && ends);
            boolean bare = at == padding && ends && padding > word && at < text.length();
            if (!(ends && (padded || bare))) {
                at = start;
            }
        }

        private static boolean isSpace(char c) {
            return c == ' ' || c == '\t';
        }

        private static boolean isTokenCharacter(char c) {
            return (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
        }
    }
}
