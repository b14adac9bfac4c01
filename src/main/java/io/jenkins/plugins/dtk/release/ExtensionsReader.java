package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.json.JsonCursor;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.oci.ImageReference;
import java.io.IOException;
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

    static final StatedFile<Extensions> FILE =
            new StatedFile<>("usr/share/rpm-ostree/extensions.json", 16L << 20, ExtensionsReader::stated);

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
        return known.get(image + " " + architecture, () -> FILE.of(images, image, architecture));
    }

    private static Extensions stated(JsonCursor root) throws IOException {
        Map<String, String> found = new HashMap<>();
        root.fields((name, version) -> {
            if (KERNELS.contains(name)) {
                found.put(name, version.text());
            }
        });
        return new Extensions(kernel(found.get(REAL_TIME)), kernel(found.get(PAGES_64K)));
    }

    private static Optional<KernelVersion> kernel(String version) {
        return Optional.ofNullable(version).map(v -> KernelVersion.parse(v).withoutArchitecture());
    }
}
