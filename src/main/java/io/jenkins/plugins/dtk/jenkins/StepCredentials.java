package io.jenkins.plugins.dtk.jenkins;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.plan.SubscriptionCertificate;
import io.jenkins.plugins.dtk.registry.RegistryCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * Finds the credentials that a step names by ID, as the build may use them. A missing ID and an ID of the wrong type
 * are two errors, each of one line.
 */
final class StepCredentials {

    /** Larger than any pull secret or certificate. */
    private static final int MAX_FILE = 1 << 20;

    private final Run<?, ?> run;
    private final boolean tracked;

    /** Notes with each credential that the build uses it. */
    StepCredentials(Run<?, ?> run) {
        this(run, true);
    }

    private StepCredentials(Run<?, ?> run, boolean tracked) {
        this.run = run;
        this.tracked = tracked;
    }

    /** For credentials whose use has been noted: hundreds of branches look them up, and each note is a file written. */
    static StepCredentials again(Run<?, ?> run) {
        return new StepCredentials(run, false);
    }

    /** Secret text. */
    String text(String parameter, String id) throws AbortException {
        return find(parameter, id, StringCredentials.class, "secret text")
                .getSecret()
                .getPlainText();
    }

    /** User and password. */
    StandardUsernamePasswordCredentials login(String parameter, String id) throws AbortException {
        return find(parameter, id, StandardUsernamePasswordCredentials.class, "user name with password");
    }

    /** A pull secret, kept as a secret file or as secret text; none for null. */
    RegistryCredentials pullSecret(String parameter, String id) throws AbortException {
        if (id == null) {
            return RegistryCredentials.none();
        }
        try {
            return RegistryCredentials.fromDockerConfig(content(parameter, id), "credential '" + id + "'");
        } catch (IllegalArgumentException e) {
            throw new AbortException(parameter + ": " + e.getMessage());
        }
    }

    /** The certificate of a registered system, with its key. */
    SubscriptionCertificate certificate(String parameter, String id) throws AbortException {
        try {
            return new SubscriptionCertificate(content(parameter, id));
        } catch (IllegalArgumentException e) {
            throw new AbortException(parameter + ": credential '" + id + "' holds " + e.getMessage());
        }
    }

    /** What a secret file or a secret text holds. */
    String content(String parameter, String id) throws AbortException {
        IdCredentials found = find(parameter, id, IdCredentials.class, "secret file or secret text");
        if (found instanceof FileCredentials file) {
            return secret(parameter, id, file);
        }
        if (found instanceof StringCredentials text) {
            return text.getSecret().getPlainText();
        }
        throw wrongType(parameter, id, "secret file or secret text", found);
    }

    /** The login for one repository; none for null. */
    RegistryCredentials registry(String parameter, String id, ImageReference image) throws AbortException {
        if (id == null) {
            return RegistryCredentials.none();
        }
        StandardUsernamePasswordCredentials login = login(parameter, id);
        return RegistryCredentials.of(
                image.name(), login.getUsername(), login.getPassword().getPlainText());
    }

    private <C extends IdCredentials> C find(String parameter, String id, Class<C> type, String kind)
            throws AbortException {
        C found = CredentialsProvider.findCredentialById(id, type, run);
        if (found != null) {
            return tracked ? CredentialsProvider.track(run, found) : found;
        }
        IdCredentials other = CredentialsProvider.findCredentialById(id, IdCredentials.class, run);
        if (other != null) {
            throw wrongType(parameter, id, kind, other);
        }
        throw new AbortException(parameter + ": there is no credential with the ID '" + id
                + "' that this build may use; add one of the kind " + kind + ", or correct the ID");
    }

    private static AbortException wrongType(String parameter, String id, String kind, IdCredentials found) {
        return new AbortException(parameter + ": credential '" + id + "' is of the wrong kind (" + kindOf(found)
                + "); a " + kind + " is needed");
    }

    private static String kindOf(IdCredentials found) {
        if (found instanceof StringCredentials) {
            return "secret text";
        }
        if (found instanceof FileCredentials) {
            return "secret file";
        }
        return found instanceof StandardUsernamePasswordCredentials ? "user name with password" : "another kind";
    }

    private static String secret(String parameter, String id, FileCredentials file) throws AbortException {
        try (InputStream content = file.getContent()) {
            byte[] bytes = content.readNBytes(MAX_FILE + 1);
            if (bytes.length <= MAX_FILE) {
                return new String(bytes, StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new AbortException(parameter + ": the file of credential '" + id + "' cannot be read");
        }
        throw new AbortException(parameter + ": the file of credential '" + id + "' is larger than 1 MiB");
    }
}
