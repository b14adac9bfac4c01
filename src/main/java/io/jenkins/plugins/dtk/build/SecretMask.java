package io.jenkins.plugins.dtk.build;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Replaces secrets in text by {@code ****}: as they are, in base64 and URL-encoded, since builders and registries
 * print them in these forms too. Longer forms go first, so that no tail of one stays.
 */
public final class SecretMask {

    private static final String SHOWN = "****";

    /** Matches nothing. */
    private static final Pattern NONE = Pattern.compile("(?!)");

    private final Pattern pattern;

    /**
     * @param secrets what is hidden; blank ones are left out, and of those of several lines each line is hidden
     */
    public SecretMask(Collection<String> secrets) {
        Set<String> forms = new LinkedHashSet<>();
        for (String secret : secrets) {
            secret.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> addForms(forms, line));
            if (!secret.isBlank()) {
                addBase64(forms, secret);
            }
        }
        pattern = forms.isEmpty()
                ? NONE
                : Pattern.compile(forms.stream()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .map(Pattern::quote)
                        .collect(Collectors.joining("|")));
    }

    /** The text with every secret hidden. */
    public String hide(String text) {
        return pattern.matcher(text).replaceAll(SHOWN);
    }

    private static void addForms(Set<String> forms, String secret) {
        forms.add(secret);
        forms.add(secret.replace("'", "'\\''")); // as bash -x prints it
        forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
        addBase64(forms, secret);
    }

    private static void addBase64(Set<String> forms, String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        forms.add(Base64.getEncoder().encodeToString(bytes));
        forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
        forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}
