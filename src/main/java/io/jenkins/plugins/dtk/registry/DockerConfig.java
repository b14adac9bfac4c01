package io.jenkins.plugins.dtk.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.dtk.oci.Json;
import io.jenkins.plugins.dtk.text.Quote;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the logins in a {@code config.json} of docker or podman: {@code auth}, {@code username} with {@code password},
 * {@code identitytoken}, {@code registrytoken}; also the older {@code .dockercfg} without {@code auths}.
 */
final class DockerConfig {

    private DockerConfig() {}

    static Map<String, Login> read(String json, String what) {
        JsonNode root = tree(json, what);
        JsonNode auths = root.has("auths") ? root.get("auths") : root;
        if (!auths.isObject()) {
            throw new IllegalArgumentException(
                    what + ": its 'auths' is not an object with one entry for each registry");
        }
        Map<String, Login> logins = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : auths.properties()) {
            if (!root.has("auths") && !entry.getValue().isObject()) {
                continue; // Another setting beside the logins.
            }
            Login login = login(entry.getKey(), entry.getValue(), what);
            if (login != null) {
                logins.putIfAbsent(login.prefix(), login);
            }
        }
        if (logins.isEmpty()) {
            throw new IllegalArgumentException(what + " holds no login"
                    + (root.has("credsStore") || root.has("credHelpers")
                            ? ": it points to a credential helper, which does not exist here; log in with --authfile"
                            : ": it should look like {\"auths\":{\"quay.io\":{\"auth\":\"...\"}}}"));
        }
        return logins;
    }

    private static JsonNode tree(String json, String what) {
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

    /** The login in one entry; null for an empty one, which docker writes when a helper keeps the secret. */
    private static Login login(String registry, JsonNode entry, String what) {
        String place = what + ": the entry for " + Quote.shorten(registry);
        String prefix = prefix(registry);
        if (!entry.isObject()) {
            throw new IllegalArgumentException(place + " is not an object");
        }
        String identityToken = text(entry, "identitytoken", place);
        String registryToken = text(entry, "registrytoken", place);
        String user = text(entry, "username", place);
        String password = text(entry, "password", place);
        String auth = text(entry, "auth", place);
        if (auth != null) {
            String pair = decode(auth, place);
            int colon = pair.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException(place + " has an 'auth' that is not base64 of user:password");
            }
            user = pair.substring(0, colon);
            password = pair.substring(colon + 1);
        }
        if (identityToken != null || registryToken != null) {
            if (registryToken != null && !registryToken.matches("[\\x21-\\x7e]+")) {
                throw new IllegalArgumentException(place + " has a 'registrytoken' that cannot be sent");
            }
            return new Login(prefix, user, null, identityToken, registryToken);
        }
        if (user == null && password == null) {
            return null;
        }
        if (user == null || password == null || password.isEmpty()) {
            throw new IllegalArgumentException(place + " lacks " + (user == null ? "a user name" : "a password"));
        }
        return Login.password(prefix, user, password);
    }

    private static String text(JsonNode entry, String field, String place) {
        JsonNode value = entry.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new IllegalArgumentException(place + " has a field '" + field + "' that is not text");
        }
        return value.textValue().isEmpty() ? null : value.textValue();
    }

    /** Base64 as tools write it: either alphabet, padded or not, with or without line breaks; docker may add NULs. */
    private static String decode(String auth, String place) {
        String standard = auth.replaceAll("\\s", "").replace('-', '+').replace('_', '/');
        try {
            byte[] pair = Base64.getDecoder().decode(standard.replaceAll("=+$", ""));
            return new String(pair, StandardCharsets.UTF_8).replaceAll("[\\x00\\r\\n]+$", "");
        } catch (IllegalArgumentException e) {
            // Without the cause: it quotes a part of the input.
            throw new IllegalArgumentException(place + " has an 'auth' that is not base64");
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
