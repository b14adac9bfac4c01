package io.jenkins.plugins.dtk.oci;

import io.jenkins.plugins.dtk.json.JsonCursor;
import java.io.IOException;

/** Reads the platform that an entry of an index, or the config of an image, names field by field. */
final class PlatformReader {

    private String os;
    private String architecture;
    private String variant;

    void field(String name, JsonCursor value) throws IOException {
        switch (name) {
            case "os" -> os = value.text();
            case "architecture" -> architecture = value.text();
            case "variant" -> variant = value.text();
            default -> {}
        }
    }

    /** Null when it is not named in full. */
    Platform platform() {
        return os == null || architecture == null ? null : new Platform(os, architecture, variant());
    }

    String os() {
        return os == null ? "" : os;
    }

    String architecture() {
        return architecture == null ? "" : architecture;
    }

    /** Null for none. */
    String variant() {
        return variant == null || variant.isEmpty() ? null : variant;
    }
}
