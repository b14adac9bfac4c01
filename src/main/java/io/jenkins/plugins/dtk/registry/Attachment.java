package io.jenkins.plugins.dtk.registry;

import java.util.Map;

/**
 * What is to be attached to an image.
 *
 * @param artifactType its media type, such as {@code application/spdx+json}
 * @param content of a few megabytes at most
 * @param annotations never null
 */
public record Attachment(String artifactType, byte[] content, Map<String, String> annotations) {

    /** Makes the annotations unmodifiable. */
    public Attachment {
        annotations = Map.copyOf(annotations);
        content = content.clone();
    }

    @Override
    public byte[] content() {
        return content.clone();
    }
}
