package io.jenkins.plugins.dtk.kmod;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a private key out of a file, in PEM or DER (RFC 5958, 8017, 5915). Messages never quote the file. */
final class PrivateKeyFile {

    private static final int LONGEST = 64 << 10;
    private static final Pattern PEM = Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----([^-]*)-----END \\1-----");
    private static final byte[] RSA = Der.object(1, 2, 840, 113549, 1, 1, 1);
    private static final byte[] EC = Der.object(1, 2, 840, 10045, 2, 1);
    private static final byte[] ZERO = Der.value(Der.INTEGER, new byte[1]);

    private PrivateKeyFile() {}

    /**
     * Reads a key.
     *
     * @throws IllegalArgumentException when it is none that can be used; one line
     */
    static PrivateKey read(byte[] file) {
        String text = new String(file, 0, Math.min(file.length, LONGEST), StandardCharsets.ISO_8859_1);
        Matcher pem = PEM.matcher(text);
        try {
            if (!pem.find()) {
                return key(file);
            }
            if (pem.group(1).contains("ENCRYPTED") || pem.group(2).contains("ENCRYPTED")) {
                throw new IllegalArgumentException("the signing key is encrypted with a password: decrypt it"
                        + " (openssl pkey), or sign with a command");
            }
            byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
            return key(
                    switch (pem.group(1)) {
                        case "RSA PRIVATE KEY" -> packed(Der.value(Der.SEQUENCE, RSA, Der.value(Der.NULL)), der);
                        case "EC PRIVATE KEY" -> packed(Der.value(Der.SEQUENCE, EC, curve(der)), der);
                        default -> der;
                    });
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("the signing key is no private key for RSA or EC in PEM or DER", e);
        }
    }

    private static PrivateKey key(byte[] pkcs8) throws IOException, GeneralSecurityException {
        Der info = new Der(pkcs8).enter(Der.SEQUENCE);
        info.whole();
        byte[] kind = info.enter(Der.SEQUENCE).whole();
        if (!Arrays.equals(kind, RSA) && !Arrays.equals(kind, EC)) {
            throw new IOException("a key of another kind");
        }
        return KeyFactory.getInstance(Arrays.equals(kind, RSA) ? "RSA" : "EC")
                .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    private static byte[] packed(byte[] kind, byte[] key) {
        return Der.value(Der.SEQUENCE, ZERO, kind, Der.value(Der.OCTETS, key));
    }

    private static byte[] curve(byte[] key) throws IOException {
        Der fields = new Der(key).enter(Der.SEQUENCE);
        fields.whole();
        fields.whole();
        return fields.enter(Der.FIRST).whole();
    }
}
