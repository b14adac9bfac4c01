package io.jenkins.plugins.dtk.kmod;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/**
 * The signature that stands behind a module: PKCS#7, then twelve bytes that say how long it is, then a line of text
 * (torvalds/linux include/linux/module_signature.h, scripts/sign-file.c).
 *
 * @param signer the common name of who issued the signer's certificate, as modinfo shows it; empty where it is named by
 *     its key alone
 * @param key the serial number of that certificate, or the identifier of its key, in hexadecimal
 * @param hash the digest that was signed: sha256, sha512; or its object identifier, in hexadecimal
 */
record ModuleSignature(String signer, String key, String hash) {

    private static final byte[] MARK = "~Module signature appended~\n".getBytes(StandardCharsets.US_ASCII);
    private static final int TRAILER = 12;
    private static final int PKCS7 = 2;
    private static final int BY_KEY = 0x80;
    private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=((?:\\\\.|[^,\\\\])*)");

    /** Object identifiers of digests, as DER holds them. */
    private static final Map<String, String> HASHES = Map.of(
            "608648016503040201", "sha256",
            "608648016503040202", "sha384",
            "608648016503040203", "sha512",
            "2b0e03021a", "sha1",
            "608648016503040208", "sha3-256",
            "608648016503040209", "sha3-384",
            "60864801650304020a", "sha3-512");

    /**
     * The signature of a module; empty when it has none.
     *
     * @throws IOException when there is one that cannot be read; one line
     */
    static Optional<ModuleSignature> of(byte[] module) throws IOException {
        int trailer = module.length - MARK.length - TRAILER;
        if (trailer < 0 || !Arrays.equals(module, module.length - MARK.length, module.length, MARK, 0, MARK.length)) {
            return Optional.empty();
        }
        if (module[trailer + 2] != PKCS7) {
            throw new IOException("its signature is of another kind than PKCS#7");
        }
        int length = ByteBuffer.wrap(module).getInt(trailer + 8);
        if (length <= 0 || length > trailer) {
            throw new IOException("its signature is damaged");
        }
        return Optional.of(read(Arrays.copyOfRange(module, trailer - length, trailer)));
    }

    /** RFC 2315 and 5652: ContentInfo, SignedData, the first SignerInfo. */
    private static ModuleSignature read(byte[] pkcs7) throws IOException {
        Der content = new Der(pkcs7).enter(Der.SEQUENCE);
        content.whole();
        Der signed = content.enter(0xa0).enter(Der.SEQUENCE);
        signed.enter(Der.INTEGER);
        signed.enter(Der.SET);
        signed.enter(Der.SEQUENCE);
        while (signed.tag() == 0xa0 || signed.tag() == 0xa1) {
            signed.whole(); // certificates and lists of revoked ones
        }
        Der info = signed.enter(Der.SET).enter(Der.SEQUENCE);
        info.enter(Der.INTEGER);
        String signer = "";
        byte[] key;
        if (info.tag() == BY_KEY) {
            key = info.enter(BY_KEY).rest();
        } else {
            Der of = info.enter(Der.SEQUENCE);
            signer = commonName(of.whole());
            key = of.enter(Der.INTEGER).rest();
        }
        String hash = HexFormat.of()
                .formatHex(info.enter(Der.SEQUENCE).enter(Der.OBJECT).rest());
        return new ModuleSignature(signer, HexFormat.of().formatHex(key), HASHES.getOrDefault(hash, hash));
    }

    private static String commonName(byte[] name) throws IOException {
        try {
            String all = new X500Principal(name).getName(X500Principal.RFC2253);
            Matcher common = COMMON_NAME.matcher(all);
            return common.find() ? common.group(1).replaceAll("\\\\(.)", "$1") : all;
        } catch (IllegalArgumentException e) {
            throw new IOException("its signature names no signer that can be read", e);
        }
    }
}
