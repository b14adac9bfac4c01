package io.jenkins.plugins.dtk.kernel;

/**
 * Compares version and release strings as {@code rpmvercmp} does (rpm-software-management/rpm
 * rpmio/rpmvercmp.cc): runs of digits as numbers, runs of letters as text, digits above letters,
 * {@code ~} below everything and {@code ^} above the end only.
 */
public final class RpmVersions {

    private RpmVersions() {}

    public static int compare(String left, String right) {
        int l = 0;
        int r = 0;
        while (l < left.length() || r < right.length()) {
            l = skipSeparators(left, l);
            r = skipSeparators(right, r);

            boolean leftTilde = at(left, l) == '~';
            if (leftTilde || at(right, r) == '~') {
                if (leftTilde != (at(right, r) == '~')) {
                    return leftTilde ? -1 : 1;
                }
                l++;
                r++;
                continue;
            }
            boolean leftCaret = at(left, l) == '^';
            if (leftCaret || at(right, r) == '^') {
                if (l == left.length() || r == right.length()) {
                    return l == left.length() ? -1 : 1;
                }
                if (leftCaret != (at(right, r) == '^')) {
                    return leftCaret ? -1 : 1;
                }
                l++;
                r++;
                continue;
            }
            if (l == left.length() || r == right.length()) {
                break;
            }

            boolean digits = isDigit(left.charAt(l));
            int leftEnd = runEnd(left, l, digits);
            int rightEnd = runEnd(right, r, digits);
            if (rightEnd == r) {
                return digits ? 1 : -1;
            }
            int order = digits
                    ? compareNumbers(left.substring(l, leftEnd), right.substring(r, rightEnd))
                    : left.substring(l, leftEnd).compareTo(right.substring(r, rightEnd));
            if (order != 0) {
                return Integer.signum(order);
            }
            l = leftEnd;
            r = rightEnd;
        }
        return Boolean.compare(l < left.length(), r < right.length());
    }

    private static int compareNumbers(String left, String right) {
        String l = left.replaceFirst("^0+", "");
        String r = right.replaceFirst("^0+", "");
        return l.length() != r.length() ? Integer.compare(l.length(), r.length()) : l.compareTo(r);
    }

    private static int skipSeparators(String text, int from) {
        int i = from;
        while (i < text.length() && !isDigit(text.charAt(i)) && !isLetter(text.charAt(i)) && !isMark(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static int runEnd(String text, int from, boolean digits) {
        int i = from;
        while (i < text.length() && (digits ? isDigit(text.charAt(i)) : isLetter(text.charAt(i)))) {
            i++;
        }
        return i;
    }

    private static char at(String text, int index) {
        return index < text.length() ? text.charAt(index) : 0;
    }

    private static boolean isMark(char c) {
        return c == '~' || c == '^';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
