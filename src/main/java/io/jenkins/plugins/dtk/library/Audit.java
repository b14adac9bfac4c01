package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.ParallelTasks;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.kernel.Stream;
import io.jenkins.plugins.dtk.matrix.Catalog;
import io.jenkins.plugins.dtk.matrix.MatrixProgress;
import io.jenkins.plugins.dtk.release.DriverToolkits.PayloadToolkit;
import io.jenkins.plugins.dtk.release.NodeOs;
import io.jenkins.plugins.dtk.release.Release;
import io.jenkins.plugins.dtk.release.Releases;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Compares what nodes run with what the Driver Toolkit images are for: the one that each release brings along, and the
 * library's. Releases have shipped with an image for another kernel than their nodes' (OCP 4.10.44 and 4.11.14,
 * okd-project/okd issues 2061 and 2350), on which no kernel module builds.
 */
public final class Audit {

    private static final int THREADS = 16;

    private final Releases releases;
    private final ImageLibrary library;
    private final MatrixProgress progress;

    /**
     * @param releases reads the releases' own images; null: they are not asked for
     * @param library null: no library is asked
     * @param progress receives the progress
     */
    public Audit(Releases releases, ImageLibrary library, MatrixProgress progress) {
        this.releases = releases;
        this.library = library;
        this.progress = progress;
    }

    /**
     * Compares all that the catalog names. What is unknown is an answer too, so nothing that a registry does or
     * fails to do ends the audit.
     */
    public AuditReport of(Catalog catalog) throws InterruptedException {
        Map<Release, List<Catalog.Row>> byRelease = new LinkedHashMap<>();
        catalog.rows().forEach(row -> byRelease
                .computeIfAbsent(row.release(), release -> new ArrayList<>())
                .add(row));
        Map<Catalog.Row, Compared> payloads = releases == null ? Map.of() : payloads(byRelease);
        Map<Wanted, Compared> images = library == null ? Map.of() : images(catalog.rows());
        return new AuditReport(
                catalog.rows().stream()
                        .map(row -> new AuditReport.Finding(
                                row,
                                Optional.ofNullable(payloads.get(row)),
                                Optional.ofNullable(images.get(Wanted.by(row)))))
                        .toList(),
                catalog.unreadable());
    }

    private Map<Catalog.Row, Compared> payloads(Map<Release, List<Catalog.Row>> byRelease) throws InterruptedException {
        Map<Catalog.Row, Compared> compared = new HashMap<>();
        forEach("payloads' images", byRelease.values(), this::payload).forEach(compared::putAll);
        return compared;
    }

    private Map<Catalog.Row, Compared> payload(List<Catalog.Row> rows) throws InterruptedException {
        Map<Catalog.Row, Compared> compared = new HashMap<>();
        try {
            List<PayloadToolkit> toolkits = releases.driverToolkits(rows.get(0).release());
            List<Stream> streams = rows.stream().map(row -> row.node().stream()).toList();
            rows.forEach(row -> compared.put(
                    row,
                    PayloadToolkit.forNode(toolkits, row.node().stream(), streams)
                            .map(toolkit -> compare(toolkit, row.node()))
                            .orElseGet(() -> Compared.absent("", "the release has no image for these nodes"))));
        } catch (Failure e) {
            rows.forEach(row -> compared.put(row, Compared.unknown("", e.getMessage())));
        }
        return compared;
    }

    private static Compared compare(PayloadToolkit toolkit, NodeOs node) {
        String image = toolkit.image().toString();
        KernelVersion kernel = toolkit.toolkit().kernel();
        if (!kernel.equals(node.kernel())) {
            return Compared.differs(
                    image,
                    Optional.of(kernel),
                    "the release's image is for kernel " + kernel.nvr() + ", its nodes run "
                            + node.kernel().nvr());
        }
        Optional<KernelVersion> realTime = toolkit.toolkit().kernelRt();
        if (realTime.isPresent()
                && node.kernelRt().isPresent()
                && !realTime.get().equals(node.kernelRt().get())) {
            return Compared.differs(
                    image,
                    Optional.of(kernel),
                    "the release's image is for kernel-rt " + realTime.get().nvr() + ", its nodes may run "
                            + node.kernelRt().get().nvr());
        }
        return Compared.matches(image, kernel);
    }

    /** A kernel that nodes of this architecture run: many releases share one. */
    private record Wanted(KernelVersion kernel, Architecture architecture) {
        static Wanted by(Catalog.Row row) {
            return new Wanted(row.node().kernel(), row.node().architecture());
        }
    }

    private Map<Wanted, Compared> images(Collection<Catalog.Row> rows) throws InterruptedException {
        Set<Wanted> wanted = new LinkedHashSet<>();
        rows.forEach(row -> wanted.add(Wanted.by(row)));
        Map<Wanted, Compared> compared = new ConcurrentHashMap<>();
        AtomicReference<String> unreachable = new AtomicReference<>();
        // The first alone: an unreachable registry then costs one time-out.
        for (Wanted first : wanted.stream().limit(1).toList()) {
            compared.put(first, image(first, unreachable));
        }
        forEach("images", wanted.stream().skip(1).toList(), image -> compared.put(image, image(image, unreachable)));
        return compared;
    }

    private Compared image(Wanted wanted, AtomicReference<String> unreachable) throws InterruptedException {
        String name = library.image(wanted.kernel(), wanted.architecture()).toString();
        if (unreachable.get() != null) {
            return Compared.unknown(name, unreachable.get());
        }
        try {
            return library.compare(wanted.kernel(), wanted.architecture());
        } catch (Failure e) {
            if (e.kind() == Failure.Kind.UNREACHABLE) {
                unreachable.set(e.getMessage());
            }
            return Compared.unknown(name, e.getMessage());
        }
    }

    /** Work whose failures are answers. */
    @FunctionalInterface
    private interface Question<T, R> {
        R ask(T item) throws InterruptedException;
    }

    private <T, R> List<R> forEach(String what, Collection<T> items, Question<T, R> question)
            throws InterruptedException {
        AtomicInteger done = new AtomicInteger();
        return ParallelTasks.map(items, THREADS, item -> {
            R answer = question.ask(item);
            progress.done(what, done.incrementAndGet(), items.size());
            return answer;
        });
    }
}
