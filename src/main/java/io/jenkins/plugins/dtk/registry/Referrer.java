package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.oci.Digest;
import java.util.Map;

/**
 * What is attached to an image by naming it as its subject, such as a list of packages or a signature (OCI distribution-spec
 * 1.1, listing referrers).
 *
 * @param digest of its manifest
 * @param artifactType what it is; empty where the registry does not say
 * @param annotations never null
 */
public record Referrer(Digest digest, String artifactType, Map<String, String> annotations) {

    /** Makes the annotations unmodifiable. */
    public Referrer {
        annotations = Map.copyOf(annotations);
    }
}
