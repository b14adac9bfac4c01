package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.json.JsonCursor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** One entry of a {@code config.json}. What is wrong with it is said when it is asked for. */
final class DockerEntry {

    private static final Set<String> FIELDS = Set.of("auth", "username", "password", "identitytoken", "registrytoken");

    private final String registry;
    private final Map<String, String> texts = new HashMap<>();
    private String wrong;

    private DockerEntry(String registry) {
        this.registry = registry;
    }

    static DockerEntry parse(String registry, JsonCursor value) throws IOException {
        DockerEntry entry = new DockerEntry(registry);
        if (value.isObject()) {
            value.fields(entry::field);
        } else {
            entry.wrong = "is not an object";
            value.anyText();
        }
        return entry;
    }

    private void field(String name, JsonCursor value) throws IOException {
        if (!FIELDS.contains(name) || value.isNull()) {
            return;
        }
        String text = value.anyText();
        if (text == null) {
            wrong = "has a field '" + name + "' that is not text";
        } else if (!text.isEmpty()) {
            texts.put(name, text);
        }
    }

    String registry() {
        return registry;
    }

    /**
     * The login in it; null for an empty one, which docker writes when a helper keeps the secret.
     *
     * @throws IllegalArgumentException with what is wrong with the entry
     */
    Login login(String prefix) {
        if (wrong != null) {
            throw new IllegalArgumentException(wrong);
        }
        String identityToken = texts.get("identitytoken");
        String registryToken = texts.get("registrytoken");
        String user = texts.get("username");
        String password = texts.get("password");
        if (texts.containsKey("auth")) {
            String pair = decode(texts.get("auth"));
            int colon = pair.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("has an 'auth' that is not base64 of user:password");
            }
            user = pair.substring(0, colon);
            password = pair.substring(colon + 1);
        }
        if (identityToken != null || registryToken != null) {
            if (registryToken != null && !BearerToken.isSendable(registryToken)) {
                throw new IllegalArgumentException("has a 'registrytoken' that cannot be sent");
            }
            return new Login(prefix, user, null, identityToken, registryToken, null);
        }
        if (user == null && password == null) {
            return null;
        }
        if (user == null || password == null || password.isEmpty()) {
            throw new IllegalArgumentException("lacks " + (user == null ? "a user name" : "a password"));
        }
        return Login.password(prefix, user, password);
    }

    /** Base64 as tools write it: either alphabet, padded or not, with or without line breaks; docker may add NULs. */
    private static String decode(String auth) {
        String standard = auth.replaceAll("\\s", "").replace('-', '+').replace('_', '/');
        try {
            byte[] pair = Base64.getDecoder().decode(standard.replaceAll("=+$", ""));
            return new String(pair, StandardCharsets.UTF_8).replaceAll("[\\x00\\r\\n]+$", "");
        } catch (IllegalArgumentException e) {
            // Without the cause: it quotes a part of the input.
            throw new IllegalArgumentException("has an 'auth' that is not base64");
        }
    }
}
