package io.jenkins.plugins.dtk.demo;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as registries write it. */
final class Digests {

    private Digests() {}

    /** {@code sha256:} and the hash of these bytes, one part after the other. */
    static String of(byte[]... parts) {
        MessageDigest sha256 = sha256();
        for (byte[] part : parts) {
            sha256.update(part);
        }
        return "sha256:" + HexFormat.of().formatHex(sha256.digest());
    }

    /** A digest that stands for something we only name: the same text always gives the same digest. */
    static String ofText(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
