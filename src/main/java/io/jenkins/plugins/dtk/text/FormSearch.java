package io.jenkins.plugins.dtk.text;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds which of many texts begin at a place of another. The first characters are looked up in a filter, which few
 * places pass; there the texts are searched by halves, and no character is compared twice. So the time grows with the
 * length of what is searched, and hardly with the number of texts.
 */
final class FormSearch implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST_KEY = 4;
    private static final int BITS_FOR_EACH = 64;

    /** In their natural order. */
    private final String[] forms;

    /** Of each form the longest other one that it begins with; -1 for none. */
    private final int[] prefixes;

    /** Whether a form counts only where no letter of base64 stands beside it. */
    private final boolean[] words;

    private final int keyLength;
    private final long[] filter;

    FormSearch(Set<String> anywhere, Set<String> standingAlone) {
        Collection<String> all = new TreeSet<>(anywhere);
        all.addAll(standingAlone);
        forms = all.toArray(String[]::new);
        words = new boolean[forms.length];
        prefixes = new int[forms.length];
        keyLength = Math.min(
                LONGEST_KEY, Arrays.stream(forms).mapToInt(String::length).min().orElse(LONGEST_KEY));
        filter = new long[Math.max(1, Integer.highestOneBit(forms.length * BITS_FOR_EACH) / Long.SIZE)];
        for (int i = 0; i < forms.length; i++) {
            words[i] = !anywhere.contains(forms[i]);
            int prefix = i - 1;
            while (prefix >= 0 && !forms[i].startsWith(forms[prefix])) {
                prefix = prefixes[prefix];
            }
            prefixes[i] = prefix;
            int bit = bit(forms[i].toCharArray(), 0);
            filter[bit >>> 6] |= 1L << bit;
        }
    }

    boolean isEmpty() {
        return forms.length == 0;
    }

    /** The length of the longest form that begins at this place; 0 for none. */
    int at(char[] text, int length, int place) {
        if (place + keyLength > length) {
            return 0;
        }
        int bit = bit(text, place);
        return (filter[bit >>> 6] & 1L << bit) == 0 ? 0 : search(text, length, place);
    }

    private int bit(char[] text, int place) {
        int hash = 0;
        for (int i = place; i < place + keyLength; i++) {
            hash = (hash + text[i]) * 0x9E3779B1;
        }
        return (hash ^ hash >>> 15) & filter.length * Long.SIZE - 1;
    }

    /** Keeps in mind how much of the nearest forms on both sides is equal: between them as much is equal at least. */
    private int search(char[] text, int length, int place) {
        int low = -1;
        int high = forms.length;
        int equalBelow = 0;
        int equalAbove = 0;
        while (high - low > 1) {
            int middle = low + high >>> 1;
            String form = forms[middle];
            int equal = Math.min(equalBelow, equalAbove);
            while (equal < form.length() && place + equal < length && form.charAt(equal) == text[place + equal]) {
                equal++;
            }
            boolean below =
                    equal == form.length() || place + equal < length && form.charAt(equal) < text[place + equal];
            if (below) {
                low = middle;
                equalBelow = equal;
            } else {
                high = middle;
                equalAbove = equal;
            }
        }
        int found = low;
        while (found >= 0
                && (forms[found].length() > equalBelow
                        || words[found] && !standsAlone(text, length, place, forms[found].length()))) {
            found = prefixes[found];
        }
        return found < 0 ? 0 : forms[found].length();
    }

    private static boolean standsAlone(char[] text, int length, int place, int size) {
        return (place == 0 || text[place - 1] == '=' || !isBase64(text[place - 1]))
                && (place + size == length || !isBase64(text[place + size]));
    }

    private static boolean isBase64(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '+'
                || c == '/'
                || c == '-'
                || c == '_'
                || c == '=';
    }
}
