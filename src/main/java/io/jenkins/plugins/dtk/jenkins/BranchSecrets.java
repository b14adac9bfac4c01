package io.jenkins.plugins.dtk.jenkins;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.plan.SubscriptionCertificate;
import io.jenkins.plugins.dtk.registry.RegistryCredentials;
import io.jenkins.plugins.dtk.text.SecretMask;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * The secrets of a branch, kept as the IDs of credentials. What is stored with the build are the IDs alone; the values
 * are looked up each time they are needed, also after a restart.
 */
final class BranchSecrets implements Serializable {

    private static final long serialVersionUID = 1L;

    static final String ORG = "RHSM_ORG";
    static final String ACTIVATION_KEY = "RHSM_ACTIVATIONKEY";
    static final String USER = "DTK_REGISTRY_USER";
    static final String PASSWORD = "DTK_REGISTRY_PASSWORD";

    /** All logins of a driver's branch, as builders read them. */
    static final String LOGINS = "DTK_LOGINS";

    /** Linux takes no longer variable. */
    private static final int LONGEST = 96 << 10;

    private final StepContext context;
    private final String orgId;
    private final String activationKeyId;
    private final String certificateId;
    private final String registryId;
    private final RunRegistration registration;

    /** Null for the branches of toolkits. */
    private final String driverImage;

    private final String pullSecretId;

    /**
     * Those that a step names.
     *
     * @param context of the step that holds the branches; it finds the build even while that is being loaded
     * @param registration has the certificate that branches get in place of organisation and key; null: none
     * @param driverImage the repository of a driver; null for toolkits
     */
    BranchSecrets(StepContext context, DtkBuildStep step, RunRegistration registration, String driverImage) {
        this.context = context;
        this.orgId = registration == null ? step.getRhsmOrgId() : null;
        this.activationKeyId = registration == null ? step.getRhsmActivationKeyId() : null;
        this.certificateId = step.getRhsmCertificateId();
        this.registryId = step.getRegistryCredentialsId();
        this.registration = registration;
        this.driverImage = driverImage;
        this.pullSecretId = step.getPullSecretId();
    }

    /** The names of the variables that are bound. */
    Set<String> names() {
        try {
            return values().keySet();
        } catch (IOException e) {
            return Set.of(); // none of them could be bound
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Set.of();
        }
    }

    /**
     * Looks all of them up for the first time, and notes that the build uses them. The run's system is registered when
     * all else is in order.
     *
     * @throws IOException when one is missing or of the wrong kind, or the registration failed; one line
     */
    void prepare() throws IOException, InterruptedException {
        StepCredentials credentials = new StepCredentials(context.get(Run.class));
        if (registration == null) {
            if (values(credentials).getOrDefault(LOGINS, "").length() > LONGEST) {
                throw new AbortException("pullSecretId: credential '" + pullSecretId
                        + "' is too long for an agent: leave out the logins that the build does not need");
            }
        } else {
            login(credentials);
            registration.register(credentials);
        }
    }

    /**
     * Looks all of them up.
     *
     * @throws IOException when one is missing or of the wrong kind; one line
     */
    Map<String, String> values() throws IOException, InterruptedException {
        return values(StepCredentials.again(context.get(Run.class)));
    }

    private Map<String, String> values(StepCredentials credentials) throws IOException, InterruptedException {
        Map<String, String> values = new LinkedHashMap<>();
        if (orgId != null) {
            values.put(ORG, credentials.text("rhsmOrgId", orgId));
        }
        if (activationKeyId != null) {
            values.put(ACTIVATION_KEY, credentials.text("rhsmActivationKeyId", activationKeyId));
        }
        SubscriptionCertificate certificate = certificate(credentials);
        if (certificate != null) {
            values.putAll(certificate.variables());
        }
        values.putAll(login(credentials));
        RegistryCredentials pulls = pulls(credentials);
        if (pulls != null) {
            values.put(LOGINS, pulls.dockerConfig(DtkConfiguration.settings().places()::located));
        }
        return values;
    }

    /** The logins with which a driver's toolkits and base images are pulled; null for toolkits. */
    private RegistryCredentials pulls(StepCredentials credentials) throws IOException {
        if (driverImage == null || registryId == null && pullSecretId == null) {
            return null;
        }
        return credentials
                .registry("registryCredentialsId", registryId, ImageReference.parse(driverImage))
                .plus(credentials.pullSecret("pullSecretId", pullSecretId));
    }

    private Map<String, String> login(StepCredentials credentials) throws IOException {
        if (registryId == null) {
            return Map.of();
        }
        StandardUsernamePasswordCredentials login = credentials.login("registryCredentialsId", registryId);
        return Map.of(USER, login.getUsername(), PASSWORD, login.getPassword().getPlainText());
    }

    /** Null for none. */
    private SubscriptionCertificate certificate(StepCredentials credentials) throws IOException, InterruptedException {
        if (registration != null) {
            return registration.certificate();
        }
        return certificateId == null ? null : credentials.certificate("rhsmCertificateId", certificateId);
    }

    /**
     * A text with all of them hidden. Where they cannot be looked up, it is unknown whether it holds one: it is
     * withheld.
     */
    String hide(String text) {
        try {
            return mask().hide(text);
        } catch (IOException e) {
            return "**** (withheld: " + e.getMessage() + ")";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "**** (withheld: interrupted)";
        }
    }

    /** What hides them; null where they cannot be looked up. */
    SecretMask lookUp() {
        try {
            return mask();
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /**
     * Hides them, and the user and password as a registry's login joins them. The user's name is no secret, and of a
     * certificate only its key is.
     */
    SecretMask mask() throws IOException, InterruptedException {
        Map<String, String> values = new LinkedHashMap<>(values());
        String user = values.remove(USER);
        RegistryCredentials pulls = pulls(StepCredentials.again(context.get(Run.class)));
        SubscriptionCertificate certificate = certificate(StepCredentials.again(context.get(Run.class)));
        if (certificate != null) {
            values.keySet().removeAll(certificate.variables().keySet());
        }
        List<String> secrets = new ArrayList<>(values.values());
        if (certificate != null) {
            secrets.addAll(certificate.secrets());
        }
        if (pulls != null) {
            secrets.addAll(pulls.secrets());
        }
        if (user != null) {
            secrets.add(user + ":" + values.get(PASSWORD));
        }
        return new SecretMask(secrets);
    }
}
