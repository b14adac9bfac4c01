package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageConfig;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageManifest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.oci.MediaType;
import io.jenkins.plugins.dtk.oci.Platform;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at images themselves. An index that names an image does not prove that it can be pulled: clean-up jobs delete
 * by digest, and garbage collection deletes what has no tag of its own (distribution/distribution#3178).
 */
final class StoredImages {

    private final RegistryClient client;
    private final ImageReference repository;

    /** Configs are immutable and named by digest: each is read once. */
    private final Map<Digest, ImageConfig> configs = new HashMap<>();

    /** What was read since {@link #lookAgain}. */
    private final Map<Digest, ImageManifest> seen = new HashMap<>();

    StoredImages(RegistryClient client, ImageReference repository) {
        this.client = client;
        this.repository = repository;
    }

    /** Forgets what was there: from now on the registry is asked again. */
    void lookAgain() {
        seen.clear();
    }

    /** Whether the registry has the manifest. Costs one request. */
    boolean has(Digest digest) throws Failure, InterruptedException {
        return client.head(repository.withDigest(digest)).isPresent();
    }

    /** Whether the registry has what an index names, and it is an image. Costs at most one request. */
    boolean hasImage(Descriptor entry) throws Failure, InterruptedException {
        return seen.containsKey(entry.digest())
                || client.head(repository.withDigest(entry.digest()))
                        .filter(found -> MediaType.isImage(found.mediaType()))
                        .isPresent();
    }

    /** The image that an index names, or nothing where it is gone or is no image. Costs at most one request. */
    Optional<ImageManifest> image(Descriptor entry) throws Failure, InterruptedException {
        if (!seen.containsKey(entry.digest())) {
            client.findManifest(repository.withDigest(entry.digest()))
                    .filter(ImageManifest.class::isInstance)
                    .ifPresent(image -> seen.put(entry.digest(), (ImageManifest) image));
        }
        return Optional.ofNullable(seen.get(entry.digest()));
    }

    /** What the config of an image says. Costs one request, the first time. */
    ImageConfig config(ImageManifest image) throws Failure, InterruptedException {
        ImageConfig known = configs.get(image.digest());
        if (known == null) {
            known = client.config(repository, image);
            configs.put(image.digest(), known);
        }
        return known;
    }

    /**
     * The digest of what can be pulled by a tag for a platform, or nothing. Costs one request where the tag names an
     * image, three where it names an index. The platform of a single image is not looked at.
     */
    Optional<Digest> pullable(ImageReference tag, Platform platform) throws Failure, InterruptedException {
        Optional<Descriptor> head = client.head(tag);
        if (head.isEmpty() || MediaType.isImage(head.get().mediaType())) {
            return head.map(Descriptor::digest);
        }
        Optional<Manifest> manifest = client.findManifest(tag);
        Optional<Descriptor> entry = manifest.filter(ImageIndex.class::isInstance)
                .flatMap(index -> ((ImageIndex) index).forPlatform(platform));
        return entry.isPresent() && hasImage(entry.get()) ? manifest.map(Manifest::digest) : Optional.empty();
    }
}
