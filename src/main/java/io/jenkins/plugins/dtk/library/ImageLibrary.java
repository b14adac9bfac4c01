package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.registry.ImageReference;
import io.jenkins.plugins.dtk.registry.Platform;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.registry.RegistryException;
import java.util.Collection;

/** The library of images in one repository. */
public final class ImageLibrary {

    private final RegistryClient client;
    private final ImageReference name;

    /**
     * The library in a repository.
     *
     * @param name the repository; tag and digest are ignored
     */
    public ImageLibrary(RegistryClient client, ImageReference name) {
        this.client = client;
        this.name = name;
    }

    /** The tag of one architecture of a kernel: {@code <kernel>.<arch>}. */
    public static String tag(String kernel, Architecture architecture) {
        return tag(kernel) + "." + architecture.rpmName();
    }

    /** The tag of a kernel: a plus sign is not allowed in one and becomes an underscore. */
    public static String tag(String kernel) {
        return kernel.replace('+', '_');
    }

    /**
     * Whether an image is there.
     *
     * @param platforms it must run on; empty: any
     * @param baseDigest the digest of the base it must be built on; null: any
     */
    public Existence exists(String tag, Collection<Platform> platforms, String baseDigest) throws InterruptedException {
        throw new UnsupportedOperationException(client + " " + name);
    }

    /** What is there of a kernel. */
    public KernelState state(String kernelTag, Collection<Architecture> wanted)
            throws RegistryException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** Publishes the index of a kernel from the images that are there. */
    public JoinResult join(String kernelTag, Collection<Architecture> wanted)
            throws RegistryException, InterruptedException {
        throw new UnsupportedOperationException();
    }
}
