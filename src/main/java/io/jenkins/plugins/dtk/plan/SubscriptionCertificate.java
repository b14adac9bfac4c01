package io.jenkins.plugins.dtk.plan;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A certificate with its key, with which packages are downloaded: as the variables of a branch, and what of it is
 * secret.
 */
public final class SubscriptionCertificate {

    /** The variable that holds it, or its beginning. */
    public static final String VARIABLE = "RHSM_CERTIFICATE";

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----([^-]*)-----END [A-Z ]{0,40}PRIVATE KEY-----");

    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----");

    private static final String ENTITLEMENT_VERSION = "1.3.6.1.4.1.2312.9.6";

    private static final Pattern SYSTEM = Pattern.compile("CN=[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(,|$)");

    private final String pem;
    private final List<String> keys = new ArrayList<>();

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when it has no certificate or no key; one line, without any of it
     */
    public SubscriptionCertificate(String pem) {
        Matcher key = KEY.matcher(pem);
        while (key.find()) {
            keys.add(key.group(1).strip());
        }
        if (keys.isEmpty() || !pem.contains("-----BEGIN CERTIFICATE-----")) {
            throw new IllegalArgumentException(
                    "no certificate with its private key in PEM, as in /etc/pki/entitlement");
        }
        Matcher certificate = CERTIFICATE.matcher(pem);
        while (certificate.find()) {
            if (isIdentity(certificate.group())) {
                throw new IllegalArgumentException(
                        "the identity of a system, as in /etc/pki/consumer, with which anybody"
                                + " could unregister it: give what is in its /etc/pki/entitlement");
            }
        }
        this.pem = pem;
    }

    /**
     * Whether a certificate names a system and gives access to nothing: Candlepin takes it for the system, while it takes
     * none with this extension (candlepin/candlepin auth/SSLAuth.java, checkForInvalidCertificateType).
     */
    private static boolean isIdentity(String pem) {
        try {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
            return certificate.getExtensionValue(ENTITLEMENT_VERSION) == null
                    && SYSTEM.matcher(certificate.getSubjectX500Principal().getName())
                            .find();
        } catch (CertificateException e) {
            return false; // whoever is given it will refuse it
        }
    }

    /** The variables: {@code RHSM_CERTIFICATE}, and {@code RHSM_CERTIFICATE_2}, {@code _3}... as it is longer. */
    public Map<String, String> variables() {
        return LongVariable.of(VARIABLE, pem);
    }

    /** The private keys. All else of a certificate is shown to every server. */
    public List<String> secrets() {
        return List.copyOf(keys);
    }
}
