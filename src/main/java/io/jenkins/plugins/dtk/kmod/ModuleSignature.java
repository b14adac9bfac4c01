package io.jenkins.plugins.dtk.kmod;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/**
 * The signature of a module.
 *
 * @param signer the common name of who issued the signer's certificate, as modinfo shows it; empty where it is named by
 *     its key alone
 * @param key the serial number of that certificate, or the identifier of its key, in hexadecimal
 * @param hash the digest that was signed: sha256, sha512; or its object identifier, in hexadecimal
 */
public record ModuleSignature(String signer, String key, String hash) {

    private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=((?:\\\\.|[^,\\\\])*)");

    /**
     * The signature of a module; empty when it has none.
     *
     * @throws IOException when there is one that cannot be read; one line
     */
    static Optional<ModuleSignature> of(byte[] module) throws IOException {
        Optional<byte[]> pkcs7 = AppendedSignature.of(module);
        if (pkcs7.isEmpty()) {
            return Optional.empty();
        }
        SignerInfo info = SignerInfo.read(pkcs7.get());
        return Optional.of(new ModuleSignature(
                info.issuer() == null ? "" : commonName(info.issuer()),
                HexFormat.of().formatHex(info.key()),
                info.hash()));
    }

    /** Whether a module has a signature by the key of a certificate, and over all that stands before it. */
    static boolean isBy(X509Certificate certificate, byte[] module) throws IOException {
        Optional<byte[]> pkcs7 = AppendedSignature.of(module);
        return pkcs7.isPresent()
                && SignerInfo.read(pkcs7.get()).verifies(AppendedSignature.removed(module), certificate);
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
