package io.jenkins.plugins.dtk.oci;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.text.Quote;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What an image runs on, by the names of Go: {@code linux/amd64}, {@code linux/arm64/v8}.
 *
 * @param os such as {@code linux}
 * @param architecture such as {@code amd64}
 * @param variant such as {@code v8}, or null
 */
public record Platform(String os, String architecture, String variant) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9_.-]+/[a-z0-9_.-]+(?:/[a-z0-9_.-]+)?");

    /**
     * Reads {@code os/architecture[/variant]}.
     *
     * @throws IllegalArgumentException with one line that quotes the text
     */
    public static Platform parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "not a platform: " + Quote.of(text) + "; write os/architecture, such as linux/amd64");
        }
        String[] parts = text.split("/", -1);
        return new Platform(parts[0], parts[1], parts.length > 2 ? parts[2] : null);
    }

    /** The platform of an architecture. */
    public static Platform of(Architecture architecture) {
        return parse(architecture.platform());
    }

    /**
     * Reads platforms as users write them: {@code linux/arm64}, {@code linux/arm64/v8}, or an architecture's name such
     * as {@code aarch64}.
     *
     * @throws IllegalArgumentException when one is neither; one line
     */
    public static List<Platform> named(Collection<String> names) {
        return names.stream()
                .map(name -> name.contains("/") ? parse(name) : of(Architecture.parse(name)))
                .toList();
    }

    /** Whether an image for this platform is one for {@code wanted}; without a variant, any variant will do. */
    public boolean matches(Platform wanted) {
        return os.equals(wanted.os)
                && architecture.equals(wanted.architecture)
                && (wanted.variant == null || Objects.equals(effectiveVariant(), wanted.effectiveVariant()));
    }

    /** arm64 without a variant is v8: there is no other, and tools differ in whether they write it. */
    private String effectiveVariant() {
        return variant == null && architecture.equals("arm64") ? "v8" : variant;
    }

    /** The form {@link #parse} reads. */
    @Override
    public String toString() {
        return os + "/" + architecture + (variant == null ? "" : "/" + variant);
    }
}
