package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.ImageConfig;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageManifest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.oci.Platform;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out whether one image is there, for the platforms and on the base that were asked for. */
final class ExistenceCheck {

    /** The base's digest, as label and as annotation (OCI image-spec, annotations.md). */
    static final String BASE_DIGEST = "org.opencontainers.image.base.digest";

    private final RegistryClient client;
    private final ImageReference image;

    ExistenceCheck(RegistryClient client, ImageReference image) {
        this.client = client;
        this.image = image;
    }

    Existence answer(Collection<Platform> platforms, String baseDigest) throws Failure, InterruptedException {
        if (platforms.isEmpty() && baseDigest == null) {
            return client.head(image)
                    .<Existence>map(head -> new Existence.Present(head.digest()))
                    .orElseGet(this::absent);
        }
        Optional<Manifest> found = client.findManifest(image);
        if (found.isEmpty()) {
            return absent();
        }
        Manifest manifest = found.get();
        String fault = manifest instanceof ImageIndex index
                ? faultOf(index, platforms, baseDigest)
                : faultOf((ImageManifest) manifest, platforms, baseDigest);
        return fault == null ? new Existence.Present(manifest.digest()) : new Existence.Absent(image + " " + fault);
    }

    private Existence absent() {
        return new Existence.Absent("the registry has no " + image);
    }

    /** What is wrong with an index, or null. */
    private String faultOf(ImageIndex index, Collection<Platform> platforms, String baseDigest)
            throws Failure, InterruptedException {
        List<Descriptor> asked = new ArrayList<>();
        for (Platform platform : platforms) {
            Optional<Descriptor> entry = index.forPlatform(platform);
            if (entry.isEmpty()) {
                return "is not there for " + platform;
            }
            asked.add(entry.get());
        }
        if (baseDigest == null || baseDigest.equals(index.annotations().get(BASE_DIGEST))) {
            return null;
        }
        for (Descriptor entry : platforms.isEmpty() ? PlatformImages.of(index) : asked) {
            String fault = faultOfBase(entry, baseDigest);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private String faultOfBase(Descriptor entry, String baseDigest) throws Failure, InterruptedException {
        if (baseDigest.equals(entry.annotations().get(BASE_DIGEST))) {
            return null;
        }
        Optional<Manifest> child = client.findManifest(image.withDigest(entry.digest()));
        if (child.isEmpty()) {
            return "names an image for " + entry.platform() + " that is not there";
        }
        return child.get() instanceof ImageManifest single
                ? faultOfBase(single, client.config(image, single), baseDigest)
                : "names an index for " + entry.platform() + ", not an image";
    }

    /** What is wrong with a single image, or null. */
    private String faultOf(ImageManifest single, Collection<Platform> platforms, String baseDigest)
            throws Failure, InterruptedException {
        ImageConfig config = client.config(image, single);
        for (Platform platform : platforms) {
            if (!config.platform().matches(platform)) {
                return "is not there for " + platform + ", only for " + config.platform();
            }
        }
        return baseDigest == null ? null : faultOfBase(single, config, baseDigest);
    }

    private static String faultOfBase(ImageManifest single, ImageConfig config, String baseDigest) {
        Map<String, String> annotations = single.annotations();
        String base = annotations.getOrDefault(BASE_DIGEST, config.labels().get(BASE_DIGEST));
        if (base == null) {
            return "does not say on which base it was built";
        }
        return baseDigest.equals(base) ? null : "was built on the base " + base + ", not on " + baseDigest;
    }
}
