package io.jenkins.plugins.dtk.rhsm;

/**
 * A system that is registered with RHSM.
 *
 * @param name what RHSM calls it
 * @param uuid by which RHSM knows it
 * @param certificate with which it identifies itself to RHSM, in PEM
 * @param key the private key of the certificate, in PEM: a secret
 */
public record RhsmSystem(String name, String uuid, String certificate, String key) {

    /** {@code NAME (UUID)}: never the key. */
    @Override
    public String toString() {
        return name + " (" + uuid + ")";
    }
}
