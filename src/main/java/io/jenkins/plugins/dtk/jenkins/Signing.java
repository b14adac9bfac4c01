package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import io.jenkins.plugins.dtk.driver.ModuleSigning;
import io.jenkins.plugins.dtk.kmod.SigningKey;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** With which credentials the modules of a branch are signed, kept as their IDs; what is stored has no secret. */
final class Signing implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String keyId;
    private final String certificateId;
    private final ArrayList<String> files;

    /** @param files which modules, as in KMM's {@code filesToSign}; empty: all of the vendor's */
    Signing(String keyId, String certificateId, List<String> files) {
        this.keyId = keyId;
        this.certificateId = certificateId;
        this.files = new ArrayList<>(files);
    }

    /**
     * Key and certificate, as they are sent to the agent that signs: in memory alone.
     *
     * @throws AbortException when one is missing or of the wrong kind; one line
     */
    Material material(StepCredentials credentials) throws AbortException {
        return new Material(
                credentials.content("signingKeyId", keyId),
                credentials.content("signingCertificateId", certificateId),
                files);
    }

    /** A key with its certificate, in PEM. */
    static final class Material implements Serializable {
        private static final long serialVersionUID = 1L;

        private final String key;
        private final String certificate;
        private final ArrayList<String> files;

        private Material(String key, String certificate, ArrayList<String> files) {
            this.key = key;
            this.certificate = certificate;
            this.files = files;
        }

        /** @throws IllegalArgumentException when they are no pair, or not what they should be; one line */
        ModuleSigning signing() {
            return new ModuleSigning(
                    SigningKey.read(
                            key.getBytes(StandardCharsets.ISO_8859_1),
                            certificate.getBytes(StandardCharsets.ISO_8859_1)),
                    files);
        }
    }
}
