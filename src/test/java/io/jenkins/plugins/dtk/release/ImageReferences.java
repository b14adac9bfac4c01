package io.jenkins.plugins.dtk.release;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes the image-references of a payload. */
final class ImageReferences {

    private final List<String> tags = new ArrayList<>();
    private String name = "";

    /** Says which release it is of; without, it says nothing. */
    ImageReferences named(String release) {
        name = "\"name\": \"" + release + "\"";
        return this;
    }

    ImageReferences tag(String name, String image, String versions) {
        return tag(name, image, versions, "");
    }

    ImageReferences tag(String name, String image, String versions, String stream) {
        return raw(
                """
                {"name": "%s", "annotations": {"io.openshift.build.versions": "%s", "io.openshift.os.streamclass": "%s"},
                 "from": {"kind": "DockerImage", "name": "%s"}, "generation": null, "importPolicy": {}}"""
                        .formatted(name, versions, stream, image));
    }

    ImageReferences raw(String tag) {
        tags.add(tag);
        return this;
    }

    String text() {
        return """
                {"kind": "ImageStream", "apiVersion": "image.openshift.io/v1", "metadata": {%s},
                 "spec": {"lookupPolicy": {"local": false}, "tags": [%s]}, "status": {"dockerImageRepository": ""}}"""
                .formatted(name, String.join(",\n", tags));
    }

    byte[] json() {
        return text().getBytes(StandardCharsets.UTF_8);
    }
}
