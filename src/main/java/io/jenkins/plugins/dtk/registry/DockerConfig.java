package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.json.JsonDocument;
import io.jenkins.plugins.dtk.text.Foreign;
import io.jenkins.plugins.dtk.text.Quote;
import java.util.LinkedHashMap;
import java.util.List;
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

    /** The pull secrets of large sites have some hundred. */
    private static final int MOST_ENTRIES = 10_000;

    private static final int MOST_KEPT = 16 << 20;

    static DockerConfig parse(String text, String what) {
        String json = Foreign.withoutMark(text);
        Foreign.form(json).ifPresent(form -> {
            throw new IllegalArgumentException(what + " is " + form);
        });
        DockerFile file;
        try {
            file = JsonDocument.named(what)
                    .keeping(MOST_KEPT)
                    .parse(json, root -> DockerFile.parse(root, MOST_ENTRIES));
        } catch (Failure e) {
            throw new IllegalArgumentException(e.reason());
        }
        if (!file.isObject()) {
            throw new IllegalArgumentException(what + " is not a JSON object like a docker config.json");
        }
        return file.logins()
                .map(entries -> of(file, entries, what))
                .orElseThrow(() -> new IllegalArgumentException(
                        what + ": its 'auths' is not an object with one entry for each registry"));
    }

    private static DockerConfig of(DockerFile file, List<DockerEntry> entries, String what) {
        DockerConfig config = new DockerConfig(new LinkedHashMap<>(), new LinkedHashMap<>());
        file.helpers().forEach((registry, helper) -> config.helpers.put(prefix(registry), helper));
        entries.forEach(entry -> config.add(entry, file.store(), what));
        if (config.logins.values().stream().allMatch(login -> login.unusable() != null)) {
            throw new IllegalArgumentException(config.why(file.store(), what));
        }
        return config;
    }

    private void add(DockerEntry entry, String store, String what) {
        String prefix = prefix(entry.registry());
        Login login;
        try {
            login = entry.login(prefix);
        } catch (IllegalArgumentException e) {
            login = Login.unusable(
                    prefix, what + ": the entry for " + Quote.shorten(entry.registry()) + " " + e.getMessage());
        }
        if (login != null) {
            logins.putIfAbsent(prefix, login);
        } else if (!store.isEmpty()) {
            helpers.putIfAbsent(prefix, store);
        }
    }

    private String why(String store, String what) {
        if (!logins.isEmpty()) {
            return logins.values().iterator().next().unusable();
        }
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
