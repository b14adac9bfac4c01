package io.jenkins.plugins.dtk.text;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The forms in which a secret may be printed. */
final class SecretForms {

    /** A shorter line of a longer secret, such as a bracket, is no secret by itself. */
    private static final int SHORTEST_LINE = 4;

    /** A shorter middle of a base64 text would hit innocent words. */
    private static final int SHORTEST_MIDDLE = 8;

    private final Set<String> forms = new LinkedHashSet<>();

    private SecretForms() {}

    /** All forms; none for a blank secret. */
    static Set<String> of(String secret) {
        SecretForms forms = new SecretForms();
        if (!secret.isBlank()) {
            List<String> lines = secret.lines().map(String::strip).toList();
            lines.stream()
                    .filter(line -> lines.size() == 1 || line.length() >= SHORTEST_LINE)
                    .forEach(forms::addLine);
            forms.addBase64(secret);
        }
        return forms.forms;
    }

    private void addLine(String line) {
        forms.add(line);
        forms.add(line.replace("'", "'\\''")); // as bash -x prints it
        String encoded = URLEncoder.encode(line, StandardCharsets.UTF_8);
        forms.add(encoded);
        forms.add(encoded.replace("+", "%20"));
        addBase64(line);
    }

    private void addBase64(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            forms.add(encoder.encodeToString(bytes));
            forms.add(encoder.withoutPadding().encodeToString(bytes));
            for (int before = 0; before < 3; before++) {
                addMiddle(encoder.withoutPadding(), bytes, before);
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
            forms.add(encoded.substring(from, to));
        }
    }
}
