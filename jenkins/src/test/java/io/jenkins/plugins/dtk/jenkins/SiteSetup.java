package io.jenkins.plugins.dtk.jenkins;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Descriptor.FormException;
import hudson.util.Secret;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;

/**
 * What a Jenkins has to know of an {@link OpenShiftSite}: the places and the credentials. The Jenkins may be another process.
 *
 * @param registry where the registry is, HOST:PORT
 * @param graph where the update graph is
 * @param password of the one who may pull and push
 * @param organisation of the subscription service
 * @param activationKey of the subscription service
 */
record SiteSetup(String registry, String graph, String password, String organisation, String activationKey)
        implements Serializable {

    static final String USER = "acme+push";

    private static final int UUID_LENGTH = 36;

    /** New secrets, of characters that look another way in each encoding. */
    static SiteSetup secrets() {
        return new SiteSetup("", "", "p+s/w %" + random(), "org=" + random(), "key&" + random());
    }

    private static String random() {
        return UUID.randomUUID().toString();
    }

    SiteSetup at(String registry, String graph) {
        return new SiteSetup(registry, graph, password, organisation, activationKey);
    }

    /** The same site, with the library behind another place. */
    SiteSetup behind(String place) {
        return at(place, graph);
    }

    /** What may be seen nowhere. */
    List<String> all() {
        return List.of(password, organisation, activationKey);
    }

    /** The part of each that looks the same in a file of any kind, such as XML. */
    List<String> cores() {
        return all().stream()
                .map(secret -> secret.substring(secret.length() - UUID_LENGTH))
                .toList();
    }

    /** Sets up the Jenkins of this process. */
    void apply() throws IOException, FormException {
        DtkConfiguration configuration = DtkConfiguration.get();
        configuration.setGraphUrl(graph);
        configuration.setPlainHttpRegistries(List.of(registry));
        configuration.setRegistryLocations(List.of("quay.io=" + registry, "registry.access.redhat.com=" + registry));
        List<Credentials> all = SystemCredentialsProvider.getInstance().getCredentials();
        all.add(new FileCredentialsImpl(
                CredentialsScope.GLOBAL,
                "openshift-pull-secret",
                "",
                "pull-secret.json",
                SecretBytes.fromBytes(pullSecret().getBytes(StandardCharsets.UTF_8))));
        all.add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "quay-push", "", USER, password));
        all.add(new UsernamePasswordCredentialsImpl(
                CredentialsScope.GLOBAL, "quay-wrong", "", USER, "not-the-password"));
        all.add(text("rhsm-org", organisation));
        all.add(text("rhsm-activation-key", activationKey));
        SystemCredentialsProvider.getInstance().save();
    }

    static Credentials text(String id, String value) {
        return new StringCredentialsImpl(CredentialsScope.GLOBAL, id, "", Secret.fromString(value));
    }

    private String pullSecret() {
        String auth = Base64.getEncoder().encodeToString((USER + ":" + password).getBytes(StandardCharsets.UTF_8));
        return "{\"auths\":{\"quay.io\":{\"auth\":\"%1$s\"},\"registry.access.redhat.com\":{\"auth\":\"%1$s\"}}}"
                .formatted(auth);
    }
}
