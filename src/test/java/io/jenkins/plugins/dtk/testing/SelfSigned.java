package io.jenkins.plugins.dtk.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A key with a certificate that no one has signed but itself, made by Java's own keytool. */
public final class SelfSigned {

    private static final String PASSWORD = "changeit";

    private final KeyStore store;

    private SelfSigned(KeyStore store) {
        this.store = store;
    }

    /**
     * Makes one.
     *
     * @param subject whom the certificate is for, such as {@code ip:127.0.0.1} or {@code dns:registry.example}
     */
    public static SelfSigned create(Path folder, String subject)
            throws IOException, InterruptedException, GeneralSecurityException {
        return create(folder, subject, "EC");
    }

    /** Makes one with a key of another kind than EC, such as RSA. */
    static SelfSigned create(Path folder, String subject, String algorithm)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path file = Files.createTempDirectory(folder, "key").resolve("key.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Commands.run(
                keytool,
                "-genkeypair",
                "-alias",
                "it",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=test",
                "-ext",
                "san=" + subject,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return new SelfSigned(store);
    }

    /** What a server needs to speak TLS with it. */
    public SSLContext context() throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** The certificate in DER. */
    byte[] encodedCertificate() throws GeneralSecurityException {
        return store.getCertificate("it").getEncoded();
    }

    /** The private key. */
    PrivateKey privateKey() throws GeneralSecurityException {
        return (PrivateKey) store.getKey("it", PASSWORD.toCharArray());
    }

    /** The certificate in PEM. */
    public String certificate() throws GeneralSecurityException {
        return pem("CERTIFICATE", encodedCertificate());
    }

    /** The private key in PEM. */
    public String key() throws GeneralSecurityException {
        return pem("PRIVATE KEY", privateKey().getEncoded());
    }

    private static String pem(String kind, byte[] content) {
        String body = Base64.getMimeEncoder().encodeToString(content);
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }
}
