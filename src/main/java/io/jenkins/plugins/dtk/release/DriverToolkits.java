package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.json.JsonCursor;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.kernel.Stream;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.text.Quote;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
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

    /**
     * A Driver Toolkit image that a release brings along.
     *
     * @param tag its tag in the payload: {@code driver-toolkit}, or with a major version of RHEL, {@code driver-toolkit-10}
     * @param image where it is
     * @param toolkit what it says of itself
     */
    public record PayloadToolkit(String tag, ImageReference image, DriverToolkits.Toolkit toolkit) {

        static final String TAG = "driver-toolkit";

        /**
         * The image for the nodes of a stream. One whose tag ends in a major version is for that. The one without is for
         * the oldest stream of the release: 4.21 and 4.22 have nodes of RHEL 10 and no image for them
         * (openshift/driver-toolkit, pull request 193).
         *
         * @param node the nodes' stream
         * @param all the streams of the release, this one included
         */
        public static Optional<PayloadToolkit> forNode(
                List<PayloadToolkit> toolkits, Stream node, Collection<Stream> all) {
            Optional<PayloadToolkit> own = tagged(toolkits, TAG + "-" + node.major());
            boolean oldest = all.stream().allMatch(stream -> stream.major() >= node.major());
            return own.isEmpty() && oldest ? tagged(toolkits, TAG) : own;
        }

        private static Optional<PayloadToolkit> tagged(List<PayloadToolkit> toolkits, String tag) {
            return toolkits.stream()
                    .filter(toolkit -> toolkit.tag().equals(tag))
                    .findFirst();
        }
    }
}
