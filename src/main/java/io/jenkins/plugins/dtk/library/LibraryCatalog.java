package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.failure.ErrorContext;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.ParallelTasks;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.matrix.Catalog;
import io.jenkins.plugins.dtk.matrix.MatrixProgress;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What releases ship, and which images a library has for it.
 *
 * @param repository the library's, as the user names it
 * @param rows what releases ship, oldest first
 * @param images the library's images by kernel; every kernel of the rows has an entry, oldest first
 */
public record LibraryCatalog(
        ImageReference repository, List<Catalog.Row> rows, Map<KernelVersion, KernelImages> images) {

    private static final int THREADS = 16;

    /**
     * Asks a library for all images of a catalog: a request for each kernel, and one for each of its architectures.
     *
     * @throws Failure when the library did not say, which is not the same as absent; one line
     */
    public static LibraryCatalog of(
            Catalog catalog, ImageReference repository, ImageLibrary library, MatrixProgress progress)
            throws Failure, InterruptedException {
        Map<KernelVersion, Set<Architecture>> wanted = new TreeMap<>();
        catalog.rows().forEach(row -> wanted.computeIfAbsent(
                        row.node().kernel(), kernel -> EnumSet.noneOf(Architecture.class))
                .add(row.node().architecture()));
        List<KernelVersion> kernels = new ArrayList<>(wanted.keySet());
        AtomicInteger done = new AtomicInteger();
        List<KernelImages> found = ParallelTasks.map(kernels, THREADS, kernel -> {
            KernelImages images =
                    ErrorContext.in("kernel " + kernel.nvr(), () -> library.images(kernel, wanted.get(kernel)));
            progress.done("kernels", done.incrementAndGet(), kernels.size());
            return images;
        });
        Map<KernelVersion, KernelImages> images = new LinkedHashMap<>();
        for (int i = 0; i < kernels.size(); i++) {
            images.put(kernels.get(i), found.get(i));
        }
        return new LibraryCatalog(repository, catalog.rows(), images);
    }

    /** The digest of the image for the nodes of a row. */
    public Optional<Digest> digest(Catalog.Row row) {
        return Optional.ofNullable(
                images.get(row.node().kernel()).images().get(row.node().architecture()));
    }

    /** The name of the image for a kernel and architecture that the library has: by its tag, where it has one. */
    public ImageReference name(KernelVersion kernel, Architecture architecture) {
        KernelImages found = images.get(kernel);
        return found.tagged().contains(architecture)
                ? repository.withTag(kernel.tag(architecture))
                : repository.withDigest(found.images().get(architecture));
    }

    /** The images that the library lacks, {@code <kernel>.<arch>}, each once. */
    public List<String> missing() {
        return rows.stream()
                .filter(row -> digest(row).isEmpty())
                .map(row -> row.node().kernel().full(row.node().architecture()))
                .distinct()
                .toList();
    }

    /**
     * The images that the library has for one kernel.
     *
     * @param index the digest of what its own tag names
     * @param images the digest of the image for each architecture, by its tag or else by the index
     * @param tagged the architectures that have a tag of their own
     */
    public record KernelImages(Optional<Digest> index, Map<Architecture, Digest> images, Set<Architecture> tagged) {

        /** Puts the architectures into their fixed order and makes the collections unmodifiable. */
        public KernelImages {
            images = Collections.unmodifiableMap(new TreeMap<>(images));
            tagged = Collections.unmodifiableSet(new TreeSet<>(tagged));
        }
    }
}
