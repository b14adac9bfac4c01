package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.KernelFlavour;
import io.jenkins.plugins.dtk.library.Compared;
import io.jenkins.plugins.dtk.library.ImageLibrary;
import io.jenkins.plugins.dtk.matrix.Catalog;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.DriverToolkits.PayloadToolkit;
import io.jenkins.plugins.dtk.release.NodeOs;
import io.jenkins.plugins.dtk.release.Releases;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
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
        Set<String> reasons = new LinkedHashSet<>();
        Set<ImageReference> tried = new HashSet<>();
        Failure.Kind kind = Failure.Kind.ABSENT;
        for (Catalog.Row row : rows) {
            try {
                Optional<ImageReference> own = own(target, row, reasons);
                if (own.isPresent() && tried.size() < MOST_TRIED && tried.add(own.get())) {
                    return use.of(own.get());
                }
            } catch (Failure e) {
                reasons.add(e.getMessage());
                kind = worse(kind, e.kind());
            }
        }
        try {
            Optional<ImageReference> ours = library == null ? Optional.empty() : library(target, reasons);
            if (ours.isPresent()) {
                return use.of(ours.get());
            }
        } catch (Failure e) {
            reasons.add(e.getMessage());
            kind = worse(kind, e.kind());
        }
        throw none(kind, reasons);
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

    /** An image that is absent or of no use is no toolkit; a registry that did not answer leaves it open. */
    private static Failure.Kind worse(Failure.Kind one, Failure.Kind other) {
        return other == Failure.Kind.INVALID || other == Failure.Kind.ABSENT ? one : other;
    }

    private static Failure none(Failure.Kind kind, Set<String> reasons) {
        int others = reasons.size() - 1;
        return new Failure(
                kind,
                "no toolkit: " + reasons.iterator().next()
                        + (others == 0 ? "" : " (and " + others + (others == 1 ? " more reason)" : " more reasons)")));
    }
}
