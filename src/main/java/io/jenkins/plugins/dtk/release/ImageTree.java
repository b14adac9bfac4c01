package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.ImageManifest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Reads the files of an image as a container would see them, without pulling it: layer by layer from the top down, so
 * that what a layer replaces or deletes is not seen (OCI image-spec layer.md, whiteouts). Links are not followed.
 */
public final class ImageTree {

    /** A last layer with more, compressed, is looked at only in its first 64 KiB. */
    private static final long MOST_BYTES = 4L << 20;

    private final RegistryClient registry;
    private final ImageReader images;

    /** Takes files out of an image. */
    public interface Files {
        /** Whether a file is wanted; path without a slash at its start. */
        boolean wants(String path);

        /**
         * Takes a wanted file, each once.
         *
         * @throws IOException when it is not what it should be; one line
         */
        void take(String path, InputStream content) throws IOException;

        /** Takes a wanted file with its owner and permissions, where these matter. */
        default void take(Entry entry, InputStream content) throws IOException {
            take(entry.path(), content);
        }

        /** Whether all that is wanted was found, and the rest need not be read. */
        default boolean isDone() {
            return false;
        }

        /** Sees everything there is: files, links, folders. */
        default void sees(String path) {}
    }

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
    public ImageTree(RegistryClient registry) {
        this.registry = registry;
        this.images = new ImageReader(registry, false);
    }

    /** The manifest of an image; of an index, the one for this architecture. */
    public ImageManifest manifest(ImageReference image, Architecture architecture)
            throws Failure, InterruptedException {
        return images.manifest(image, architecture);
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
        return images.file(image, manifest, path, 1, MOST_BYTES, content::of);
    }

    /**
     * Reads files. Layers that are read to their end are verified against their digests.
     *
     * @param image names the repository
     * @throws Failure when a layer cannot be read, or the taker refuses a file; one line
     */
    public void read(ImageReference image, ImageManifest manifest, Files files) throws Failure, InterruptedException {
        List<Descriptor> layers = manifest.layers();
        UpperLayers upper = new UpperLayers();
        for (int i = layers.size() - 1; i >= 0 && !files.isDone(); i--) {
            layer(image, layers.get(i), upper, files);
            upper.layerEnds();
        }
    }

    /**
     * Reads files out of a container's file system as one archive, as {@code podman export} writes it.
     *
     * @throws IOException when it is no archive, or the taker refuses a file; one line
     */
    public static void unpack(InputStream archive, Files files) throws IOException {
        LayerWalk.through(archive, (entry, content) -> {
            visit(entry, content, files);
            return true;
        });
    }

    private static void visit(Entry entry, InputStream content, Files files) throws IOException {
        files.sees(entry.path());
        if (entry.type() == '0' && files.wants(entry.path())) {
            files.take(entry, content);
        }
    }

    private void layer(ImageReference image, Descriptor layer, UpperLayers upper, Files files)
            throws Failure, InterruptedException {
        try (InputStream bytes = registry.blob(image, layer)) {
            boolean whole = LayerWalk.through(bytes, (entry, content) -> {
                if (!upper.hides(entry.path(), entry.type())) {
                    visit(entry, content, files);
                }
                return !files.isDone();
            });
            if (whole) {
                bytes.transferTo(OutputStream.nullOutputStream());
            }
        } catch (InterruptedIOException e) {
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException().initCause(e);
        } catch (Failure e) {
            throw e.action().isEmpty() ? e.in(image.toString()) : e;
        } catch (IOException e) {
            throw new Failure(Failure.Kind.INVALID, Text.reason(e), e)
                    .during("read layer " + layer.digest() + " of " + image);
        }
    }

    /**
     * What a layer says of one of its files.
     *
     * @param path without a slash at its start or end
     * @param type as in the header of a tar: 0 a file, 1 and 2 links, 5 a folder
     * @param mode its permissions
     * @param user the number of its owner
     * @param group the number of its group
     * @param modified seconds since 1970
     */
    public record Entry(String path, char type, int mode, long user, long group, long modified) {}
}
