package io.jenkins.plugins.dtk.demo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority of its own, for servers on 127.0.0.1 and their clients: X.509 as far as TLS asks for it. */
final class Authority {

    private static final byte[] SHA256_WITH_RSA = Der.sequence(Der.oid("2a864886f70d01010b"), Der.nothing());
    private static final String NAME = "stand-in authority";

    private final KeyPair own = keys();
    private final Certificate certificate;

    Authority() throws GeneralSecurityException {
        // basicConstraints: an authority.
        certificate = sign(NAME, own, Der.extension("551d13", Der.sequence(Der.yes())));
    }

    /** A key with its certificate, both in PEM. */
    record Pair(String certificate, String key, KeyPair keys) {}

    /** Issues a certificate to somebody. */
    Pair issue(String name) throws GeneralSecurityException {
        return pair(name, keys());
    }

    /** Issues a certificate to a holder of keys, with an extension: its object identifier, encoded, and its value. */
    Pair issue(String name, KeyPair keys, String oid, byte[] value) throws GeneralSecurityException {
        return pair(name, keys, Der.extension(oid, value));
    }

    private Pair pair(String name, KeyPair keys, byte[]... extensions) throws GeneralSecurityException {
        return new Pair(
                pem("CERTIFICATE", sign(name, keys, extensions).getEncoded()),
                pem("PRIVATE KEY", keys.getPrivate().getEncoded()),
                keys);
    }

    /** Its own certificate in PEM. */
    String certificate() throws GeneralSecurityException {
        return pem("CERTIFICATE", certificate.getEncoded());
    }

    /** What a server on 127.0.0.1 needs to speak TLS with those who have certificates from here. */
    SSLContext serverContext() throws IOException, GeneralSecurityException {
        KeyPair keys = keys();
        // subjectAltName: an address.
        Certificate server = sign(
                "127.0.0.1", keys, Der.extension("551d11", Der.sequence(Der.value(0x87, new byte[] {127, 0, 0, 1}))));
        char[] password = new char[0];
        KeyStore identity = empty();
        identity.setKeyEntry("server", keys.getPrivate(), password, new Certificate[] {server});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(identity, password);
        KeyStore trusted = empty();
        trusted.setCertificateEntry("authority", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private Certificate sign(String name, KeyPair keys, byte[]... extensions) throws GeneralSecurityException {
        Instant now = Instant.now();
        byte[] content = Der.sequence(
                Der.value(0xa0, Der.integer(BigInteger.TWO)), // version 3
                Der.integer(new BigInteger(63, new SecureRandom()).setBit(62)),
                SHA256_WITH_RSA,
                Der.name(NAME),
                Der.sequence(Der.time(now.minus(Duration.ofHours(1))), Der.time(now.plus(Duration.ofDays(30)))),
                Der.name(name),
                keys.getPublic().getEncoded(),
                extensions.length == 0 ? new byte[0] : Der.value(0xa3, Der.sequence(extensions)));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(own.getPrivate());
        signature.update(content);
        byte[] signed = Der.sequence(content, SHA256_WITH_RSA, Der.bits(signature.sign()));
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(signed));
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static String pem(String kind, byte[] content) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }
}
