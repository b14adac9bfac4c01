package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kmod.KernelModule;
import io.jenkins.plugins.dtk.oci.ImageManifest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.ImageTree;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The kernel modules of an image, by the kernel that they are for: the folder {@code lib/modules/KERNEL} they are in,
 * or where they are elsewhere, what they say of themselves. Modules that were built and signed together with that kernel
 * are not the vendor's: they are counted alone.
 *
 * @param byKernel the vendor's modules; the kernel as {@code uname -r} prints it
 * @param inTree how many modules came with a kernel
 */
record ImageModules(Map<String, List<KernelModule>> byKernel, int inTree) {

    /** Makes the map unmodifiable. */
    ImageModules {
        byKernel = Collections.unmodifiableMap(new TreeMap<>(byKernel));
    }

    /**
     * Reads those of an image.
     *
     * @param image names the repository
     * @throws Failure when the image or a module in it cannot be read; one line
     */
    static ImageModules read(ImageTree tree, ImageReference image, ImageManifest manifest, ModuleTaker taker)
            throws Failure, InterruptedException {
        tree.read(image, manifest, taker);
        try {
            return taker.end();
        } catch (Failure e) {
            throw e.in(image.toString());
        } catch (IOException e) {
            throw new Failure(Failure.Kind.INVALID, String.valueOf(e.getMessage()), e).in(image.toString());
        }
    }

    /** Whether there is no module of the vendor's. */
    boolean isEmpty() {
        return byKernel.isEmpty();
    }
}
