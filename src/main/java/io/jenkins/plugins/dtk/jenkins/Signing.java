package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import io.jenkins.plugins.dtk.driver.ModuleSigning;
import io.jenkins.plugins.dtk.kmod.SigningKey;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * With which credentials the modules of a branch are signed, kept as their IDs; what is stored has no secret. Without a key
 * a command on the agent signs.
 */
final class Signing implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String keyId;
    private final String certificateId;
    private final ArrayList<String> files;

    /**
     * @param keyId null: a command signs
     * @param certificateId null: signatures are not verified
     * @param files which modules, as in KMM's {@code filesToSign}; empty: all of the vendor's
     */
    Signing(String keyId, String certificateId, List<String> files) {
        this.keyId = keyId;
        this.certificateId = certificateId;
        this.files = new ArrayList<>(files);
    }

    /**
     * What the parameters of a step say, checked before anything is built.
     *
     * @param function the step's name
     * @return null for nothing
     * @throws AbortException when they contradict each other, or a credential is not what it should be; one line
     */
    static Signing of(DriverTaskStep step, String function, StepCredentials credentials) throws AbortException {
        boolean byCommand = step.getSignCommand() != null;
        if (step.getSigningKeyId() == null && !byCommand) {
            if (step.getSigningCertificateId() != null || !step.getFilesToSign().isEmpty()) {
                throw new AbortException(function + ": signingCertificateId and filesToSign go with signingKeyId or"
                        + " signCommand, which are missing");
            }
            return null;
        }
        if (step.getSigningKeyId() != null && byCommand) {
            throw new AbortException(
                    function + ": signingKeyId signs the modules, and so does signCommand; leave one out");
        }
        if (!byCommand && step.getSigningCertificateId() == null) {
            throw new AbortException(function + ": signingKeyId goes with signingCertificateId, which is missing");
        }
        Signing signing = new Signing(step.getSigningKeyId(), step.getSigningCertificateId(), step.getFilesToSign());
        Material material = signing.material(credentials);
        Arguments.checked(function + (byCommand ? ": signingCertificateId" : ": signingKeyId"), material::check);
        return signing;
    }

    /**
     * Key and certificate, as they are sent to the agent that signs: in memory alone.
     *
     * @throws AbortException when one is missing or of the wrong kind; one line
     */
    Material material(StepCredentials credentials) throws AbortException {
        return new Material(
                keyId == null ? null : credentials.content("signingKeyId", keyId),
                certificateId == null ? null : credentials.content("signingCertificateId", certificateId),
                files);
    }

    /** A key with its certificate, in PEM; each may be null. */
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
        Void check() {
            if (key == null) {
                known();
            } else {
                pair();
            }
            return null;
        }

        /** @param folder of the build, on the agent */
        ModuleSigning signing(Path folder) {
            return key == null ? ModuleSigning.byCommand(folder, known(), files) : new ModuleSigning(pair(), files);
        }

        private SigningKey pair() {
            return SigningKey.read(bytes(key), bytes(certificate));
        }

        private Optional<X509Certificate> known() {
            return certificate == null ? Optional.empty() : Optional.of(SigningKey.certificate(bytes(certificate)));
        }

        private static byte[] bytes(String pem) {
            return pem.getBytes(StandardCharsets.ISO_8859_1);
        }
    }
}
