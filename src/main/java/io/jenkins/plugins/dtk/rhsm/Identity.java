package io.jenkins.plugins.dtk.rhsm;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** The certificate and the key by which a system identifies itself to RHSM. */
final class Identity {

    private static final Pattern KEY = Pattern.compile(
            "-----BEGIN (RSA |)PRIVATE KEY-----([A-Za-z0-9+/=\\s]{1,20000})-----END \\1PRIVATE KEY-----");

    /** A version 0, and the algorithm rsaEncryption without parameters: what PKCS#8 puts before a key of PKCS#1. */
    private static final byte[] RSA = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    private Identity() {}

    /**
     * Reads them from PEM. The key is in PKCS#8, as Candlepin writes it, or in PKCS#1, as its older versions did.
     *
     * @throws GeneralSecurityException when they are not a certificate and an RSA key
     */
    static KeyManager[] of(String certificate, String key) throws GeneralSecurityException, IOException {
        char[] password = new char[0];
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, password);
        ByteArrayInputStream pem = new ByteArrayInputStream(certificate.getBytes(StandardCharsets.US_ASCII));
        Certificate[] chain = CertificateFactory.getInstance("X.509")
                .generateCertificates(pem)
                .toArray(Certificate[]::new);
        store.setKeyEntry("system", privateKey(key), password, chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory.getKeyManagers();
    }

    private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
        Matcher found = KEY.matcher(pem);
        if (!found.find()) {
            throw new GeneralSecurityException("no private key in PEM");
        }
        byte[] der = Base64.getMimeDecoder().decode(found.group(2));
        byte[] pkcs8 = found.group(1).isEmpty() ? der : value(0x30, RSA, value(0x04, der));
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    /** A value of DER: its tag, the length in two bytes as for all that is as long as an RSA key, its parts. */
    private static byte[] value(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.write(tag);
        value.write(0x82);
        value.write(content.size() >>> 8);
        value.write(content.size());
        value.writeBytes(content.toByteArray());
        return value.toByteArray();
    }
}
