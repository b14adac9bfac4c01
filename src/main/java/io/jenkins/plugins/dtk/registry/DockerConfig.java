package io.jenkins.plugins.dtk.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.dtk.oci.Json;
import io.jenkins.plugins.dtk.text.Foreign;
import io.jenkins.plugins.dtk.text.Quote;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the logins in a {@code config.json} of docker or podman: {@code auth}, {@code username} with {@code password},
 * {@code identitytoken}, {@code registrytoken}; also the older {@code .dockercfg} without {@code auths}. An entry that
 * cannot be used is kept with the reason: it matters only to those who ask its registry.
 *
 * @param logins by their prefix
 * @param helpers by the prefix of the registries whose login a credential helper keeps: the helper's name
 */
record DockerConfig(Map<String, Login> logins, Map<String, String> helpers) {

    static DockerConfig read(String text, String what) {
        String json = Foreign.withoutMark(text);
        JsonNode root = tree(json, what);
        JsonNode auths = root.has("auths") ? root.get("auths") : root;
        if (!auths.isObject()) {
            throw new IllegalArgumentException(
                    what + ": its 'auths' is not an object with one entry for each registry");
        }
        DockerConfig config = new DockerConfig(new LinkedHashMap<>(), new LinkedHashMap<>());
        config.addHelpers(root);
        for (Map.Entry<String, JsonNode> entry : auths.properties()) {
            if (root.has("auths") || entry.getValue().isObject()) { // Else it is another setting beside the logins.
                config.add(
                        entry.getKey(),
                        entry.getValue(),
                        root.path("credsStore").asText(),
                        what);
            }
        }
        if (config.logins.values().stream().allMatch(login -> login.unusable() != null)) {
            throw new IllegalArgumentException(config.why(root, what));
        }
        return config;
    }

    private void addHelpers(JsonNode root) {
        for (Map.Entry<String, JsonNode> helper : root.path("credHelpers").properties()) {
            helpers.put(prefix(helper.getKey()), helper.getValue().asText());
        }
    }

    private void add(String registry, JsonNode entry, String store, String what) {
        String prefix = prefix(registry);
        Login login;
        try {
            login = login(prefix, entry);
        } catch (IllegalArgumentException e) {
            login = Login.unusable(prefix, what + ": the entry for " + Quote.shorten(registry) + " " + e.getMessage());
        }
        if (login != null) {
            logins.putIfAbsent(prefix, login);
        } else if (!store.isEmpty()) {
            helpers.putIfAbsent(prefix, store);
        }
    }

    private String why(JsonNode root, String what) {
        if (!logins.isEmpty()) {
            return logins.values().iterator().next().unusable();
        }
        String store = root.path("credsStore").asText();
        String helper = helpers.isEmpty() ? store : helpers.values().iterator().next();
        return what + " holds no login"
                + (helper.isEmpty()
                        ? ": it should look like {\"auths\":{\"quay.io\":{\"auth\":\"...\"}}}"
                        : ": it points to the credential helper " + Quote.of(helper)
                                + (helpers.containsValue(store) || helpers.isEmpty()
                                        ? " (credsStore)"
                                        : " (credHelpers)")
                                + ", which is not run here; write a login into a file with podman login --authfile");
    }

    private static JsonNode tree(String json, String what) {
        String foreign = Foreign.form(json).orElse(null);
        if (foreign != null) {
            throw new IllegalArgumentException(what + " is " + foreign);
        }
        try {
            JsonNode root = Json.MAPPER.readTree(json);
            if (root != null && root.isObject()) {
                return root;
            }
        } catch (JsonProcessingException e) {
            // Not the parser's own text and not as a cause: both quote the input, which is the secret.
            throw new IllegalArgumentException(what + " is not usable JSON" + Json.position(e));
        }
        throw new IllegalArgumentException(what + " is not a JSON object like a docker config.json");
    }

    /**
     * The login in one entry; null for an empty one, which docker writes when a helper keeps the secret.
     *
     * @throws IllegalArgumentException with what is wrong with the entry
     */
    private static Login login(String prefix, JsonNode entry) {
        if (!entry.isObject()) {
            throw new IllegalArgumentException("is not an object");
        }
        String identityToken = text(entry, "identitytoken");
        String registryToken = text(entry, "registrytoken");
        String user = text(entry, "username");
        String password = text(entry, "password");
        String auth = text(entry, "auth");
        if (auth != null) {
            String pair = decode(auth);
            int colon = pair.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("has an 'auth' that is not base64 of user:password");
            }
            user = pair.substring(0, colon);
            password = pair.substring(colon + 1);
        }
        if (identityToken != null || registryToken != null) {
            if (registryToken != null && !registryToken.matches("[\\x21-\\x7e]+")) {
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

    private static String text(JsonNode entry, String field) {
        JsonNode value = entry.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new IllegalArgumentException("has a field '" + field + "' that is not text");
        }
        return value.textValue().isEmpty() ? null : value.textValue();
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

    /** A key of the file as a prefix of names: old docker wrote addresses such as {@code https://index.docker.io/v1/}. */
    static String prefix(String key) {
        String name = key.strip().replaceFirst("^https?://", "").replaceFirst("^([^/]+)/v[12]/?$", "$1");
        while (name.endsWith("/")) {
            name = name.substring(0, name.length() - 1);
        }
        int slash = name.indexOf('/');
        String host = (slash < 0 ? name : name.substring(0, slash)).toLowerCase(Locale.ROOT);
        String path = slash < 0 ? "" : name.substring(slash);
        return (host.equals("index.docker.io") || host.equals("registry-1.docker.io") ? "docker.io" : host) + path;
    }
}
