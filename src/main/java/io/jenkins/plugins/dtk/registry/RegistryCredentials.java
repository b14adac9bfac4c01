package io.jenkins.plugins.dtk.registry;

/** Who we are to each registry. Its text never shows a secret. */
public final class RegistryCredentials {

    private RegistryCredentials() {}

    /** No credentials: every registry is asked anonymously. */
    public static RegistryCredentials none() {
        return new RegistryCredentials();
    }

    /** A user's name and password for a registry, or for a part of it: {@code quay.io}, {@code quay.io/acme}. */
    public static RegistryCredentials of(String registry, String user, String password) {
        throw new UnsupportedOperationException();
    }

    /**
     * Reads a pull secret or any other {@code config.json} of docker and podman.
     *
     * @param what names it in errors, such as {@code pull secret 'openshift-pull-secret'}
     * @throws IllegalArgumentException with one line that holds nothing of the secret
     */
    public static RegistryCredentials fromDockerConfig(String json, String what) {
        throw new UnsupportedOperationException();
    }

    /** These and the others; for the same prefix these win, and the longest prefix wins over all. */
    public RegistryCredentials plus(RegistryCredentials others) {
        throw new UnsupportedOperationException();
    }
}
