package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.kernel.RhelVersion;
import io.jenkins.plugins.dtk.kernel.Stream;
import io.jenkins.plugins.dtk.oci.ImageConfig;
import io.jenkins.plugins.dtk.oci.ImageManifest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Platform;
import io.jenkins.plugins.dtk.release.Payload.NodeOsTag;
import io.jenkins.plugins.dtk.release.ReleaseVersion.Minor;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads which kernels a node OS image has. Where the fact lives changed three times; each generation is tried by
 * what the image itself says, not by the release's number:
 *
 * <ul>
 *   <li>label {@code com.coreos.rpm.kernel}, and {@code com.coreos.rpm.kernel-rt-core}: machine-os-content, up to 4.15
 *       (coreos-assembler 32b6983fc, removed in 48414b32c);
 *   <li>{@code usr/share/openshift/base/meta.json} in the top layer, or one below, where the label
 *       {@code io.openshift.metalayer} is set: from 4.19 (openshift/os Containerfile, scripts/generate-metadata);
 *   <li>label {@code ostree.linux}, where it is a kernel version: 4.12 to 4.18. From 4.22 on it is the word
 *       {@code true} (openshift/os 05a7608).
 * </ul>
 */
final class NodeOsReader {

    private static final String KERNEL = "com.coreos.rpm.kernel";
    private static final String KERNEL_RT = "com.coreos.rpm.kernel-rt-core";
    private static final String OSTREE_KERNEL = "ostree.linux";
    private static final String META_LAYER = "io.openshift.metalayer";
    private static final String META_PATH = "usr/share/openshift/base/meta.json";
    private static final String STREAM_CLASS = "io.openshift.os.streamclass";

    private static final String IMAGE_VERSION = "org.opencontainers.image.version";
    private static final String VERSION = "version";

    /** The labels that are remembered of an image, of which there may be thousands. */
    private static final Set<String> LABELS = Set.of(KERNEL_RT, META_LAYER, STREAM_CLASS, IMAGE_VERSION, VERSION);

    /** The layer with meta.json is the top one, or one below it; two more allow for layers a user put on top. */
    private static final int META_LAYERS = 4;

    /** The package list is below 100 KB; a layer of the operating system itself is not worth a search. */
    private static final long META_LAYER_BYTES = 64L << 20;

    /** First line whose kernel-rt and kernel-64k share the kernel's NVR (RHEL 9.4) and come as extensions. */
    private static final Minor SAME_NVR_RT = new Minor(4, 16);

    private static final Minor SAME_NVR_64K = new Minor(4, 15);

    private final ImageReader images;
    private final ExtensionsReader extensions;
    private final ReadOnce<String, Image> known = new ReadOnce<>();

    /** What an image says by itself: the payload and the release's line hold the rest. */
    private record Image(KernelVersion kernel, Map<String, String> labels) {}

    NodeOsReader(ImageReader images) {
        this.images = images;
        this.extensions = new ExtensionsReader(images);
    }

    NodeOs nodeOs(NodeOsTag tag, Release release) throws Failure, InterruptedException {
        Architecture architecture = release.architecture();
        Image image = known.get(tag.image() + " " + architecture, () -> image(tag.image(), architecture));
        KernelVersion kernel = image.kernel();
        Map<String, String> labels = image.labels();
        String build = tag.build().orElseGet(() -> build(labels));
        boolean layered = "true".equals(labels.get(META_LAYER));
        Extensions found = layered && tag.extensions().isPresent()
                ? extensions.extensions(tag.extensions().get(), architecture)
                : inherited(tag, release, labels, kernel);
        Stream stream = stream(tag, labels, kernel, build);
        return new NodeOs(
                architecture,
                stream,
                build,
                stream.isCentos() ? new RhelVersion(kernel.rhel().major(), null) : rhel(kernel, build, release),
                kernel.withoutArchitecture(),
                architecture == Architecture.X86_64 ? found.realTime() : Optional.empty(),
                architecture == Architecture.AARCH64 ? found.pages64k() : Optional.empty());
    }

    private Image image(ImageReference image, Architecture architecture) throws Failure, InterruptedException {
        ImageManifest manifest = images.manifest(image, architecture);
        ImageConfig config = images.config(image, manifest);
        Platform platform = Platform.of(architecture);
        if (!config.architecture().isEmpty() && !config.platform().matches(platform)) {
            throw new Failure(
                    Failure.Kind.INVALID,
                    "node OS image " + image + " is for " + config.platform() + ", not for " + platform);
        }
        Map<String, String> labels = config.labels();
        KernelVersion kernel = kernel(image, manifest, labels);
        if (kernel.architecture().isPresent() && kernel.architecture().get() != architecture) {
            throw new Failure(
                    Failure.Kind.INVALID,
                    "node OS image " + image + " has the kernel " + kernel + ", which is not for " + architecture);
        }
        Map<String, String> known = new HashMap<>(labels);
        known.keySet().retainAll(LABELS);
        return new Image(kernel, known);
    }

    private KernelVersion kernel(ImageReference image, ImageManifest manifest, Map<String, String> labels)
            throws Failure, InterruptedException {
        String label = labels.getOrDefault(KERNEL, "");
        if (KernelVersion.isKernelVersion(label)) {
            return KernelVersion.parse(label);
        }
        String ostree = labels.getOrDefault(OSTREE_KERNEL, "");
        boolean ostreeTells = KernelVersion.isKernelVersion(ostree);
        if (!ostreeTells || "true".equals(labels.get(META_LAYER))) {
            Optional<KernelVersion> meta = images.file(
                    image, manifest, META_PATH, META_LAYERS, META_LAYER_BYTES, file -> MetaJson.kernel(file, image));
            if (meta.isPresent()) {
                return meta.get();
            }
        }
        if (ostreeTells) {
            return KernelVersion.parse(ostree);
        }
        throw new Failure(
                Failure.Kind.INVALID,
                "node OS image " + image + " does not name its kernel: " + why(KERNEL, label) + ", no " + META_PATH
                        + " in its top layers, and " + why(OSTREE_KERNEL, ostree));
    }

    private static String why(String name, String label) {
        return KernelVersion.refusal(label)
                .filter(why -> !label.isEmpty())
                .map(why -> "label " + name + " is " + why)
                .orElse("no label " + name);
    }

    /** What older generations hold without an extensions.json. */
    private static Extensions inherited(
            NodeOsTag tag, Release release, Map<String, String> labels, KernelVersion kernel) {
        String label = labels.getOrDefault(KERNEL_RT, "");
        Minor line = release.version().line();
        Optional<KernelVersion> sameNvr = tag.extensions().map(image -> kernel.withoutArchitecture());
        Optional<KernelVersion> realTime = KernelVersion.isKernelVersion(label)
                ? Optional.of(KernelVersion.parse(label).withoutArchitecture())
                : sameNvr.filter(k -> line.compareTo(SAME_NVR_RT) >= 0);
        return new Extensions(realTime, sameNvr.filter(k -> line.compareTo(SAME_NVR_64K) >= 0));
    }

    private static String build(Map<String, String> labels) {
        String version = labels.getOrDefault(IMAGE_VERSION, labels.getOrDefault(VERSION, ""));
        return RhelVersion.ofNodeOsBuild(version).isPresent() ? version : "";
    }

    private static Stream stream(NodeOsTag tag, Map<String, String> labels, KernelVersion kernel, String build) {
        if (tag.stream().isPresent()) {
            return tag.stream().get();
        }
        String label = labels.getOrDefault(STREAM_CLASS, "");
        if (Stream.isStream(label)) {
            return new Stream(label);
        }
        int major = kernel.rhel().major();
        boolean centos = tag.tag().startsWith("stream-coreos")
                || (kernel.rhel().minor() == null
                        && RhelVersion.ofNodeOsBuild(build)
                                .map(v -> v.minor() == null)
                                .orElse(false));
        return centos ? Stream.centos(major) : Stream.rhel(major);
    }

    private static RhelVersion rhel(KernelVersion kernel, String build, Release release) {
        RhelVersion own = kernel.rhel();
        if (own.minor() != null) {
            return own;
        }
        return RhelVersion.ofNodeOsBuild(build)
                .filter(v -> v.major() == own.major())
                .or(() -> RhelOfRelease.find(release.version().line(), own.major())
                        .filter(v -> build.isEmpty()))
                .orElse(own);
    }
}
