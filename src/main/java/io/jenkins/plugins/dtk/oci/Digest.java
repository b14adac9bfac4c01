package io.jenkins.plugins.dtk.oci;

import io.jenkins.plugins.dtk.text.Quote;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** The digest of content as the OCI image specification writes it; sha256 and sha512 are the registered algorithms. */
public final class Digest {

    private static final Pattern FORM = Pattern.compile("sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128}");
    private static final String SHA256 = "sha256:";

    private final String text;

    private Digest(String text) {
        this.text = text;
    }

    /**
     * Reads a digest.
     *
     * @throws IllegalArgumentException when the text is none; one line
     */
    public static Digest parse(String text) {
        return find(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        Quote.of(text) + " is not a digest such as sha256: and 64 hexadecimal digits"));
    }

    /** The digest that a text is; nothing where it is none, or null. */
    public static Optional<Digest> find(String text) {
        return text != null && FORM.matcher(text).matches() ? Optional.of(new Digest(text)) : Optional.empty();
    }

    /** The SHA-256 digest of content. */
    public static Digest of(byte[] content) {
        return new Digest(SHA256 + HexFormat.of().formatHex(algorithm(SHA256).digest(content)));
    }

    /** Whether the content has this digest. */
    public boolean matches(byte[] content) {
        return isOf(algorithm().digest(content));
    }

    /** A fresh computation by the algorithm of this digest: see {@link #isOf}. */
    public MessageDigest algorithm() {
        return algorithm(text);
    }

    private static MessageDigest algorithm(String digest) {
        try {
            return MessageDigest.getInstance(digest.startsWith(SHA256) ? "SHA-256" : "SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256 and SHA-512", e);
        }
    }

    /** Whether this is what a computation started with {@link #algorithm()} came to. */
    public boolean isOf(byte[] computed) {
        return text.endsWith(":" + HexFormat.of().formatHex(computed));
    }

    /** The form that tags and names of files can have: {@code sha256-} and the hexadecimal digits. */
    public String tag() {
        return text.replace(':', '-');
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest digest && digest.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The form {@link #parse} reads. */
    @Override
    public String toString() {
        return text;
    }
}
