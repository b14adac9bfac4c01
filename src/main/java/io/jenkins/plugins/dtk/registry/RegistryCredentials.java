package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.text.Quote;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Who we are to each registry. Its text never shows a secret. */
public final class RegistryCredentials {

    private static final RegistryCredentials NONE = new RegistryCredentials(Map.of());

    private final Map<String, Login> logins;

    RegistryCredentials(Map<String, Login> logins) {
        this.logins = new TreeMap<>(logins);
    }

    /** No credentials: every registry is asked anonymously. */
    public static RegistryCredentials none() {
        return NONE;
    }

    /**
     * A user's name and password for a registry, or for a part of it.
     *
     * @param registry {@code quay.io} or {@code quay.io/acme}
     * @throws IllegalArgumentException when a part is empty; the message holds nothing of the password
     */
    public static RegistryCredentials of(String registry, String user, String password) {
        String prefix = DockerConfig.prefix(registry);
        if (prefix.isEmpty()) {
            throw new IllegalArgumentException("credentials without a registry: name it, such as quay.io");
        }
        if (user.isEmpty() || password.isEmpty()) {
            throw new IllegalArgumentException("the credentials for " + Quote.shorten(registry) + " lack "
                    + (user.isEmpty() ? "a user" : "a password"));
        }
        return new RegistryCredentials(Map.of(prefix, Login.password(prefix, user, password)));
    }

    /**
     * Reads a pull secret or any other {@code config.json} of docker and podman.
     *
     * @param what names it in errors, such as {@code pull secret 'openshift-pull-secret'}
     * @throws IllegalArgumentException with one line that holds nothing of the secret
     */
    public static RegistryCredentials fromDockerConfig(String json, String what) {
        return new RegistryCredentials(DockerConfig.read(json, what));
    }

    /** These and the others; for the same prefix these win, and the longest prefix wins over all. */
    public RegistryCredentials plus(RegistryCredentials others) {
        Map<String, Login> both = new TreeMap<>(others.logins);
        both.putAll(logins);
        return new RegistryCredentials(both);
    }

    /** The login with the longest prefix of this repository, by whole parts of the path. */
    Optional<Login> find(ImageReference repository) {
        String prefix = DockerConfig.prefix(repository.name());
        while (true) {
            Login login = logins.get(prefix);
            int slash = prefix.lastIndexOf('/');
            if (login != null || slash < 0) {
                return Optional.ofNullable(login);
            }
            prefix = prefix.substring(0, slash);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RegistryCredentials those && logins.equals(those.logins);
    }

    @Override
    public int hashCode() {
        return logins.hashCode();
    }

    /** Names the registries alone. */
    @Override
    public String toString() {
        return "credentials for " + (logins.isEmpty() ? "no registry" : String.join(", ", logins.keySet()));
    }
}
