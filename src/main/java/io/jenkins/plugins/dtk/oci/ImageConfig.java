package io.jenkins.plugins.dtk.oci;

import io.jenkins.plugins.dtk.json.JsonCursor;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * What the config of an image says about it.
 *
 * @param os such as {@code linux}; empty where the config does not say
 * @param architecture such as {@code amd64}; empty where the config does not say
 * @param variant such as {@code v8}, or null
 * @param labels never null
 */
public record ImageConfig(String os, String architecture, String variant, Map<String, String> labels) {

    public ImageConfig {
        labels = Map.copyOf(labels);
    }

    /**
     * Reads the config of an image.
     *
     * @throws IOException a {@link io.jenkins.plugins.dtk.failure.Failure} when it is malformed
     */
    public static ImageConfig parse(JsonCursor root) throws IOException {
        PlatformReader platform = new PlatformReader();
        Map<String, String> labels = new HashMap<>();
        root.fields((name, value) -> {
            platform.field(name, value);
            if (name.equals("config") && value.isObject()) {
                value.fields((field, inner) -> {
                    if (field.equals("Labels")) {
                        labels.putAll(inner.texts());
                    }
                });
            }
        });
        return new ImageConfig(platform.os(), platform.architecture(), platform.variant(), labels);
    }

    /** The platform of the image. */
    public Platform platform() {
        return new Platform(os, architecture, variant);
    }
}
