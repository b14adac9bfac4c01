package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.json.JsonCursor;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The tags of an ImageStream in JSON, {@code spec.tags[]}, that someone wants. The others, of which a payload has some
 * 200, are passed over.
 */
final class ImageStreamTags {

    private static final String BUILDS = "io.openshift.build.versions";
    private static final String STREAM = "io.openshift.os.streamclass";

    private final Predicate<String> wanted;
    private final Map<String, Tag> found = new LinkedHashMap<>();
    private String streamName = "";
    private int count;

    /**
     * One tag; what it does not say is empty.
     *
     * @param location where its image is
     * @param builds what its image was built from, such as {@code machine-os=417.94.202503000000-0}
     * @param streamClass the stream of a node OS, such as {@code rhel-9}
     */
    record Tag(String name, String location, String builds, String streamClass) {}

    /**
     * Reads an ImageStream.
     *
     * @param wanted decides by the name of a tag whether it is wanted
     * @throws IOException a {@link io.jenkins.plugins.dtk.failure.Failure} when it is no JSON
     */
    ImageStreamTags(JsonCursor imageStream, Predicate<String> wanted) throws IOException {
        this.wanted = wanted;
        if (imageStream.isObject()) {
            imageStream.fields((field, value) -> {
                if (field.equals("spec") && value.isObject()) {
                    value.fields(this::spec);
                } else if (field.equals("metadata") && value.isObject()) {
                    value.fields(this::metadata);
                }
            });
        }
    }

    /** The name of the stream as a whole; empty where it has none. */
    String streamName() {
        return streamName;
    }

    /** The wanted tags by their names. */
    Map<String, Tag> found() {
        return found;
    }

    /** How many tags there are, wanted or not. */
    int count() {
        return count;
    }

    private void metadata(String field, JsonCursor value) throws IOException {
        if (field.equals("name")) {
            streamName = orEmpty(value.anyText());
        }
    }

    private void spec(String field, JsonCursor value) throws IOException {
        if (field.equals("tags") && value.isList()) {
            count = value.elements(this::tag);
        }
    }

    private void tag(JsonCursor tag) throws IOException {
        if (!tag.isObject()) {
            return;
        }
        Reading reading = new Reading();
        tag.fields(reading::field);
        if (reading.name == null || !wanted.test(reading.name)) {
            return;
        }
        found.put(reading.name, reading.tag()); // of several of a name the last counts, as for oc
    }

    /** The name is written first, so most tags are known to be of no interest before the rest of them is looked at. */
    private final class Reading {
        private String name;
        private String location = "";
        private String builds = "";
        private String streamClass = "";
        private boolean unwanted;

        private void field(String field, JsonCursor value) throws IOException {
            if (unwanted) {
                return;
            }
            switch (field) {
                case "name" -> {
                    name = value.anyText();
                    unwanted = name == null || !wanted.test(name);
                }
                case "from" -> from(value);
                case "annotations" -> annotations(value);
                default -> {}
            }
        }

        private void from(JsonCursor value) throws IOException {
            if (value.isObject()) {
                value.fields((field, text) -> {
                    if (field.equals("name")) {
                        location = orEmpty(text.anyText());
                    }
                });
            }
        }

        private void annotations(JsonCursor value) throws IOException {
            if (value.isObject()) {
                value.fields((field, text) -> {
                    if (field.equals(BUILDS)) {
                        builds = orEmpty(text.anyText());
                    } else if (field.equals(STREAM)) {
                        streamClass = orEmpty(text.anyText());
                    }
                });
            }
        }

        private Tag tag() {
            return new Tag(name, location, builds, streamClass);
        }
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
