package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.registry.Descriptor;
import io.jenkins.plugins.dtk.registry.ImageConfig;
import io.jenkins.plugins.dtk.registry.ImageIndex;
import io.jenkins.plugins.dtk.registry.ImageManifest;
import io.jenkins.plugins.dtk.registry.ImageReference;
import io.jenkins.plugins.dtk.registry.Manifest;
import io.jenkins.plugins.dtk.registry.Platform;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.registry.RegistryException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads manifests, labels and single files of images without pulling them. A file that lies in the first 64 KiB of
 * its layer costs one ranged request.
 */
final class ImageReader {

    /** {@code oc adm release new} and the node image build put what we look for first in its layer. */
    private static final int START = 64 << 10;

    private final RegistryClient registry;

    ImageReader(RegistryClient registry) {
        this.registry = registry;
    }

    /** The image's manifest; of an index, the one for this architecture. */
    ImageManifest manifest(ImageReference image, Architecture architecture)
            throws RegistryException, ReleaseException, InterruptedException {
        Manifest manifest = registry.manifest(image);
        if (manifest instanceof ImageIndex index) {
            Descriptor own = index.forPlatform(Platform.parse(architecture.platform()))
                    .orElseThrow(() -> new ReleaseException(image + " has no image for " + architecture.platform()));
            manifest = registry.manifest(image.withDigest(own.digest()));
        }
        if (manifest instanceof ImageManifest single) {
            return single;
        }
        throw new ReleaseException(image + " is an index of indexes");
    }

    ImageConfig config(ImageReference image, ImageManifest manifest) throws RegistryException, InterruptedException {
        return registry.config(image, manifest);
    }

    /**
     * A file of an image, looked for from the top layer down.
     *
     * @param layers how many layers to look at
     * @param maxLayerBytes a layer larger than this, compressed, is looked at only in its first 64 KiB
     */
    Optional<byte[]> file(ImageReference image, ImageManifest manifest, String path, int layers, long maxLayerBytes)
            throws RegistryException, ReleaseException, InterruptedException {
        List<Descriptor> all = manifest.layers();
        for (int i = all.size() - 1; i >= Math.max(0, all.size() - layers); i--) {
            Optional<byte[]> file = file(image, all.get(i), path, maxLayerBytes);
            if (file.isPresent()) {
                return file;
            }
        }
        return Optional.empty();
    }

    private Optional<byte[]> file(ImageReference image, Descriptor layer, String path, long maxLayerBytes)
            throws RegistryException, ReleaseException, InterruptedException {
        byte[] start = registry.blobStart(image, layer, START);
        boolean complete = start.length >= layer.size();
        try {
            Optional<byte[]> file = found(new ByteArrayInputStream(start), path);
            if (file.isPresent() || complete) {
                return file;
            }
        } catch (EOFException e) {
            if (complete) {
                throw unreadable(image, layer, e);
            }
        } catch (IOException e) {
            throw unreadable(image, layer, e);
        }
        if (layer.size() > maxLayerBytes) {
            return Optional.empty();
        }
        try (InputStream whole = registry.blob(image, layer)) {
            return found(whole, path);
        } catch (IOException e) {
            throw unreadable(image, layer, e);
        }
    }

    private static Optional<byte[]> found(InputStream layer, String path) throws IOException {
        return Optional.ofNullable(LayerFiles.find(layer, Set.of(path)).get(path));
    }

    private static ReleaseException unreadable(ImageReference image, Descriptor layer, IOException cause) {
        return new ReleaseException(
                "Tried to read layer " + layer.digest() + " of " + image + " but failed because: " + Text.reason(cause),
                cause);
    }
}
