package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.library.TaggedManifests.Tree;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixKernel;
import io.jenkins.plugins.dtk.matrix.MatrixProgress;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Platform;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Deletes the images of kernels that no wanted release ships. A registry deletes a manifest with all its tags, so what
 * any tag that stays names, or an index under one, is never deleted. What is attached to an image by a tag with its
 * digest, such as a signature, is deleted with it.
 */
public final class Retention {

    /** OCI distribution-spec, referrers tag schema; cosign puts a word behind it. */
    private static final Pattern ATTACHED = Pattern.compile("sha256-([0-9a-f]{64})(?:\\.(?:sig|att|sbom))?");

    private final RegistryClient client;
    private final ImageReference repository;
    private final MatrixProgress progress;

    /**
     * @param repository the library's, as the user names it
     * @param progress is told how it goes on
     */
    public Retention(RegistryClient client, ImageReference repository, MatrixProgress progress) {
        this.client = client;
        this.repository = repository;
        this.progress = progress;
    }

    /**
     * Finds out what may be deleted. Nothing is.
     *
     * @param matrix the kernels of all wanted releases
     * @param covered the architectures it was computed for: a kernel with images for others stays
     * @throws Failure when the matrix is not complete, or the library could not be read wholly; one line
     */
    public PrunePlan plan(KernelMatrix matrix, Collection<Architecture> covered) throws Failure, InterruptedException {
        if (matrix.kernels().isEmpty() || !matrix.unreadable().isEmpty()) {
            throw new Failure(
                    Failure.Kind.INVALID,
                    "the kernels of the wanted releases are not all known, so none may be deleted: "
                            + (matrix.unreadable().isEmpty()
                                    ? "there are none"
                                    : matrix.unreadable().get(0)));
        }
        Set<KernelVersion> wanted =
                matrix.kernels().stream().map(MatrixKernel::kernel).collect(Collectors.toSet());
        Map<KernelVersion, Map<String, Tree>> kernels = new TreeMap<>();
        Map<String, Set<String>> attached = new HashMap<>();
        Set<String> needed = new HashSet<>();
        int foreign = 0;
        for (Map.Entry<String, Tree> tag :
                new TaggedManifests(client, repository).read(progress).entrySet()) {
            Optional<LibraryTag> own = LibraryTag.read(tag.getKey());
            Matcher attachment = ATTACHED.matcher(tag.getKey());
            if (own.isPresent()) {
                kernels.computeIfAbsent(own.get().kernel(), kernel -> new TreeMap<>())
                        .put(tag.getKey(), tag.getValue());
            } else if (attachment.matches()) {
                attached.computeIfAbsent("sha256:" + attachment.group(1), subject -> new LinkedHashSet<>())
                        .addAll(tag.getValue().digests());
            } else {
                foreign++;
                needed.addAll(tag.getValue().digests());
            }
        }
        int staying = 0;
        int uncovered = 0;
        List<KernelVersion> unwanted = new ArrayList<>();
        for (Map.Entry<KernelVersion, Map<String, Tree>> kernel : kernels.entrySet()) {
            boolean isWanted = wanted.contains(kernel.getKey());
            if (!isWanted && isCovered(kernel.getValue(), covered)) {
                unwanted.add(kernel.getKey());
                continue;
            }
            kernel.getValue().values().forEach(tree -> needed.addAll(tree.digests()));
            staying += isWanted ? 1 : 0;
            uncovered += isWanted ? 0 : 1;
        }
        return new PrunePlan(
                unwanted.stream()
                        .map(kernel -> pruned(kernel, kernels.get(kernel), needed, attached))
                        .toList(),
                staying,
                uncovered,
                foreign);
    }

    private static boolean isCovered(Map<String, Tree> tags, Collection<Architecture> covered) {
        boolean tagged = tags.keySet().stream()
                .map(tag -> LibraryTag.read(tag).orElseThrow().architecture())
                .flatMap(Optional::stream)
                .allMatch(covered::contains);
        return tagged
                && tags.values().stream()
                        .flatMap(tree -> tree.images().stream())
                        .allMatch(image -> covered.stream()
                                .map(architecture -> Platform.parse(architecture.platform()))
                                .anyMatch(image.platform()::matches));
    }

    /** The kernel's own tag sorts first, and so its index is deleted before the images. */
    private static PrunedKernel pruned(
            KernelVersion kernel, Map<String, Tree> tags, Set<String> needed, Map<String, Set<String>> attached) {
        Set<String> all = new LinkedHashSet<>();
        tags.values().forEach(tree -> all.addAll(tree.digests()));
        Set<String> deleted = new LinkedHashSet<>();
        int shared = 0;
        for (String digest : all) {
            if (needed.contains(digest)) {
                shared++;
                continue;
            }
            // Before the image: once that is gone, nothing tells any more that they go with it.
            attached.getOrDefault(digest, Set.of()).stream()
                    .filter(attachment -> !needed.contains(attachment))
                    .forEach(deleted::add);
            deleted.add(digest);
        }
        return new PrunedKernel(kernel, List.copyOf(tags.keySet()), List.copyOf(deleted), shared);
    }

    /**
     * Deletes what a plan names. A manifest that is gone already is no failure.
     *
     * @throws Failure at the first that cannot be deleted, with how many were; one line
     */
    public void delete(PrunePlan plan) throws Failure, InterruptedException {
        Set<String> deleted = new HashSet<>();
        for (PrunedKernel kernel : plan.kernels()) {
            for (String digest : kernel.digests()) {
                if (deleted.contains(digest)) {
                    continue;
                }
                try {
                    client.deleteManifest(repository.withDigest(digest));
                } catch (Failure e) {
                    throw e.in(
                            deleted.isEmpty()
                                    ? "nothing was deleted"
                                    : deleted.size() + " of " + plan.manifests() + " manifests were deleted");
                }
                deleted.add(digest);
                progress.done("manifests deleted", deleted.size(), plan.manifests());
            }
        }
    }
}
