package io.jenkins.plugins.dtk.registry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Who we are to the registries below one prefix. One of the three forms: a user with a password, an identity token
 * (a refresh token for the registry's token service), or a token for the registry itself.
 *
 * @param prefix {@code quay.io} or {@code quay.io/acme}; its host may be a pattern such as {@code *.example.com}
 * @param unusable why it cannot be used, in one line without a secret; null when it can
 */
record Login(String prefix, String user, String password, String identityToken, String registryToken, String unusable) {

    static Login password(String prefix, String user, String password) {
        return new Login(prefix, user, password, null, null, null);
    }

    static Login unusable(String prefix, String why) {
        return new Login(prefix, null, null, null, null, why);
    }

    boolean hasPassword() {
        return password != null;
    }

    /** The Authorization header of HTTP Basic. */
    String basic() {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** Names the prefix alone. */
    @Override
    public String toString() {
        return "login for " + prefix;
    }
}
