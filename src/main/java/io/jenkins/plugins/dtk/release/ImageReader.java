package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageConfig;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageManifest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.oci.Platform;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads manifests, labels and single files of images without pulling them. A file that lies in the first 64 KiB of
 * its layer costs one ranged request.
 */
final class ImageReader {

    /** {@code oc adm release new} and the node image build put what we look for first in its layer. */
    private static final int START = 64 << 10;

    /** So much is read on, to verify a layer, when a file was found behind the first 64 KiB. */
    private static final long READ_ON = 64L << 20;

    private final RegistryClient registry;
    private final boolean verifyLayers;

    /** Images share layers, and so do the node images of several lines their package list. */
    private final ReadOnce<LayerFile, Optional<?>> files = new ReadOnce<>();

    private record LayerFile(Digest digest, String path) {}

    /** Those stated by the first 64 KiB of a layer alone, or not at all because the layer is too large. */
    private final Set<LayerFile> unverified = ConcurrentHashMap.newKeySet();

    private final Set<ImageReference> unverifiedImages = ConcurrentHashMap.newKeySet();

    /**
     * Makes of a file what it holds; for a path always the same kind of thing.
     *
     * @param <T> what it holds
     */
    @FunctionalInterface
    interface Parser<T> extends LayerFiles.Content<T> {}

    /**
     * @param verifyLayers whether layers are read to their end, and so verified against their digests, even if what we
     *     look for is in their first 64 KiB
     */
    ImageReader(RegistryClient registry, boolean verifyLayers) {
        this.registry = registry;
        this.verifyLayers = verifyLayers;
    }

    /** The image's manifest; of an index, the one for this architecture. */
    ImageManifest manifest(ImageReference image, Architecture architecture) throws Failure, InterruptedException {
        Manifest manifest = registry.manifest(image);
        if (manifest instanceof ImageIndex index) {
            Descriptor own = index.forPlatform(Platform.of(architecture))
                    .orElseThrow(() ->
                            new Failure(Failure.Kind.ABSENT, image + " has no image for " + architecture.platform()));
            manifest = registry.manifest(image.withDigest(own.digest()));
        }
        if (manifest instanceof ImageManifest single) {
            return single;
        }
        throw new Failure(Failure.Kind.INVALID, image + " is an index of indexes");
    }

    ImageConfig config(ImageReference image, ImageManifest manifest) throws Failure, InterruptedException {
        return registry.config(image, manifest);
    }

    /**
     * What a file of an image holds; it is looked for from the top layer down.
     *
     * @param layers how many layers to look at
     * @param maxLayerBytes a layer larger than this, compressed, is looked at only in its first 64 KiB; when layers
     *     are verified, not at all
     */
    <T> Optional<T> file(
            ImageReference image, ImageManifest manifest, String path, int layers, long maxLayerBytes, Parser<T> parser)
            throws Failure, InterruptedException {
        List<Descriptor> all = manifest.layers();
        UnpackLimit limit = new UnpackLimit();
        for (int i = all.size() - 1; i >= Math.max(0, all.size() - layers); i--) {
            Descriptor layer = all.get(i);
            LayerFile file = new LayerFile(layer.digest(), path);
            Optional<?> stated = files.get(file, () -> file(image, layer, path, maxLayerBytes, limit, parser));
            if (unverified.contains(file)) {
                unverifiedImages.add(image);
            }
            if (stated.isPresent()) {
                return cast(stated);
            }
        }
        return Optional.empty();
    }

    /** Whether every layer of an image that was looked at so far was read to its end, with the right digest. */
    boolean isVerified(ImageReference image) {
        return !unverifiedImages.contains(image);
    }

    @SuppressWarnings("unchecked") // by the contract of Parser
    private static <T> Optional<T> cast(Optional<?> stated) {
        return (Optional<T>) stated;
    }

    private <T> Optional<T> file(
            ImageReference image,
            Descriptor layer,
            String path,
            long maxLayerBytes,
            UnpackLimit limit,
            Parser<T> parser)
            throws Failure, InterruptedException {
        if (verifyLayers) {
            return layer.size() > maxLayerBytes ? Optional.empty() : whole(image, layer, path, limit, parser);
        }
        byte[] start = registry.blobStart(image, layer, START);
        boolean complete = start.length >= layer.size();
        try {
            Optional<T> stated = LayerFiles.find(new ByteArrayInputStream(start), path, limit, parser);
            if (stated.isPresent() && !complete) {
                unverified.add(new LayerFile(layer.digest(), path));
            }
            if (stated.isPresent() || complete) {
                return stated;
            }
        } catch (EOFException e) {
            if (complete) {
                throw unreadable(image, layer, e);
            }
        } catch (Failure e) {
            throw e;
        } catch (IOException e) {
            throw unreadable(image, layer, e);
        }
        if (layer.size() > maxLayerBytes) {
            unverified.add(new LayerFile(layer.digest(), path));
            return Optional.empty();
        }
        return whole(image, layer, path, limit, parser);
    }

    /** Reads a layer, to its end unless that is far; the end is reached only with the right digest. */
    private <T> Optional<T> whole(
            ImageReference image, Descriptor layer, String path, UnpackLimit limit, Parser<T> parser)
            throws Failure, InterruptedException {
        try (InputStream whole = registry.blob(image, layer)) {
            Optional<T> stated = LayerFiles.find(whole, path, limit, parser);
            if (verifyLayers || layer.size() <= READ_ON) {
                whole.transferTo(OutputStream.nullOutputStream());
            } else {
                unverified.add(new LayerFile(layer.digest(), path));
            }
            return stated;
        } catch (InterruptedIOException e) {
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException().initCause(e);
        } catch (Failure e) {
            throw e;
        } catch (IOException e) {
            throw unreadable(image, layer, e);
        }
    }

    private static Failure unreadable(ImageReference image, Descriptor layer, IOException cause) {
        return new Failure(Failure.Kind.INVALID, Text.reason(cause), cause)
                .during("read layer " + layer.digest() + " of " + image);
    }
}
