package io.jenkins.plugins.dtk.jenkins;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.model.Run;
import io.jenkins.plugins.dtk.build.SecretMask;
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
    static final String CERTIFICATE = "RHSM_CERTIFICATE";
    static final String USER = "DTK_REGISTRY_USER";
    static final String PASSWORD = "DTK_REGISTRY_PASSWORD";

    private final StepContext context;
    private final String orgId;
    private final String activationKeyId;
    private final String certificateId;
    private final String registryId;

    /**
     * @param context of the step that holds the branches; it finds the build even while that is being loaded
     */
    BranchSecrets(StepContext context, String orgId, String activationKeyId, String certificateId, String registryId) {
        this.context = context;
        this.orgId = orgId;
        this.activationKeyId = activationKeyId;
        this.certificateId = certificateId;
        this.registryId = registryId;
    }

    /** The names of the variables that are bound. */
    Set<String> names() {
        Map<String, Boolean> names = new LinkedHashMap<>();
        names.put(ORG, orgId != null);
        names.put(ACTIVATION_KEY, activationKeyId != null);
        names.put(CERTIFICATE, certificateId != null);
        names.put(USER, registryId != null);
        names.put(PASSWORD, registryId != null);
        names.values().removeIf(bound -> !bound);
        return names.keySet();
    }

    /**
     * Looks all of them up for the first time, and notes that the build uses them.
     *
     * @throws IOException when one is missing or of the wrong kind; one line
     */
    void check() throws IOException, InterruptedException {
        values(new StepCredentials(context.get(Run.class)));
    }

    /**
     * Looks all of them up.
     *
     * @throws IOException when one is missing or of the wrong kind; one line
     */
    Map<String, String> values() throws IOException, InterruptedException {
        return values(StepCredentials.again(context.get(Run.class)));
    }

    private Map<String, String> values(StepCredentials credentials) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        if (orgId != null) {
            values.put(ORG, credentials.text("rhsmOrgId", orgId));
        }
        if (activationKeyId != null) {
            values.put(ACTIVATION_KEY, credentials.text("rhsmActivationKeyId", activationKeyId));
        }
        if (certificateId != null) {
            values.put(CERTIFICATE, credentials.content("rhsmCertificateId", certificateId));
        }
        if (registryId != null) {
            StandardUsernamePasswordCredentials login = credentials.login("registryCredentialsId", registryId);
            values.put(USER, login.getUsername());
            values.put(PASSWORD, login.getPassword().getPlainText());
        }
        return values;
    }

    /**
     * A text with all of them hidden. Where they cannot be looked up, nobody can tell whether it holds one: it is
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

    /** Hides them, and the user and password as a registry's login joins them. The user's name is no secret. */
    SecretMask mask() throws IOException, InterruptedException {
        Map<String, String> values = new LinkedHashMap<>(values());
        String user = values.remove(USER);
        List<String> secrets = new ArrayList<>(values.values());
        if (user != null) {
            secrets.add(user + ":" + values.get(PASSWORD));
        }
        return new SecretMask(secrets);
    }
}
