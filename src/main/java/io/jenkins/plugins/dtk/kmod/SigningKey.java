package io.jenkins.plugins.dtk.kmod;

import io.jenkins.plugins.dtk.kmod.SignedModule.Signer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * A private key and its certificate, which sign modules as the kernel's own program sign-file does: PKCS#7 without
 * certificates and attributes, over SHA-256, the signer named by issuer and serial number (torvalds/linux
 * scripts/sign-file.c, crypto/asymmetric_keys/pkcs7.asn1). The key is in memory alone.
 */
public final class SigningKey implements Signer {

    private static final byte[] SIGNED_DATA = Der.object(1, 2, 840, 113549, 1, 7, 2);
    private static final byte[] DATA = Der.object(1, 2, 840, 113549, 1, 7, 1);
    private static final byte[] SHA_256 = Der.value(Der.SEQUENCE, Der.object(2, 16, 840, 1, 101, 3, 4, 2, 1));
    private static final byte[] RSA =
            Der.value(Der.SEQUENCE, Der.object(1, 2, 840, 113549, 1, 1, 1), Der.value(Der.NULL));
    private static final byte[] ECDSA = Der.value(Der.SEQUENCE, Der.object(1, 2, 840, 10045, 4, 3, 2));
    private static final byte[] ONE = Der.value(Der.INTEGER, new byte[] {1});

    private final PrivateKey key;
    private final X509Certificate certificate;

    /** Issuer and serial number, as the certificate has them. */
    private final byte[] signer;

    private SigningKey(PrivateKey key, X509Certificate certificate) throws IOException {
        this.key = key;
        this.certificate = certificate;
        this.signer = signer(certificate);
    }

    /**
     * Reads a key and its certificate.
     *
     * @param key in PEM or DER: PKCS#8, or as OpenSSL writes RSA and EC keys; not encrypted
     * @param certificate in PEM or DER
     * @throws IllegalArgumentException when one is something else, or they are no pair; one line, without the key
     */
    public static SigningKey read(byte[] key, byte[] certificate) {
        try {
            SigningKey pair = new SigningKey(PrivateKeyFile.read(key), certificate(certificate));
            if (!ModuleSignature.isBy(pair.certificate, pair.sign(new byte[0]))) {
                throw new IllegalArgumentException(
                        "the signing key is not that of the certificate of '" + name(pair.certificate) + "'");
            }
            return pair;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the signing key is not that of the certificate: they are of different kinds", e);
        }
    }

    /**
     * Reads a certificate, in PEM or DER.
     *
     * @throws IllegalArgumentException when it is none; one line
     */
    public static X509Certificate certificate(byte[] file) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(file));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("the signing certificate is no X.509 certificate in PEM or DER", e);
        }
    }

    /** The name that a certificate is issued to. */
    private static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    @Override
    public Optional<X509Certificate> certificate() {
        return Optional.of(certificate);
    }

    @Override
    public byte[] sign(byte[] module) throws IOException {
        boolean rsa = key.getAlgorithm().equals("RSA");
        byte[] value;
        try {
            Signature signature = Signature.getInstance(rsa ? "SHA256withRSA" : "SHA256withECDSA");
            signature.initSign(key);
            signature.update(module);
            value = signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "the signing key cannot be used: " + e.getClass().getSimpleName(), e);
        }
        byte[] info = Der.value(Der.SEQUENCE, ONE, signer, SHA_256, rsa ? RSA : ECDSA, Der.value(Der.OCTETS, value));
        byte[] signed = Der.value(
                Der.SEQUENCE,
                ONE,
                Der.value(Der.SET, SHA_256),
                Der.value(Der.SEQUENCE, DATA),
                Der.value(Der.SET, info));
        byte[] pkcs7 = Der.value(Der.SEQUENCE, SIGNED_DATA, Der.value(Der.FIRST, signed));
        return AppendedSignature.added(module, pkcs7);
    }

    private static byte[] signer(X509Certificate certificate) throws IOException {
        try {
            Der fields = new Der(certificate.getTBSCertificate()).enter(Der.SEQUENCE);
            if (fields.tag() == Der.FIRST) {
                fields.whole(); // the version
            }
            byte[] serial = fields.whole();
            fields.whole(); // the algorithm
            return Der.value(Der.SEQUENCE, fields.whole(), serial);
        } catch (CertificateException e) {
            throw new IOException(e);
        }
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return name(certificate);
    }
}
