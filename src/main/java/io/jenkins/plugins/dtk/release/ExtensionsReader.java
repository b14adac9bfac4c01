package io.jenkins.plugins.dtk.release;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.text.Quote;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads {@code usr/share/rpm-ostree/extensions.json} of a rhel-coreos-extensions image: a map of package name to
 * {@code [epoch:]version-release.architecture}, in the last layer since 4.19 (openshift/os extensions/Dockerfile).
 * A kernel that is not in the map does not exist for that build; that is no error (4.12 dropped kernel-rt in a z).
 */
final class ExtensionsReader {

    private static final String PATH = "usr/share/rpm-ostree/extensions.json";

    /** It is in the top layer; the others allow for layers a user put on top. */
    private static final int LAYERS = 4;

    private static final long LAYER_BYTES = 16L << 20;

    private final ImageReader images;
    private final ReadOnce<String, Extensions> known = new ReadOnce<>();

    ExtensionsReader(ImageReader images) {
        this.images = images;
    }

    Extensions read(ImageReference image, Architecture architecture) throws Failure, InterruptedException {
        if (architecture != Architecture.X86_64 && architecture != Architecture.AARCH64) {
            return new Extensions(Optional.empty(), Optional.empty());
        }
        return known.get(image + " " + architecture, () -> images.file(
                        image,
                        images.manifest(image, architecture),
                        PATH,
                        LAYERS,
                        LAYER_BYTES,
                        file -> parse(file, image))
                .orElseThrow(
                        () -> new Failure(Failure.Kind.INVALID, image + " has no " + PATH + " in its top layers")));
    }

    static Extensions parse(byte[] file, ImageReference image) throws Failure {
        try {
            JsonNode packages = Json.MAPPER.readTree(file);
            return new Extensions(kernel(packages, "kernel-rt-core"), kernel(packages, "kernel-64k-core"));
        } catch (IOException | IllegalArgumentException e) {
            throw new Failure(Failure.Kind.INVALID, Quote.shorten(e.getMessage()), e)
                    .during("read " + PATH + " of " + image);
        }
    }

    private static Optional<KernelVersion> kernel(JsonNode packages, String name) {
        JsonNode version = packages.path(name);
        return version.isMissingNode()
                ? Optional.empty()
                : Optional.of(KernelVersion.parse(version.asText()).withoutArchitecture());
    }
}
