package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.ParallelTasks;
import io.jenkins.plugins.dtk.library.ManifestTrees.Tree;
import io.jenkins.plugins.dtk.matrix.MatrixProgress;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads every tag of a repository, with all that it leads to, and looks again at what became of them. */
final class TagSurvey {

    private static final int THREADS = 16;

    private final RegistryClient client;
    private final ImageReference repository;
    private final ManifestTrees trees;
    private final Map<String, Tree> known = new LinkedHashMap<>();

    TagSurvey(RegistryClient client, ImageReference repository) {
        this.client = client;
        this.repository = repository;
        this.trees = new ManifestTrees(client, repository);
    }

    /**
     * All tags, in the registry's order.
     *
     * @throws Failure when the list or a manifest could not be read: nothing is known, then
     */
    Map<String, Tree> trees(MatrixProgress progress) throws Failure, InterruptedException {
        List<String> tags = client.tags(repository, null);
        AtomicInteger done = new AtomicInteger();
        List<Tree> found = ParallelTasks.map(tags, THREADS, tag -> {
            Tree tree = trees.tree(tag);
            progress.done("tags", done.incrementAndGet(), tags.size());
            return tree;
        });
        for (int i = 0; i < tags.size(); i++) {
            known.put(tags.get(i), found.get(i));
        }
        return Collections.unmodifiableMap(known);
    }

    /** Whether a tag was listed the first time, and was not there. */
    boolean wasGone(String tag) {
        return known.containsKey(tag) && known.get(tag).root().isEmpty();
    }

    /** The digest that a tag named the first time; nothing when there was none. */
    Optional<Digest> before(String tag) {
        return known.getOrDefault(tag, Tree.GONE).root();
    }

    /**
     * What became of all tags, those included that the registry lists no more. Costs a request for each, and the list.
     *
     * @return what each tag names now
     */
    Map<String, Tree> again() throws Failure, InterruptedException {
        Set<String> all = new LinkedHashSet<>(known.keySet());
        all.addAll(client.tags(repository, null));
        List<String> tags = new ArrayList<>(all);
        List<Tree> found = ParallelTasks.map(tags, THREADS, this::again);
        Map<String, Tree> now = new LinkedHashMap<>();
        for (int i = 0; i < tags.size(); i++) {
            now.put(tags.get(i), found.get(i));
        }
        return now;
    }

    private Tree again(String tag) throws Failure, InterruptedException {
        Optional<Digest> digest = client.head(repository.withTag(tag)).map(Descriptor::digest);
        Tree before = known.get(tag);
        if (before != null && digest.isPresent() && digest.equals(before.root())) {
            return before;
        }
        Tree now = trees.tree(tag);
        return digest.isEmpty() || now.root().equals(digest) ? now : Tree.GONE; // two answers are none
    }
}
