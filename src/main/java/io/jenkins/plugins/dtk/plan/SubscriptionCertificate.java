package io.jenkins.plugins.dtk.plan;

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
        this.pem = pem;
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
