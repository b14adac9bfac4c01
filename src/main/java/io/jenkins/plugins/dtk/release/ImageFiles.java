package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.oci.ImageManifest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads single files of images without pulling them. */
public final class ImageFiles {

    /** A last layer with more, compressed, is looked at only in its first 64 KiB. */
    private static final long MOST_BYTES = 4L << 20;

    private final ImageReader reader;

    /**
     * Makes something of a file, as it is unpacked; for a path always the same kind of thing.
     *
     * @param <T> what it says; not null
     */
    @FunctionalInterface
    public interface FileContent<T> {
        T of(InputStream file) throws IOException;
    }

    /** Reads through a client. */
    public ImageFiles(RegistryClient client) {
        reader = new ImageReader(client, false);
    }

    /**
     * What a file says that the last layer holds; costs one ranged request where the file is near its start.
     *
     * @param image names the repository
     * @param path without a slash at its start
     * @throws Failure when the layer is no archive; one line
     */
    public <T> Optional<T> inLastLayer(
            ImageReference image, ImageManifest manifest, String path, FileContent<T> content)
            throws Failure, InterruptedException {
        return reader.file(image, manifest, path, 1, MOST_BYTES, content::of);
    }
}
