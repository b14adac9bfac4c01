package io.jenkins.plugins.dtk.oci;

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

    /** The platform of the image. */
    public Platform platform() {
        return new Platform(os, architecture, variant);
    }
}
