package io.jenkins.plugins.dtk.text;

import java.io.Serializable;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Replaces secrets in text by {@code ****}: as they are, in base64, and with whatever characters escaped as in
 * addresses, JSON, Go or a shell, since builders, registries and proxies print them in these forms too. Where several
 * overlap, all of them go, so that no tail of one stays. One of less than four characters is hidden where it stands alone. The time grows with the length of the text alone. It holds the
 * secrets: it may be sent to an agent, and never stored.
 */
public final class SecretMask implements Serializable {

    private static final long serialVersionUID = 2L;

    private static final String SHOWN = "****";

    private final FormSearch forms;

    private final Collection<String> secrets;

    /**
     * Hides these.
     *
     * @param secrets what is hidden; blank ones are left out, and of those of several lines each line is hidden
     */
    public SecretMask(Collection<String> secrets) {
        this.secrets = List.copyOf(secrets);
        SecretForms found = new SecretForms();
        secrets.forEach(found::add);
        forms = new FormSearch(found.anywhere(), found.words());
    }

    /** One that hides the secrets of both. */
    public SecretMask and(Collection<String> more) {
        return more.isEmpty()
                ? this
                : new SecretMask(Stream.concat(secrets.stream(), more.stream())
                        .distinct()
                        .toList());
    }

    /** The text with every secret hidden. */
    public String hide(String text) {
        if (forms.isEmpty()) {
            return text;
        }
        BitSet secret = new BitSet();
        Spelling printed = Spelling.printed(text);
        mark(printed, secret);
        if (text.indexOf('\\') >= 0) {
            Spelling plain = printed.withoutBackslashes();
            mark(plain, secret);
            mark(plain.withoutBackslashes(), secret); // JSON within JSON
            mark(printed.withoutQuotes(), secret);
        } else if (text.indexOf('\'') >= 0) {
            mark(printed.withoutQuotes(), secret);
        }
        if (text.indexOf('%') >= 0) {
            mark(printed.withoutPercents(false), secret);
        }
        if (text.indexOf('+') >= 0) {
            mark(printed.withoutPercents(true), secret);
        }
        return secret.isEmpty() ? text : shown(text, secret);
    }

    private void mark(Spelling text, BitSet secret) {
        int marked = 0;
        for (int i = 0; i < text.length(); i++) {
            int end = i + forms.at(text.chars(), text.length(), i);
            if (end > Math.max(i, marked)) {
                secret.set(text.start(i), text.end(end - 1));
                marked = end;
            }
        }
    }

    private static String shown(String text, BitSet secret) {
        StringBuilder hidden = new StringBuilder(text.length());
        int from = 0;
        for (int start = secret.nextSetBit(0); start >= 0; start = secret.nextSetBit(from)) {
            hidden.append(text, from, start).append(SHOWN);
            from = secret.nextClearBit(start);
        }
        return hidden.append(text, from, text.length()).toString();
    }
}
