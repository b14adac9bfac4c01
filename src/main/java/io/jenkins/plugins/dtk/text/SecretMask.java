package io.jenkins.plugins.dtk.text;

import java.io.Serializable;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Replaces secrets in text by {@code ****}: as they are, in base64 and URL-encoded, since builders and registries
 * print them in these forms too. Where several overlap, all of them go, so that no tail of one stays. It holds the
 * secrets: it may be sent to an agent, and never stored.
 */
public final class SecretMask implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final String SHOWN = "****";

    /** Matches nothing. */
    private static final Pattern NONE = Pattern.compile("(?!)()");

    /** Matches before a secret; its group is the longest that begins there. */
    private final Pattern secret;

    /**
     * Hides these.
     *
     * @param secrets what is hidden; blank ones are left out, and of those of several lines each line is hidden
     */
    public SecretMask(Collection<String> secrets) {
        Set<String> forms = new LinkedHashSet<>();
        secrets.forEach(text -> forms.addAll(SecretForms.of(text)));
        secret = forms.isEmpty()
                ? NONE
                : Pattern.compile(forms.stream()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .map(Pattern::quote)
                        .collect(Collectors.joining("|", "(?=(", "))")));
    }

    /** The text with every secret hidden. */
    public String hide(String text) {
        StringBuilder hidden = new StringBuilder();
        int shown = 0;
        Matcher found = secret.matcher(text);
        while (found.find()) {
            if (found.start() >= shown) {
                hidden.append(text, shown, found.start()).append(SHOWN);
            }
            shown = Math.max(shown, found.end(1));
        }
        return hidden.append(text, shown, text.length()).toString();
    }
}
