package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds out what a tag leads to, through indexes of any depth. What is an index is decided by its content: the media
 * type that an entry states may be missing or wrong. Each manifest is read once. Safe for many threads.
 */
final class ManifestTrees {

    /** A registry that absence was reported from is asked again so often, because one answer may be a fluke. */
    private static final int MORE_ASKS = 2;

    /** More manifests than the largest library has below one tag. */
    private static final int MOST = 100_000;

    private final RegistryClient client;
    private final ImageReference repository;

    /** What each index names; nothing for an image. Content by digest never changes. */
    private final Map<Digest, List<Descriptor>> entries = new ConcurrentHashMap<>();

    ManifestTrees(RegistryClient client, ImageReference repository) {
        this.client = client;
        this.repository = repository;
    }

    /**
     * What a tag leads to.
     *
     * @param root the digest that the tag names; empty when it is not there, although it was listed
     * @param digests of the root and of all that an index among them names; a parent before its parts
     * @param images the entries of indexes that are images
     * @param unknown the digest of what could not be read because the registry does not have it: it may name more
     */
    record Tree(Optional<Digest> root, Set<Digest> digests, List<Descriptor> images, Optional<Digest> unknown) {

        /** A tag that was listed and is not there: what it names is unknown. */
        static final Tree GONE = new Tree(Optional.empty(), Set.of(), List.of(), Optional.empty());

        /** Why it is not known what the tag names; empty when all is known. */
        String doubt(String tag) {
            if (root.isEmpty()) {
                return "the tag " + tag + " is listed but cannot be read, so it is not known what it names";
            }
            return unknown.map(digest -> "the tag " + tag + " names " + digest
                            + ", which the registry does not have, so it is not known what that names")
                    .orElse("");
        }
    }

    /** What a tag leads to now. */
    Tree tree(String tag) throws Failure, InterruptedException {
        Optional<Manifest> manifest = find(repository.withTag(tag));
        return manifest.isPresent() ? tree(manifest.get()) : Tree.GONE;
    }

    private Tree tree(Manifest root) throws Failure, InterruptedException {
        keep(root);
        Set<Digest> digests = new LinkedHashSet<>();
        List<Descriptor> images = new ArrayList<>();
        Optional<Digest> unknown = Optional.empty();
        Deque<Digest> open = new ArrayDeque<>(List.of(root.digest()));
        while (!open.isEmpty()) {
            Digest digest = open.remove();
            if (!digests.add(digest)) {
                continue;
            }
            Optional<List<Descriptor>> below = below(digest);
            if (below.isEmpty()) {
                unknown = Optional.of(digest);
                continue;
            }
            below.get().forEach(entry -> open.add(entry.digest()));
            below.get().stream().filter(PlatformImages::isImage).forEach(images::add);
            if (open.size() > MOST) {
                throw new Failure(
                        Failure.Kind.INVALID, root + " of " + repository + " names more than " + MOST + " manifests");
            }
        }
        return new Tree(Optional.of(root.digest()), digests, images, unknown);
    }

    private Optional<List<Descriptor>> below(Digest digest) throws Failure, InterruptedException {
        if (!entries.containsKey(digest)) {
            find(repository.withDigest(digest)).ifPresent(this::keep);
        }
        return Optional.ofNullable(entries.get(digest));
    }

    private void keep(Manifest manifest) {
        entries.put(manifest.digest(), manifest instanceof ImageIndex index ? index.manifests() : List.of());
    }

    private Optional<Manifest> find(ImageReference image) throws Failure, InterruptedException {
        Optional<Manifest> found = client.findManifest(image);
        for (int more = 0; found.isEmpty() && more < MORE_ASKS; more++) {
            found = client.findManifest(image);
        }
        return found;
    }
}
