package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.json.JsonDocument;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.text.Quote;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    private static final String REAL_TIME = "kernel-rt-core";
    private static final String PAGES_64K = "kernel-64k-core";
    private static final Set<String> KERNELS = Set.of(REAL_TIME, PAGES_64K);

    private final ImageReader images;
    private final ReadOnce<String, Extensions> known = new ReadOnce<>();

    ExtensionsReader(ImageReader images) {
        this.images = images;
    }

    Extensions extensions(ImageReference image, Architecture architecture) throws Failure, InterruptedException {
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

    static Extensions parse(InputStream file, ImageReference image) throws IOException {
        try {
            Map<String, String> kernels = JsonDocument.named("it").read(file, root -> {
                Map<String, String> found = new HashMap<>();
                root.fields((name, version) -> {
                    if (KERNELS.contains(name)) {
                        found.put(name, version.text());
                    }
                });
                return found;
            });
            return new Extensions(kernel(kernels.get(REAL_TIME)), kernel(kernels.get(PAGES_64K)));
        } catch (IllegalArgumentException e) {
            throw failed(image, new Failure(Failure.Kind.INVALID, Quote.shorten(e.getMessage()), e));
        } catch (Failure e) {
            throw failed(image, e);
        }
    }

    private static Failure failed(ImageReference image, Failure failure) {
        return failure.kind() == Failure.Kind.INVALID ? failure.during("read " + PATH + " of " + image) : failure;
    }

    private static Optional<KernelVersion> kernel(String version) {
        return Optional.ofNullable(version).map(v -> KernelVersion.parse(v).withoutArchitecture());
    }
}
