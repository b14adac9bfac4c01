package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.json.JsonCursor;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.text.Quote;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what Driver Toolkit images say of themselves, OpenShift's and ours alike, without pulling them:
 * {@code /etc/driver-toolkit-release.json}, which the last step of their builds writes, and so is in the last layer
 * (openshift/driver-toolkit Dockerfile). Safe for many threads; an image that several releases share is read once.
 */
public final class DriverToolkits {

    /** A build that puts all it installs into one layer makes a large one, with {@code etc} near its start. */
    private static final StatedFile<Toolkit> FILE =
            new StatedFile<>("etc/driver-toolkit-release.json", 512L << 20, DriverToolkits::stated);

    private static final String KERNEL = "KERNEL_VERSION";
    private static final String REAL_TIME = "RT_KERNEL_VERSION";
    private static final String RHEL = "RHEL_VERSION";
    private static final Set<String> FIELDS = Set.of(KERNEL, REAL_TIME, RHEL);

    private final ImageReader images;
    private final ReadOnce<String, Toolkit> known = new ReadOnce<>();

    /** @param registry reads the images */
    public DriverToolkits(RegistryClient registry) {
        this(new ImageReader(registry, false));
    }

    DriverToolkits(ImageReader images) {
        this.images = images;
    }

    /**
     * What an image says.
     *
     * @param architecture which image of an index
     * @throws Failure when the registry could not be asked, or has no such image
     * @throws Failure when the image does not name its kernel; one line
     */
    public Toolkit toolkit(ImageReference image, Architecture architecture) throws Failure, InterruptedException {
        return known.get(image + " " + architecture, () -> FILE.of(images, image, architecture));
    }

    private static Toolkit stated(JsonCursor root) throws IOException {
        Map<String, String> found = new HashMap<>();
        root.fields((name, value) -> {
            if (FIELDS.contains(name) && value.isText()) {
                found.put(name, value.text());
            }
        });
        return new Toolkit(
                KernelVersion.parse(found.getOrDefault(KERNEL, "")).withoutArchitecture(),
                realTime(found.getOrDefault(REAL_TIME, "")),
                Quote.shorten(found.get(RHEL)));
    }

    /** Where there is no kernel-rt the entry is missing, or is what rpm says of a package that is not installed. */
    private static Optional<KernelVersion> realTime(String text) {
        return KernelVersion.isKernelVersion(text)
                ? Optional.of(KernelVersion.parse(text).withoutArchitecture())
                : Optional.empty();
    }

    /**
     * What a Driver Toolkit image says of itself.
     *
     * @param kernel the kernel whose packages are in it, without architecture
     * @param kernelRt the real-time kernel, where it holds one
     * @param rhel the RHEL release as it is written, such as {@code 9.4}; empty when it does not say
     */
    public record Toolkit(KernelVersion kernel, Optional<KernelVersion> kernelRt, String rhel) {}
}
