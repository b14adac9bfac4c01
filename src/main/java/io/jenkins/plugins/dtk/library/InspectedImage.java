package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.oci.Platform;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an image in a registry says of itself.
 *
 * @param platform what it runs on
 * @param digest of its manifest
 * @param bytes the size of its layers, compressed, as a pull transfers it
 * @param labels its labels
 * @param release what {@code /etc/driver-toolkit-release.json} holds, in its order; empty where its last layer has none
 */
public record InspectedImage(
        Platform platform, String digest, long bytes, Map<String, String> labels, Map<String, String> release) {

    /** Sorts the labels. */
    public InspectedImage {
        labels = new TreeMap<>(labels);
        release = new LinkedHashMap<>(release);
    }

    /** As plain maps, for JSON. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("platform", platform.toString());
        map.put("digest", digest);
        map.put("bytes", bytes);
        map.put("release", release);
        map.put("labels", labels);
        return map;
    }
}
