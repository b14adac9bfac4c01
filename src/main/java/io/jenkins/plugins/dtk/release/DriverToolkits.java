package io.jenkins.plugins.dtk.release;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.text.Quote;
import java.io.IOException;
import java.util.Optional;

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

    private final ImageReader images;
    private final ReadOnce<String, DriverToolkit> known = new ReadOnce<>();

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
     * @throws Failure when the image does not tell its kernel; one line
     */
    public DriverToolkit read(ImageReference image, Architecture architecture) throws Failure, InterruptedException {
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

    private static DriverToolkit parse(byte[] file, ImageReference image) throws Failure {
        try {
            JsonNode release = Json.MAPPER.readTree(file);
            return new DriverToolkit(
                    KernelVersion.parse(release.path("KERNEL_VERSION").asText()).withoutArchitecture(),
                    realTime(release.path("RT_KERNEL_VERSION").asText()),
                    Quote.shorten(release.path("RHEL_VERSION").asText()));
        } catch (IOException | IllegalArgumentException e) {
            throw new Failure(Failure.Kind.INVALID, Quote.shorten(e.getMessage()), e)
                    .during("read " + PATH + " of " + image);
        }
    }

    /** Where there is no kernel-rt the entry is missing, or is what rpm says of a package that is not installed. */
    private static Optional<KernelVersion> realTime(String text) {
        return KernelVersion.isKernelVersion(text)
                ? Optional.of(KernelVersion.parse(text).withoutArchitecture())
                : Optional.empty();
    }
}
