package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.ParallelTasks;
import io.jenkins.plugins.dtk.matrix.MatrixProgress;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.oci.MediaType;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads every tag of a repository and the manifests that hang on it. */
final class TaggedManifests {

    private static final int THREADS = 16;

    /** Deeper than any index of indexes that someone means. */
    private static final int DEEPEST = 4;

    private final RegistryClient client;
    private final ImageReference repository;

    TaggedManifests(RegistryClient client, ImageReference repository) {
        this.client = client;
        this.repository = repository;
    }

    /**
     * What hangs on a tag.
     *
     * @param digests of its manifest and all that an index among them names; a parent before its parts
     * @param images the entries of indexes that are images
     */
    record Tree(Set<String> digests, List<Descriptor> images) {}

    /**
     * All tags, in the registry's order. One that vanishes meanwhile is left out.
     *
     * @throws Failure when the list or a manifest could not be read: nothing is known, then
     */
    Map<String, Tree> read(MatrixProgress progress) throws Failure, InterruptedException {
        List<String> tags = client.tags(repository, null);
        AtomicInteger done = new AtomicInteger();
        List<Optional<Tree>> trees = ParallelTasks.map(tags, THREADS, tag -> {
            Optional<Tree> tree = tree(tag);
            progress.done("tags", done.incrementAndGet(), tags.size());
            return tree;
        });
        Map<String, Tree> found = new LinkedHashMap<>();
        for (int i = 0; i < tags.size(); i++) {
            String tag = tags.get(i);
            trees.get(i).ifPresent(tree -> found.put(tag, tree));
        }
        return found;
    }

    private Optional<Tree> tree(String tag) throws Failure, InterruptedException {
        Optional<Manifest> manifest = client.findManifest(repository.withTag(tag));
        if (manifest.isEmpty()) {
            return Optional.empty();
        }
        Tree tree = new Tree(new LinkedHashSet<>(), new ArrayList<>());
        collect(manifest.get(), tree, 0);
        return Optional.of(tree);
    }

    private void collect(Manifest manifest, Tree tree, int depth) throws Failure, InterruptedException {
        tree.digests().add(manifest.digest());
        if (manifest instanceof ImageIndex index && depth < DEEPEST) {
            tree.images().addAll(PlatformImages.of(index));
            for (Descriptor entry : index.manifests()) {
                if (!tree.digests().add(entry.digest()) || !MediaType.isIndex(entry.mediaType())) {
                    continue;
                }
                Optional<Manifest> child = client.findManifest(repository.withDigest(entry.digest()));
                if (child.isPresent()) {
                    collect(child.get(), tree, depth + 1);
                }
            }
        }
    }
}
