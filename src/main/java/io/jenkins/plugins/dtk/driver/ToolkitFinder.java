package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.KernelFlavour;
import io.jenkins.plugins.dtk.library.Compared;
import io.jenkins.plugins.dtk.library.ImageLibrary;
import io.jenkins.plugins.dtk.matrix.Catalog;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.DriverToolkits.PayloadToolkit;
import io.jenkins.plugins.dtk.release.NodeOs;
import io.jenkins.plugins.dtk.release.ReleaseVersion.Minor;
import io.jenkins.plugins.dtk.release.Releases;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds a Driver Toolkit image for a target: the one that a release which ships the kernel brings along, where that is
 * for the kernel that the nodes run; else a library's.
 */
public final class ToolkitFinder {

    private final Releases releases;
    private final ImageLibrary library;

    /** So many images of releases are tried that say they are for the kernel and then are of no use. */
    private static final int MOST_TRIED = 3;

    /**
     * What is done with an image.
     *
     * @param <T> what comes of it
     */
    @FunctionalInterface
    public interface Use<T> {
        /**
         * Uses an image.
         *
         * @param image by digest
         * @throws Failure when it is of no use, and another one may be
         */
        T of(ImageReference image) throws Failure, InterruptedException;
    }

    /**
     * @param library null: no library is asked
     */
    public ToolkitFinder(Releases releases, ImageLibrary library) {
        this.releases = releases;
        this.library = library;
    }

    /**
     * Uses the first image that can be used.
     *
     * @param rows the releases that ship the target's kernel
     * @throws Failure of kind ABSENT when there is none, of another kind when that could not be found out; one line with
     *     the first reason
     */
    public <T> T use(DriverTarget target, List<Catalog.Row> rows, Use<T> use) throws Failure, InterruptedException {
        Trouble trouble = new Trouble();
        Set<ImageReference> tried = new HashSet<>();
        for (Catalog.Row row : rows) {
            Optional<ImageReference> own = tried.size() == MOST_TRIED ? Optional.empty() : own(target, row, trouble);
            if (own.isPresent() && tried.add(own.get())) {
                try {
                    return use.of(own.get());
                } catch (Failure e) {
                    trouble.add(e);
                }
            }
        }
        Optional<ImageReference> ours = ours(target, trouble);
        if (ours.isPresent()) {
            try {
                return use.of(ours.get());
            } catch (Failure e) {
                trouble.add(e);
            }
        }
        throw trouble.failure();
    }

    /**
     * All images that may be of use, in the order in which they are to be tried: what an image says of itself does not
     * show whether it has the kernel with 64 KiB pages. Of the releases of a minor the first one counts, because they are
     * made alike.
     *
     * @param rows the releases that ship the target's kernel
     * @throws Failure as {@link #use}
     */
    ToolkitCandidates candidates(DriverTarget target, List<Catalog.Row> rows) throws Failure, InterruptedException {
        Trouble trouble = new Trouble();
        Map<Minor, ImageReference> own = new LinkedHashMap<>();
        for (Catalog.Row row : rows) {
            Minor minor = row.release().version().line();
            if (own.size() < MOST_TRIED && !own.containsKey(minor)) {
                own(target, row, trouble).ifPresent(image -> own.put(minor, image));
            }
        }
        Set<ImageReference> all = new LinkedHashSet<>(own.values());
        ours(target, trouble).ifPresent(all::add);
        if (all.isEmpty()) {
            throw trouble.failure();
        }
        return new ToolkitCandidates(all.stream().map(Object::toString).toList(), trouble.unknown());
    }

    private Optional<ImageReference> own(DriverTarget target, Catalog.Row row, Trouble trouble)
            throws InterruptedException {
        try {
            return own(target, row, trouble.reasons);
        } catch (Failure e) {
            trouble.add(e);
            return Optional.empty();
        }
    }

    private Optional<ImageReference> ours(DriverTarget target, Trouble trouble) throws InterruptedException {
        try {
            return library == null ? Optional.empty() : library(target, trouble.reasons);
        } catch (Failure e) {
            trouble.add(e);
            return Optional.empty();
        }
    }

    private Optional<ImageReference> own(DriverTarget target, Catalog.Row row, Set<String> reasons)
            throws Failure, InterruptedException {
        List<PayloadToolkit> all = releases.driverToolkits(row.release());
        Optional<PayloadToolkit> own = PayloadToolkit.forNode(
                all,
                row.node().stream(),
                releases.nodeOs(row.release()).stream().map(NodeOs::stream).toList());
        if (own.isEmpty()) {
            reasons.add("release " + row.release() + " has no Driver Toolkit for nodes of " + row.node().stream());
        } else if (!own.get().toolkit().kernel().equals(target.standard())) {
            reasons.add("the Driver Toolkit of release " + row.release() + " is for kernel "
                    + own.get().toolkit().kernel().nvr());
        } else if (target.flavour() == KernelFlavour.RT
                && !own.get().toolkit().kernelRt().equals(Optional.of(target.kernel()))) {
            reasons.add("the Driver Toolkit of release " + row.release() + " has no real-time kernel "
                    + target.kernel().nvr());
        } else {
            return Optional.of(own.get().image());
        }
        return Optional.empty();
    }

    private Optional<ImageReference> library(DriverTarget target, Set<String> reasons)
            throws Failure, InterruptedException {
        Compared compared = library.compare(target.standard(), target.architecture());
        if (compared.answer() == Compared.Answer.MATCHES) {
            return Optional.of(ImageReference.parse(compared.image()));
        }
        reasons.add(compared.why());
        return Optional.empty();
    }

    /** Why images are of no use, or could not be looked at. */
    private static final class Trouble {
        private final Set<String> reasons = new LinkedHashSet<>();
        private Failure unknown;

        /** An image that is absent or of no use is no toolkit; a registry that did not answer leaves it open. */
        void add(Failure failure) {
            reasons.add(failure.getMessage());
            if (failure.kind() != Failure.Kind.INVALID && failure.kind() != Failure.Kind.ABSENT) {
                unknown = failure;
            }
        }

        /** What could not be found out, in one line; empty where nothing is open. */
        String unknown() {
            return unknown == null ? "" : unknown.getMessage();
        }

        Failure failure() {
            int others = reasons.size() - 1;
            return new Failure(
                    unknown == null ? Failure.Kind.ABSENT : unknown.kind(),
                    "no toolkit: " + reasons.iterator().next()
                            + (others == 0
                                    ? ""
                                    : " (and " + others + (others == 1 ? " more reason)" : " more reasons)")));
        }
    }
}
