package io.jenkins.plugins.dtk.matrix;

import io.jenkins.plugins.dtk.failure.ErrorContext;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.ParallelTasks;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.release.NodeOs;
import io.jenkins.plugins.dtk.release.Release;
import io.jenkins.plugins.dtk.release.Releases;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Computes the kernel matrix: releases, payloads, node OS images, kernels, base images. */
public final class MatrixComputation {

    private static final int THREADS = 32;

    /** How many releases {@link #verifyingSome} verifies in a run. */
    static final int SOME = 16;

    private final Releases releases;
    private final RegistryClient registry;
    private final MatrixProgress progress;
    private final int verifications;

    /**
     * @param releases finds what OpenShift ships
     * @param registry looks up base images
     * @param progress receives the progress
     */
    public MatrixComputation(Releases releases, RegistryClient registry, MatrixProgress progress) {
        this(releases, registry, progress, 0);
    }

    private MatrixComputation(Releases releases, RegistryClient registry, MatrixProgress progress, int verifications) {
        this.releases = releases;
        this.registry = registry;
        this.progress = progress;
        this.verifications = verifications;
    }

    /**
     * The same, which also reads some layers to their end that were not verified so far: a few releases in each run, the
     * newest first, until all are. What turns out to be wrong is corrected, and a line says so.
     */
    public MatrixComputation verifyingSome() {
        return new MatrixComputation(releases, registry, progress, SOME);
    }

    /**
     * Computes the matrix.
     *
     * @throws Failure when there is no such release, or one cannot be read and may not be skipped, or a
     *     base image cannot be looked up; one line
     * @throws InterruptedException when the caller is interrupted; all that runs is ended
     */
    public KernelMatrix compute(MatrixRequest request) throws Failure, InterruptedException {
        Catalog catalog = catalog(request);
        KernelCollector collector = new KernelCollector(progress);
        catalog.rows().forEach(collector::add);
        return new KernelMatrix(onBases(collector.kernels(), request), catalog.unreadable());
    }

    /**
     * Reads what every wanted release ships. Base images are not looked at.
     *
     * @throws Failure when there is no such release, or one cannot be read and may not be skipped; one line
     * @throws InterruptedException when the caller is interrupted; all that runs is ended
     */
    public Catalog catalog(MatrixRequest request) throws Failure, InterruptedException {
        Releases.Found found = find(request);
        found.odd().forEach(progress::warn);
        return catalog(
                found.releases(),
                request.verifyLayers() ? releases.verifyingLayers() : releases,
                request.skipUnreadable());
    }

    /**
     * Finds out which kernels the wanted releases ship, as the proof that others may be deleted: every layer that names
     * anything is verified, and every answer that may be incomplete is a doubt.
     *
     * @throws Failure when there is no such release, or one cannot be read; one line
     */
    public WantedKernels wanted(MatrixRequest request) throws Failure, InterruptedException {
        Releases.Found found = find(request);
        Set<KernelVersion> kernels = catalog(found.releases(), releases.verifyingLayers(), false).rows().stream()
                .map(row -> row.node().kernel())
                .collect(Collectors.toSet());
        Set<Architecture> architectures =
                found.releases().stream().map(Release::architecture).collect(Collectors.toSet());
        List<String> doubts = new ArrayList<>(found.odd());
        doubts.addAll(found.doubts());
        return new WantedKernels(kernels, architectures, doubts);
    }

    private Releases.Found find(MatrixRequest request) throws Failure, InterruptedException {
        Releases.Found found =
                releases.survey(request.releases(), request.architectures(), request.channel(), request.discovery());
        if (found.releases().isEmpty()) {
            throw nothingFound(request, found.odd());
        }
        return found;
    }

    /** That there is no such release; where answers were odd, only that none can be read of them. */
    private static Failure nothingFound(MatrixRequest request, List<String> odd) {
        String nothing = "no release matches " + request.releases() + " for " + request.architectures() + " "
                + request.discovery().place(request.channel());
        return odd.isEmpty()
                ? new Failure(Failure.Kind.ABSENT, nothing)
                : new Failure(Failure.Kind.INVALID, nothing + ", where answers were odd: " + odd.get(0));
    }

    private Catalog catalog(List<Release> wanted, Releases reader, boolean skipUnreadable)
            throws Failure, InterruptedException {
        AtomicInteger done = new AtomicInteger();
        List<Catalog.Row> rows = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        List<Answer> answers = new ArrayList<>(ParallelTasks.map(mixed(wanted), THREADS, release -> {
            Answer read = answer(reader, release, skipUnreadable);
            progress.done("payloads", done.incrementAndGet(), wanted.size());
            return read;
        }));
        verify(answers, skipUnreadable);
        answers.sort(Comparator.comparing((Answer answer) -> answer.release().version())
                .thenComparing(answer -> answer.release().architecture()));
        for (Answer answer : answers) {
            answer.nodes().forEach(node -> rows.add(new Catalog.Row(answer.release(), node)));
            answer.failure().ifPresent(unreadable::add);
        }
        Collections.sort(rows);
        return new Catalog(rows, unreadable);
    }

    /**
     * Releases that follow each other share node OS images, which one of them reads while the others wait. Mixed, those
     * that are read at the same time seldom wait for each other. The order is the same in every run.
     */
    private static List<Release> mixed(List<Release> releases) {
        List<Release> mixed = new ArrayList<>(releases);
        Collections.shuffle(mixed, new Random(0));
        return mixed;
    }

    private record Answer(Release release, List<NodeOs> nodes, Optional<String> failure) {}

    private Answer answer(Releases reader, Release release, boolean skip) throws Failure, InterruptedException {
        try {
            Release pinned = reader.pinned(release);
            return new Answer(pinned, reader.nodeOs(pinned), Optional.empty());
        } catch (Failure e) {
            if (!skip) {
                throw e;
            }
            progress.warn("skipped: " + e.getMessage());
            return new Answer(release, List.of(), Optional.of(e.getMessage()));
        }
    }

    /** Reads the rest of layers whose start was believed. */
    private void verify(List<Answer> answers, boolean skip) throws Failure, InterruptedException {
        if (verifications == 0) {
            return;
        }
        List<Answer> open = answers.stream()
                .filter(answer -> answer.failure().isEmpty() && !releases.isVerified(answer.release()))
                .sorted(Comparator.comparing((Answer answer) -> answer.release().version())
                        .reversed()
                        .thenComparing(answer -> answer.release().architecture()))
                .limit(verifications)
                .toList();
        Releases reader = releases.verifyingLayers();
        List<Answer> verified = ParallelTasks.map(open, THREADS, answer -> verified(reader, answer, skip));
        for (int i = 0; i < open.size(); i++) {
            answers.set(answers.indexOf(open.get(i)), verified.get(i));
        }
    }

    private Answer verified(Releases reader, Answer believed, boolean skip) throws Failure, InterruptedException {
        Release release = believed.release();
        try {
            List<NodeOs> nodes = reader.nodeOs(release);
            if (!nodes.equals(believed.nodes())) {
                progress.warn("release " + release + ": read whole, its layers say " + kernels(nodes) + ", not "
                        + kernels(believed.nodes()) + " as their start did; corrected");
            }
            return new Answer(release, nodes, Optional.empty());
        } catch (Failure e) {
            if (e.kind() != Failure.Kind.INVALID) {
                return believed; // it stays unverified, and a later run tries again
            }
            releases.forget(release);
            if (!skip) {
                throw e;
            }
            progress.warn("skipped: " + e.getMessage());
            return new Answer(release, List.of(), Optional.of(e.getMessage()));
        }
    }

    private static String kernels(List<NodeOs> nodes) {
        return nodes.stream().map(node -> node.kernel().nvr()).collect(Collectors.joining(" and "));
    }

    private List<MatrixKernel> onBases(List<MatrixKernel> kernels, MatrixRequest request)
            throws Failure, InterruptedException {
        Map<ImageReference, BaseImage> bases = new LinkedHashMap<>();
        for (MatrixKernel kernel : kernels) {
            ImageReference base = request.baseImages().of(kernel.rhel(), kernel.stream());
            bases.put(base, BaseImage.notLookedUp(base));
        }
        if (request.baseDigests()) {
            ParallelTasks.map(List.copyOf(bases.keySet()), THREADS, base -> Map.entry(base, lookUp(base)))
                    .forEach(found -> bases.put(found.getKey(), found.getValue()));
        }
        return kernels.stream()
                .map(kernel -> kernel.on(bases.get(request.baseImages().of(kernel.rhel(), kernel.stream()))))
                .toList();
    }

    private BaseImage lookUp(ImageReference base) throws Failure, InterruptedException {
        return ErrorContext.in("base image " + base, () -> {
            Manifest manifest = registry.findManifest(base)
                    .orElseThrow(() -> new Failure(Failure.Kind.ABSENT, "it does not exist")
                            .advising("name another pattern of base images, or do not look up digests"));
            return BaseImage.of(base, manifest);
        });
    }
}
