package io.jenkins.plugins.dtk.oci;

import io.jenkins.plugins.dtk.text.Quote;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Content digests as the OCI image specification writes them; sha256 and sha512 are the registered algorithms. */
public final class Digest {

    private static final Pattern FORM = Pattern.compile("sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128}");

    private Digest() {}

    /** Whether this text is a digest by one of the registered algorithms. */
    public static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }

    /**
     * The same text, if it is a digest.
     *
     * @throws IllegalArgumentException when it is none; one line
     */
    public static String checked(String text) {
        if (!isValid(text)) {
            throw new IllegalArgumentException(
                    Quote.of(text) + " is not a digest such as sha256: and 64 hexadecimal digits");
        }
        return text;
    }

    /** The digest of content. */
    public static String sha256(byte[] content) {
        return "sha256:" + HexFormat.of().formatHex(algorithm("sha256:").digest(content));
    }

    /** Whether the content has this digest, by the algorithm that the digest names. */
    public static boolean matches(String digest, byte[] content) {
        return digest.equals(name(digest, algorithm(digest).digest(content)));
    }

    /** A fresh computation by the algorithm that this digest names. */
    public static MessageDigest algorithm(String digest) {
        try {
            return MessageDigest.getInstance(digest.startsWith("sha512:") ? "SHA-512" : "SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256 and SHA-512", e);
        }
    }

    /** The written form of a finished computation started with {@link #algorithm}. */
    public static String name(String digest, byte[] computed) {
        return digest.substring(0, digest.indexOf(':') + 1) + HexFormat.of().formatHex(computed);
    }
}
