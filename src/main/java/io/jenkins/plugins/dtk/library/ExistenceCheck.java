package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.library.ImageLibrary.Existence;
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

    /** What the tag claims, when it is of the library's form. */
    private final Optional<KernelClaim> claim;

    private final Architecture architecture;

    ExistenceCheck(RegistryClient client, ImageReference image) {
        this.client = client;
        this.image = image;
        Optional<LibraryTag> tag = LibraryTag.parse(image.tag());
        this.claim = tag.map(own -> new KernelClaim(own.kernel().tag()));
        this.architecture = tag.flatMap(LibraryTag::architecture).orElse(null);
    }

    Existence answer(Collection<Platform> platforms, Digest baseDigest) throws Failure, InterruptedException {
        if (platforms.isEmpty() && baseDigest == null) {
            Optional<Descriptor> head = client.head(image);
            if (head.isEmpty()) {
                return absent();
            }
            if (MediaType.isImage(head.get().mediaType())) {
                return new Existence.Present(head.get().digest());
            }
        }
        Optional<Manifest> found = client.findManifest(image);
        if (found.isEmpty()) {
            return absent();
        }
        String fault = faultOf(found.get(), platforms, baseDigest);
        if (fault != null) {
            // A proxy may mix up answers: what the registry has is answered twice.
            found = client.findManifest(image);
            fault = found.isEmpty() ? null : faultOf(found.get(), platforms, baseDigest);
        }
        if (found.isEmpty()) {
            return absent();
        }
        return fault == null ? new Existence.Present(found.get().digest()) : new Existence.Absent(image + " " + fault);
    }

    private Existence absent() {
        return new Existence.Absent("the registry has no " + image);
    }

    /** What is wrong with what the tag names, or null. */
    private String faultOf(Manifest manifest, Collection<Platform> platforms, Digest baseDigest)
            throws Failure, InterruptedException {
        return manifest instanceof ImageIndex index
                ? faultOf(index, platforms, baseDigest)
                : faultOf((ImageManifest) manifest, platforms, baseDigest);
    }

    /** What is wrong with an index, or null. */
    private String faultOf(ImageIndex index, Collection<Platform> platforms, Digest baseDigest)
            throws Failure, InterruptedException {
        if (claim.isPresent() && !claim.get().fitsIndex(index.annotations())) {
            return "is the index of kernel " + index.annotations().get(KernelClaim.VERSION);
        }
        List<Descriptor> images = PlatformImages.of(index);
        if (images.isEmpty()) {
            return "is an index that names no image";
        }
        List<Descriptor> asked = new ArrayList<>();
        for (Platform platform : platforms) {
            Optional<Descriptor> entry = index.forPlatform(platform);
            if (entry.isEmpty()) {
                return "is not there for " + platform;
            }
            asked.add(entry.get());
        }
        boolean stated = baseDigest == null
                || baseDigest.toString().equals(index.annotations().get(BASE_DIGEST));
        for (Descriptor entry : platforms.isEmpty() ? images : asked) {
            String fault = faultOf(
                    entry,
                    stated || baseDigest.toString().equals(entry.annotations().get(BASE_DIGEST)),
                    baseDigest);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    /**
     * What is wrong with an image that an index names, or null. Its manifest is asked for, because an index stays when
     * a clean-up job deletes what it names.
     */
    private String faultOf(Descriptor entry, boolean baseIsStated, Digest baseDigest)
            throws Failure, InterruptedException {
        Optional<Descriptor> head = client.head(image.withDigest(entry.digest()));
        if (head.isEmpty()) {
            return "names an image for " + entry.platform() + " that is not there";
        }
        if (!MediaType.isImage(head.get().mediaType())) {
            return "names an index for " + entry.platform() + ", not an image";
        }
        if (baseIsStated) {
            return null;
        }
        ImageManifest single = (ImageManifest) client.manifest(image.withDigest(entry.digest()));
        return faultOfBase(single, client.config(image, single), baseDigest);
    }

    /** What is wrong with a single image, or null. */
    private String faultOf(ImageManifest single, Collection<Platform> platforms, Digest baseDigest)
            throws Failure, InterruptedException {
        ImageConfig config = client.config(image, single);
        String other = claim.isEmpty() ? "" : claim.get().other(config.labels(), architecture);
        if (!other.isEmpty()) {
            return "is the image of kernel " + other;
        }
        for (Platform platform : platforms) {
            if (!config.platform().matches(platform)) {
                return "is not there for " + platform + ", only for " + config.platform();
            }
        }
        return baseDigest == null ? null : faultOfBase(single, config, baseDigest);
    }

    private static String faultOfBase(ImageManifest single, ImageConfig config, Digest baseDigest) {
        Map<String, String> annotations = single.annotations();
        String base = annotations.getOrDefault(BASE_DIGEST, config.labels().get(BASE_DIGEST));
        if (base == null) {
            return "does not say on which base it was built";
        }
        return baseDigest.toString().equals(base) ? null : "was built on the base " + base + ", not on " + baseDigest;
    }
}
