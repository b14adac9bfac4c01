package io.jenkins.plugins.dtk.kmod;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/**
 * Who signed, with what, and the signature itself: RFC 2315 and 5652, the first SignerInfo of a PKCS#7.
 *
 * @param issuer the name of who issued the signer's certificate, in DER; null where it is named by its key
 * @param key the serial number of that certificate, or the identifier of its key
 * @param hash the digest that was signed: sha256, sha512; or its object identifier, in hexadecimal
 * @param attributes that were signed in place of the module, and hold its digest; in DER; null for none
 */
record SignerInfo(byte[] issuer, byte[] key, String hash, byte[] attributes, byte[] signature) {

    private static final int BY_KEY = 0x80;

    /** The attribute messageDigest, 1.2.840.113549.1.9.4. */
    private static final byte[] DIGEST = Der.object(1, 2, 840, 113549, 1, 9, 4);

    /** Object identifiers of digests, as DER holds them. */
    private static final Map<String, String> HASHES = Map.of(
            "608648016503040201", "sha256",
            "608648016503040202", "sha384",
            "608648016503040203", "sha512",
            "2b0e03021a", "sha1",
            "608648016503040208", "sha3-256",
            "608648016503040209", "sha3-384",
            "60864801650304020a", "sha3-512");

    static SignerInfo read(byte[] pkcs7) throws IOException {
        Der content = new Der(pkcs7).enter(Der.SEQUENCE);
        content.whole();
        Der signed = content.enter(Der.FIRST).enter(Der.SEQUENCE);
        signed.enter(Der.INTEGER);
        signed.enter(Der.SET);
        signed.enter(Der.SEQUENCE);
        while (signed.tag() == Der.FIRST || signed.tag() == Der.FIRST + 1) {
            signed.whole(); // certificates and lists of revoked ones
        }
        Der info = signed.enter(Der.SET).enter(Der.SEQUENCE);
        info.enter(Der.INTEGER);
        byte[] issuer = null;
        byte[] key;
        if (info.tag() == BY_KEY) {
            key = info.enter(BY_KEY).rest();
        } else {
            Der of = info.enter(Der.SEQUENCE);
            issuer = of.whole();
            key = magnitude(of.enter(Der.INTEGER).rest());
        }
        String hash = HexFormat.of()
                .formatHex(info.enter(Der.SEQUENCE).enter(Der.OBJECT).rest());
        byte[] attributes = info.tag() == Der.FIRST ? info.whole() : null;
        info.enter(Der.SEQUENCE);
        return new SignerInfo(
                issuer,
                key,
                HASHES.getOrDefault(hash, hash),
                attributes,
                info.enter(Der.OCTETS).rest());
    }

    /** A number as modinfo shows it: without the zero that DER puts before a high bit. */
    private static byte[] magnitude(byte[] number) {
        int zeros = 0;
        while (zeros < number.length && number[zeros] == 0) {
            zeros++;
        }
        return Arrays.copyOfRange(number, zeros, number.length);
    }

    /** Whether it is the signature of this content by the key of this certificate. */
    boolean verifies(byte[] content, X509Certificate certificate) throws IOException {
        String name = hash.startsWith("sha3") ? hash.replace("sha3", "SHA3") : hash.toUpperCase(java.util.Locale.ROOT);
        try {
            byte[] signed = content;
            if (attributes != null) {
                byte[] digest = MessageDigest.getInstance(name.replaceFirst("^SHA(?!3-)", "SHA-"))
                        .digest(content);
                if (!Arrays.equals(digest, statedDigest())) {
                    return false;
                }
                signed = attributes.clone();
                signed[0] = Der.SET; // what is signed has this tag
            }
            String kind = certificate.getPublicKey().getAlgorithm();
            Signature check = Signature.getInstance(name + "with" + (kind.equals("EC") ? "ECDSA" : kind));
            check.initVerify(certificate);
            check.update(signed);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private byte[] statedDigest() throws IOException {
        for (Der all = new Der(attributes).enter(Der.FIRST); !all.isAtEnd(); ) {
            Der attribute = all.enter(Der.SEQUENCE);
            if (Arrays.equals(attribute.whole(), DIGEST)) {
                return attribute.enter(Der.SET).enter(Der.OCTETS).rest();
            }
        }
        return new byte[0];
    }
}
