package hudson.util;

import hudson.Util;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** Puts together the words of a command, some of which the log must not show. */
public class ArgumentListBuilder implements Serializable, Cloneable {

    private static final long serialVersionUID = 1L;

    private List<String> words = new ArrayList<>();
    private BitSet masked = new BitSet();

    public ArgumentListBuilder() {}

    public ArgumentListBuilder(String... words) {
        add(words);
    }

    public ArgumentListBuilder add(Object word) {
        return add(word.toString());
    }

    /** Adds a word; null adds none. */
    public ArgumentListBuilder add(String word) {
        return add(word, false);
    }

    /** Adds a word that the log shows as {@code ******} when it is masked. */
    public ArgumentListBuilder add(String word, boolean mask) {
        if (word != null) {
            masked.set(words.size(), mask);
            words.add(word);
        }
        return this;
    }

    public ArgumentListBuilder add(String... words) {
        Arrays.asList(words).forEach(this::add);
        return this;
    }

    public void addMasked(String word) {
        add(word, true);
    }

    public ArgumentListBuilder addMasked(Secret word) {
        return add(Secret.toString(word), true);
    }

    /** Adds the words of a text, split at white space outside of quotes. */
    public ArgumentListBuilder addTokenized(String text) {
        return text == null ? this : add(Util.tokenize(text));
    }

    /** Adds {@code prefix} and {@code key=value} as one word; a null key adds none. */
    public ArgumentListBuilder addKeyValuePair(String prefix, String key, String value, boolean mask) {
        return key == null ? this : add(Util.fixNull(prefix) + key + '=' + value, mask);
    }

    public ArgumentListBuilder addKeyValuePairs(String prefix, Map<String, String> pairs) {
        pairs.forEach((key, value) -> addKeyValuePair(prefix, key, value, false));
        return this;
    }

    public ArgumentListBuilder prepend(String... first) {
        words.addAll(0, Arrays.asList(first));
        BitSet moved = new BitSet();
        masked.stream().forEach(i -> moved.set(i + first.length));
        masked = moved;
        return this;
    }

    public void clear() {
        words.clear();
        masked.clear();
    }

    public List<String> toList() {
        return words;
    }

    public String[] toCommandArray() {
        return words.toArray(String[]::new);
    }

    public boolean hasMaskedArguments() {
        return !masked.isEmpty();
    }

    public boolean[] toMaskArray() {
        boolean[] masks = new boolean[words.size()];
        masked.stream().forEach(i -> masks[i] = true);
        return masks;
    }

    /** The words with spaces between, with quotes where a word needs them; masked ones too, so not for a log. */
    public String toStringWithQuote() {
        List<String> quoted = new ArrayList<>();
        for (String word : words) {
            quoted.add(word.isEmpty() || word.indexOf(' ') >= 0 ? '"' + word + '"' : word);
        }
        return String.join(" ", quoted);
    }

    @Override
    public ArgumentListBuilder clone() {
        try {
            ArgumentListBuilder copy = (ArgumentListBuilder) super.clone();
            copy.words = new ArrayList<>(words);
            copy.masked = (BitSet) masked.clone();
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /** The words with spaces between, the masked ones as {@code ******}. */
    @Override
    public String toString() {
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            shown.add(masked.get(i) ? "******" : words.get(i));
        }
        return String.join(" ", shown);
    }
}
