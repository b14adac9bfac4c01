package io.jenkins.plugins.dtk.text;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The forms in which a secret may be printed, as far as an encoding makes a text of its own of it: base64, whole, in
 * lines, or as a part of a longer text. What only escapes some characters is undone by {@link Spelling}.
 */
final class SecretForms {

    /**
     * A shorter line of a longer secret, such as a bracket, is no secret by itself. A secret that is as short as a whole
     * is one where it stands alone, as in {@code user:abc@host} or {@code password=abc}: anywhere it would hide the half
     * of most words.
     */
    private static final int SHORTEST_LINE = 4;

    /** A shorter middle of a base64 text would hit innocent words. */
    private static final int SHORTEST_MIDDLE = 8;

    /** A shorter end of a base64 text says next to nothing. */
    private static final int SHORTEST_WORD = 4;

    /** Where tools break base64: base64(1) and MIME at 76, PEM at 64. */
    private static final List<Integer> LINE_LENGTHS = List.of(76, 64);

    private final Set<String> anywhere = new LinkedHashSet<>();
    private final Set<String> words = new LinkedHashSet<>();

    /** The forms that are secret wherever they stand. */
    Set<String> anywhere() {
        return anywhere;
    }

    /** The forms that are secret where they stand alone: a short secret, the short last line of a base64 text. */
    Set<String> words() {
        return words;
    }

    /** Adds all forms; none for a blank secret. */
    void add(String secret) {
        if (!secret.isBlank()) {
            List<String> lines = secret.lines().map(String::strip).toList();
            lines.stream()
                    .filter(line -> lines.size() == 1 || line.length() >= SHORTEST_LINE)
                    .forEach(this::addLine);
            addBase64(secret);
            addBase64(secret + "\n"); // as echo prints it
        }
    }

    private void addLine(String line) {
        by(line).add(line);
        addBase64(line);
    }

    private Set<String> by(String secret) {
        return secret.strip().length() < SHORTEST_LINE ? words : anywhere;
    }

    private void addBase64(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            String whole = encoder.encodeToString(bytes);
            by(text).add(whole);
            by(text).add(encoder.withoutPadding().encodeToString(bytes));
            LINE_LENGTHS.forEach(length -> addLines(whole, length));
            for (int before = 0; before < 3; before++) {
                addMiddle(encoder.withoutPadding(), bytes, before);
            }
        }
    }

    private void addLines(String base64, int length) {
        if (base64.length() <= length) {
            return;
        }
        for (int at = 0; at < base64.length(); at += length) {
            String line = base64.substring(at, Math.min(base64.length(), at + length));
            if (line.length() >= SHORTEST_MIDDLE) {
                anywhere.add(line);
            } else if (line.length() >= SHORTEST_WORD) {
                words.add(line);
            }
        }
    }

    /**
     * What stays the same of a base64 text when the secret is only a part of what was encoded, as a password is of
     * {@code user:password}: the characters that hold no bits of what stands before and behind it.
     *
     * @param before how many bytes, modulo 3, stand before the secret
     */
    private void addMiddle(Base64.Encoder encoder, byte[] secret, int before) {
        byte[] shifted = new byte[before + secret.length];
        System.arraycopy(secret, 0, shifted, before, secret.length);
        String encoded = encoder.encodeToString(shifted);
        int from = before == 0 ? 0 : before + 1;
        int to = shifted.length % 3 == 0 ? encoded.length() : encoded.length() - 1;
        if (to - from >= SHORTEST_MIDDLE) {
            anywhere.add(encoded.substring(from, to));
        }
    }
}
