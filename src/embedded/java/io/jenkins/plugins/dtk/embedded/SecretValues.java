package io.jenkins.plugins.dtk.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * What of a credential's text is secret. Of most texts that is all of it; of JSON, such as a pull secret, it is the
 * values of certain fields, since its braces and the names of registries are in every log.
 */
final class SecretValues {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Fields of docker's config.json, and what other JSON secrets commonly have. */
    private static final Set<String> SECRET_FIELDS =
            Set.of("auth", "password", "identitytoken", "registrytoken", "token", "secret", "private_key");

    private SecretValues() {}

    static List<String> of(String text) {
        List<String> secrets = new ArrayList<>();
        if (text.stripLeading().startsWith("{")) {
            try {
                collect(JSON.readTree(text), secrets);
                return secrets;
            } catch (JsonProcessingException e) {
                secrets.clear();
            }
        }
        secrets.add(text);
        return secrets;
    }

    private static void collect(JsonNode node, List<String> secrets) {
        node.properties().forEach(field -> {
            if (field.getValue().isTextual() && SECRET_FIELDS.contains(field.getKey())) {
                addValue(field.getKey(), field.getValue().textValue(), secrets);
            }
        });
        node.forEach(child -> collect(child, secrets));
    }

    /** Docker's {@code auth} is the base64 of {@code user:password}. */
    private static void addValue(String field, String value, List<String> secrets) {
        secrets.add(value);
        if (field.equals("auth")) {
            try {
                String login = new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
                secrets.add(login);
                secrets.add(login.substring(login.indexOf(':') + 1));
            } catch (IllegalArgumentException e) {
                return; // not base64, so there is nothing inside it
            }
        }
    }
}
