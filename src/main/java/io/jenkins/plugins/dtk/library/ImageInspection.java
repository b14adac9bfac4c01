package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.json.JsonDocument;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageConfig;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageManifest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.oci.Platform;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.release.ImageTree;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads back what Driver Toolkit images say of themselves, without pulling them: those of this library, and OpenShift's
 * own, whose last layer holds the same file (openshift/driver-toolkit, Dockerfile).
 */
public final class ImageInspection {

    private static final String RELEASE_FILE = "etc/driver-toolkit-release.json";

    private final RegistryClient client;
    private final ImageTree files;

    /** Reads through a client. */
    public ImageInspection(RegistryClient client) {
        this.client = client;
        this.files = new ImageTree(client);
    }

    /**
     * The image, or each image of an index. Costs three requests for each image, and one more for an index.
     *
     * @throws Failure when the registry does not have it, or did not say
     * @throws Failure when what it has is no image, or its release file is no JSON; one line
     */
    public List<Image> inspect(ImageReference image) throws Failure, InterruptedException {
        Manifest manifest = client.manifest(image);
        if (!(manifest instanceof ImageIndex index)) {
            return List.of(inspect(image, (ImageManifest) manifest));
        }
        List<Image> images = new ArrayList<>();
        for (Descriptor entry : PlatformImages.of(index)) {
            Manifest child = client.manifest(image.withDigest(entry.digest()));
            if (!(child instanceof ImageManifest single)) {
                throw new Failure(Failure.Kind.INVALID, image + " is an index of indexes");
            }
            images.add(inspect(image, single));
        }
        return images;
    }

    private Image inspect(ImageReference image, ImageManifest manifest) throws Failure, InterruptedException {
        ImageConfig config = client.config(image, manifest);
        // A driver's image was copied together, and says by its labels what it is for.
        Optional<Map<String, String>> release = config.labels().containsKey(FlavourClaim.DRIVER)
                ? Optional.empty()
                : files.inLastLayer(image, manifest, RELEASE_FILE, file -> release(image, file));
        long bytes = manifest.layers().stream().mapToLong(Descriptor::size).sum();
        return new Image(config.platform(), manifest.digest(), bytes, config.labels(), release.orElse(Map.of()));
    }

    private static Map<String, String> release(ImageReference image, InputStream file) throws IOException {
        return JsonDocument.named("/" + RELEASE_FILE + " of " + image).parse(file, root -> {
            Map<String, String> values = new LinkedHashMap<>();
            root.fields((name, value) -> {
                String text = value.anyText();
                values.put(name, text == null ? "" : text);
            });
            return values;
        });
    }

    /**
     * What an image in a registry says of itself.
     *
     * @param platform what it runs on
     * @param digest of its manifest
     * @param bytes the size of its layers, compressed, as a pull transfers it
     * @param labels its labels
     * @param release what {@code /etc/driver-toolkit-release.json} holds, in its order; empty where its last layer has none
     */
    public record Image(
            Platform platform, Digest digest, long bytes, Map<String, String> labels, Map<String, String> release) {

        /** Sorts the labels. */
        public Image {
            labels = new TreeMap<>(labels);
            release = new LinkedHashMap<>(release);
        }

        /** As plain maps, for JSON. */
        public Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("platform", platform.toString());
            map.put("digest", digest.toString());
            map.put("bytes", bytes);
            map.put("release", release);
            map.put("labels", labels);
            return map;
        }
    }
}
