package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.json.JsonDocument;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.text.Quote;
import java.io.IOException;
import java.io.InputStream;
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

    private static final String PATH = "etc/driver-toolkit-release.json";

    /** It is in the top layer; the others allow for layers a user put on top. */
    private static final int LAYERS = 4;

    /** A build that puts all it installs into one layer makes a large one, with {@code etc} near its start. */
    private static final long LAYER_BYTES = 512L << 20;

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

    private static Toolkit parse(InputStream file, ImageReference image) throws IOException {
        try {
            Map<String, String> stated = JsonDocument.named("it").read(file, root -> {
                Map<String, String> found = new HashMap<>();
                root.fields((name, value) -> {
                    if (FIELDS.contains(name) && value.isText()) {
                        found.put(name, value.text());
                    }
                });
                return found;
            });
            return new Toolkit(
                    KernelVersion.parse(stated.getOrDefault(KERNEL, "")).withoutArchitecture(),
                    realTime(stated.getOrDefault(REAL_TIME, "")),
                    Quote.shorten(stated.get(RHEL)));
        } catch (IllegalArgumentException e) {
            throw failed(image, new Failure(Failure.Kind.INVALID, Quote.shorten(e.getMessage()), e));
        } catch (Failure e) {
            throw failed(image, e);
        }
    }

    private static Failure failed(ImageReference image, Failure failure) {
        return failure.kind() == Failure.Kind.INVALID ? failure.during("read " + PATH + " of " + image) : failure;
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
