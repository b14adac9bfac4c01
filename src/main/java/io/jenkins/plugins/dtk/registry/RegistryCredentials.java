package io.jenkins.plugins.dtk.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.text.Quote;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Who we are to each registry. Its text never shows a secret. */
public final class RegistryCredentials {

    private static final RegistryCredentials NONE = new RegistryCredentials(Map.of(), Map.of());

    private static final int SHORTEST_SECRET = 4;

    private final Map<String, Login> logins;
    private final Map<String, String> helpers;

    private RegistryCredentials(Map<String, Login> logins, Map<String, String> helpers) {
        this.logins = new TreeMap<>(logins);
        this.helpers = new TreeMap<>(helpers);
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
        return new RegistryCredentials(Map.of(prefix, Login.password(prefix, user, password)), Map.of());
    }

    /**
     * Reads a pull secret or any other {@code config.json} of docker and podman. An entry that cannot be used is no
     * failure before its registry is asked, as long as another can.
     *
     * @param what names it in errors, such as {@code pull secret 'openshift-pull-secret'}
     * @throws IllegalArgumentException with one line that holds nothing of the secret
     */
    public static RegistryCredentials fromDockerConfig(String json, String what) {
        DockerConfig config = DockerConfig.parse(json, what);
        return new RegistryCredentials(config.logins(), config.helpers());
    }

    /** These and the others; for the same prefix these win, and the longest prefix wins over all. */
    public RegistryCredentials plus(RegistryCredentials others) {
        Map<String, Login> both = new TreeMap<>(others.logins);
        both.putAll(logins);
        Map<String, String> all = new TreeMap<>(others.helpers);
        all.putAll(helpers);
        return new RegistryCredentials(both, all);
    }

    /**
     * The login with the longest prefix of this repository, by whole parts of the path; where there is none, that of the
     * longest prefix whose host is a pattern that fits.
     */
    Optional<Login> find(ImageReference repository) {
        return longest(repository, logins).or(() -> logins.values().stream()
                .filter(login -> HostPattern.isPattern(login.prefix())
                        && new HostPattern(login.prefix()).matches(DockerConfig.prefix(repository.name())))
                .max(Comparator.comparingInt(login -> login.prefix().length())));
    }

    /**
     * The login for a repository as {@code USER:PASSWORD}, for those who take no other; nothing where there is none.
     *
     * @throws IllegalArgumentException when it is a token, kept by a credential helper or unusable; the message holds
     *     nothing of the secret
     */
    public Optional<String> password(ImageReference repository) {
        Optional<Login> login = find(repository);
        if (login.isEmpty() && helper(repository).isEmpty()) {
            return Optional.empty();
        }
        if (login.isEmpty() || !login.get().hasPassword()) {
            throw new IllegalArgumentException("the login for " + repository.name() + " is no user with password");
        }
        return Optional.of(login.get().user() + ":" + login.get().password());
    }

    /** The credential helper that keeps the login for this repository, where a file named one. */
    Optional<String> helper(ImageReference repository) {
        return longest(repository, helpers);
    }

    private static <T> Optional<T> longest(ImageReference repository, Map<String, T> byPrefix) {
        String prefix = DockerConfig.prefix(repository.name());
        while (true) {
            T found = byPrefix.get(prefix);
            int slash = prefix.lastIndexOf('/');
            if (found != null || slash < 0) {
                return Optional.ofNullable(found);
            }
            prefix = prefix.substring(0, slash);
        }
    }

    /**
     * All logins in the form that podman, buildah and docker read, on one line. It is as secret as they are.
     *
     * @param located where images really are: a builder asks there, and has to find the login under that name, too
     */
    public String dockerConfig(UnaryOperator<ImageReference> located) {
        ObjectNode all = new ObjectMapper().createObjectNode();
        ObjectNode auths = all.putObject("auths");
        logins.values().stream().filter(login -> login.unusable() == null).forEach(login -> {
            ObjectNode entry = auths.putObject(login.prefix());
            if (login.hasPassword()) {
                entry.put("auth", login.basic().substring("Basic ".length()));
            }
            if (login.identityToken() != null) {
                entry.put("identitytoken", login.identityToken());
            }
            if (login.registryToken() != null) {
                entry.put("registrytoken", login.registryToken());
            }
        });
        for (Login login : logins.values()) {
            String place = place(login.prefix(), located);
            if (auths.has(login.prefix()) && !auths.has(place)) {
                auths.set(place, auths.get(login.prefix()));
            }
        }
        return all.toString();
    }

    /** Where what has this prefix really is; the prefix itself where it is a pattern. */
    private static String place(String prefix, UnaryOperator<ImageReference> located) {
        try {
            return prefix.contains("/")
                    ? located.apply(ImageReference.parse(prefix)).name()
                    : located.apply(ImageReference.parse(prefix + "/any")).registry();
        } catch (IllegalArgumentException e) {
            return prefix;
        }
    }

    /** What no message may show. A shorter secret is in too many words to be hidden in one. */
    public List<String> secrets() {
        List<String> secrets = new ArrayList<>();
        for (Login login : logins.values()) {
            if (login.hasPassword()) {
                secrets.add(login.password());
                secrets.add(login.user() + ":" + login.password());
            }
            secrets.addAll(Arrays.asList(login.identityToken(), login.registryToken()));
        }
        secrets.removeIf(secret -> secret == null || secret.length() < SHORTEST_SECRET);
        return secrets;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RegistryCredentials those
                && logins.equals(those.logins)
                && helpers.equals(those.helpers);
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
