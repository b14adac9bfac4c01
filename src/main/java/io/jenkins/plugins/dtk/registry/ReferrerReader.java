package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.json.JsonCursor;
import io.jenkins.plugins.dtk.oci.Digest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Reads an entry of a list of referrers. */
final class ReferrerReader {

    private String digest;
    private String type;
    private Map<String, String> annotations = Map.of();

    private ReferrerReader() {}

    /** Nothing where the entry names no digest. */
    static Optional<Referrer> parse(JsonCursor entry) throws IOException {
        ReferrerReader read = new ReferrerReader();
        if (entry.isObject()) {
            entry.fields(read::field);
        }
        return Digest.find(read.digest)
                .map(digest -> new Referrer(digest, read.type == null ? "" : read.type, read.annotations));
    }

    private void field(String name, JsonCursor value) throws IOException {
        switch (name) {
            case "digest" -> digest = value.text();
            case "artifactType" -> type = value.text();
            case "annotations" -> annotations = value.texts();
            default -> {}
        }
    }
}
