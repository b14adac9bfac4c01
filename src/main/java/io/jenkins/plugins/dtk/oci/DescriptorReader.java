package io.jenkins.plugins.dtk.oci;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.json.JsonCursor;
import io.jenkins.plugins.dtk.text.Quote;
import java.io.IOException;
import java.util.Map;

/** Reads an entry of a manifest. What is wrong with it is said when it is asked for, after the manifest's own form. */
final class DescriptorReader {

    private String mediaType;
    private String digest;
    private long size = -1;
    private Map<String, String> annotations = Map.of();
    private final PlatformReader platform = new PlatformReader();

    private DescriptorReader() {}

    static DescriptorReader parse(JsonCursor entry) throws IOException {
        DescriptorReader read = new DescriptorReader();
        if (entry.isObject()) {
            entry.fields(read::field);
        }
        return read;
    }

    private void field(String name, JsonCursor value) throws IOException {
        switch (name) {
            case "mediaType" -> mediaType = value.text();
            case "digest" -> digest = value.text();
            case "size" -> size = value.wholeNumber(-1);
            case "annotations" -> annotations = value.texts();
            case "platform" -> {
                if (value.isObject()) {
                    value.fields(platform::field);
                }
            }
            default -> {}
        }
    }

    Descriptor descriptor() throws Failure {
        Digest content = Digest.find(digest)
                .orElseThrow(
                        () -> new Failure(Failure.Kind.INVALID, Quote.of(digest) + " in the manifest is not a digest"));
        if (size < 0) {
            throw new Failure(Failure.Kind.INVALID, "the manifest gives no size for " + digest);
        }
        return new Descriptor(mediaType == null ? "" : mediaType, content, size, annotations, platform.platform());
    }
}
