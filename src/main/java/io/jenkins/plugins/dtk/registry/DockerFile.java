package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.json.JsonCursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parts of a {@code config.json} of docker or podman that concern logins, as they stand there. */
final class DockerFile {

    private final int mostEntries;
    private boolean isObject;
    private boolean hasAuths;
    private List<DockerEntry> auths;

    /** Of a {@code .dockercfg}, where no {@code auths} is around the entries. */
    private final List<DockerEntry> bare = new ArrayList<>();

    private final Map<String, String> helpers = new LinkedHashMap<>();
    private String store = "";

    private DockerFile(int mostEntries) {
        this.mostEntries = mostEntries;
    }

    static DockerFile parse(JsonCursor root, int mostEntries) throws IOException {
        DockerFile file = new DockerFile(mostEntries);
        if (root.isObject()) {
            file.isObject = true;
            root.fields(file::field);
        }
        return file;
    }

    private void field(String name, JsonCursor value) throws IOException {
        if (name.equals("auths")) {
            hasAuths = true;
            if (value.isObject()) {
                auths = new ArrayList<>();
                value.fields((registry, entry) -> add(auths, registry, entry));
            }
        } else if (name.equals("credsStore")) {
            String text = value.anyText();
            store = text == null ? "" : text;
        } else if (name.equals("credHelpers") && value.isObject()) {
            value.fields((registry, helper) -> {
                String text = helper.anyText();
                helpers.put(registry, text == null ? "" : text);
            });
        } else if (value.isObject()) { // Else it is another setting beside the logins.
            add(bare, name, value);
        }
    }

    private void add(List<DockerEntry> entries, String registry, JsonCursor value) throws IOException {
        if (entries.size() == mostEntries) {
            throw value.invalid(
                    "it has more than " + mostEntries + " entries; keep those of the registries that are asked");
        }
        entries.add(DockerEntry.parse(registry, value));
    }

    boolean isObject() {
        return isObject;
    }

    /** The entries; nothing where {@code auths} is no object. */
    Optional<List<DockerEntry>> logins() {
        return hasAuths ? Optional.ofNullable(auths) : Optional.of(bare);
    }

    /** The helpers by the registries whose login they keep. */
    Map<String, String> helpers() {
        return helpers;
    }

    /** The helper that keeps all other logins; empty for none. */
    String store() {
        return store;
    }
}
