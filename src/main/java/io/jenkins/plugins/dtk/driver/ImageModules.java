package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kmod.KernelModule;
import io.jenkins.plugins.dtk.oci.ImageManifest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.ImageTree;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The kernel modules of an image, by the kernel that they are for: the folder {@code lib/modules/KERNEL} they are in,
 * or where they are elsewhere, what they say of themselves. Modules that were built and signed together with that kernel
 * are not the vendor's: they are counted alone.
 *
 * @param byKernel the vendor's modules; the kernel as {@code uname -r} prints it
 * @param inTree how many modules came with a kernel
 */
public record ImageModules(Map<String, List<KernelModule>> byKernel, int inTree) {

    /** A whole kernel has some 5,000. */
    private static final int MOST = 50_000;

    private static final Pattern FOLDER = Pattern.compile("(?:^|.*/)lib/modules/([^/]+)/.*");

    /** Makes the map unmodifiable. */
    public ImageModules {
        byKernel = Collections.unmodifiableMap(new TreeMap<>(byKernel));
    }

    /**
     * Reads those of an image.
     *
     * @param image names the repository
     * @throws Failure when the image or a module in it cannot be read; one line
     */
    static ImageModules read(ImageTree tree, ImageReference image, ImageManifest manifest)
            throws Failure, InterruptedException {
        Taker taker = new Taker();
        tree.read(image, manifest, taker);
        return new ImageModules(taker);
    }

    /** Whether there is no module of the vendor's. */
    boolean isEmpty() {
        return byKernel.isEmpty();
    }

    ImageModules(Taker taker) {
        this(taker.found, taker.inTree);
    }

    /** Takes the modules out of a file system. */
    static class Taker implements ImageTree.Files {
        private final Map<String, List<KernelModule>> found = new TreeMap<>();
        private int inTree;
        private int all;

        @Override
        public boolean wants(String path) {
            return KernelModule.isPath(path);
        }

        @Override
        public void take(String path, InputStream content) throws IOException {
            if (++all > MOST) {
                throw new IOException("the image has more than " + MOST + " modules");
            }
            KernelModule module = KernelModule.read(path, content);
            Matcher folder = FOLDER.matcher(path);
            String kernel = folder.matches() ? folder.group(1) : module.kernel();
            if (module.inTree()
                    && module.signature().isPresent()
                    && module.kernel().equals(kernel)) {
                inTree++;
            } else {
                found.computeIfAbsent(kernel, none -> new ArrayList<>()).add(module);
            }
        }
    }
}
