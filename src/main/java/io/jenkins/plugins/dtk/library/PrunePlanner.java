package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.library.ManifestTrees.Tree;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.Platform;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Decides which of the tags of a library go, and what may be deleted with them. No I/O. */
final class PrunePlanner {

    private final Map<String, Tree> tags;
    private final Function<String, Optional<LibraryTag>> reading;
    private final Set<KernelVersion> wanted;
    private final Collection<Architecture> covered;

    private final Map<KernelVersion, Map<String, Tree>> kernels = new TreeMap<>();
    private final Map<Digest, Map<String, Tree>> attached = new LinkedHashMap<>();
    private final Map<String, Tree> staying = new TreeMap<>();
    private final List<KernelVersion> unwanted = new ArrayList<>();
    private int foreign;
    private int wantedKernels;
    private int uncovered;

    PrunePlanner(
            Map<String, Tree> tags,
            Function<String, Optional<LibraryTag>> reading,
            Set<KernelVersion> wanted,
            Collection<Architecture> covered) {
        this.tags = tags;
        this.reading = reading;
        this.wanted = wanted;
        this.covered = covered;
    }

    /** @param doubts why it is not proven which kernels are wanted */
    PrunePlan plan(List<String> doubts) {
        tags.forEach(this::sort);
        kernels.forEach(this::decide);
        List<String> all = new ArrayList<>(doubts);
        Set<Digest> needed = new HashSet<>();
        keepAttachments();
        staying.forEach((tag, tree) -> {
            needed.addAll(tree.digests());
            Optional.of(tree.doubt(tag)).filter(doubt -> !doubt.isEmpty()).ifPresent(all::add);
        });
        List<PrunePlan.Pruned> pruned = new ArrayList<>();
        List<PrunePlan.Kept> kept = new ArrayList<>();
        for (PrunePlan.Pruned one : eachOnce(needed)) {
            KernelVersion kernel = one.kernel();
            if (all.isEmpty() && !one.isGone()) {
                pruned.add(one);
            } else if (!one.isGone()) {
                kept.add(new PrunePlan.Kept(kernel, all.get(0)));
            }
        }
        return new PrunePlan(pruned, kept, wantedKernels, uncovered, foreign);
    }

    private void sort(String tag, Tree tree) {
        Optional<LibraryTag> own = reading.apply(tag);
        Optional<Digest> subject = AttachmentTag.subject(tag);
        if (own.isPresent()) {
            kernels.computeIfAbsent(own.get().kernel(), kernel -> new TreeMap<>())
                    .put(tag, tree);
        } else if (subject.isPresent()) {
            attached.computeIfAbsent(subject.get(), digest -> new TreeMap<>()).put(tag, tree);
        } else {
            foreign++;
            staying.put(tag, tree);
        }
    }

    private void decide(KernelVersion kernel, Map<String, Tree> its) {
        boolean isWanted = wanted.contains(kernel);
        if (!isWanted && isCovered(its)) {
            unwanted.add(kernel);
            return;
        }
        staying.putAll(its);
        wantedKernels += isWanted ? 1 : 0;
        uncovered += isWanted ? 0 : 1;
    }

    private boolean isCovered(Map<String, Tree> its) {
        boolean tagged = its.keySet().stream()
                .map(tag -> reading.apply(tag).orElseThrow().architecture())
                .flatMap(Optional::stream)
                .allMatch(covered::contains);
        // Of a single image whose tag names no architecture, it is not known which it is for.
        boolean named = covered.containsAll(EnumSet.allOf(Architecture.class))
                || its.entrySet().stream()
                        .allMatch(tag -> reading.apply(tag.getKey())
                                        .orElseThrow()
                                        .architecture()
                                        .isPresent()
                                || tag.getValue().root().isEmpty()
                                || !tag.getValue().images().isEmpty());
        return tagged
                && named
                && its.values().stream().flatMap(tree -> tree.images().stream()).allMatch(image -> covered.stream()
                        .map(architecture -> Platform.of(architecture))
                        .anyMatch(image.platform()::matches));
    }

    /** What is attached to anything that stays, stays too. A list of what was attached to nothing any more is no matter. */
    private void keepAttachments() {
        Set<Digest> kept = new HashSet<>();
        staying.values().forEach(tree -> kept.addAll(tree.digests()));
        Set<Digest> going = new HashSet<>();
        unwanted.forEach(kernel -> kernels.get(kernel).values().forEach(tree -> going.addAll(tree.digests())));
        attached.forEach((subject, its) -> its.forEach((tag, tree) -> {
            if (kept.contains(subject)
                    || (!going.contains(subject) && !tree.root().isEmpty())) {
                staying.put(tag, tree);
            }
        }));
    }

    /** What several of the kernels name goes with the last of them: until then, an index that is left names it. */
    private List<PrunePlan.Pruned> eachOnce(Set<Digest> needed) {
        Set<Digest> later = new HashSet<>();
        List<PrunePlan.Pruned> once = new ArrayList<>();
        for (int i = unwanted.size() - 1; i >= 0; i--) {
            PrunePlan.Pruned one = pruned(unwanted.get(i), needed);
            once.add(0, one.without(later));
            later.addAll(one.digests());
        }
        return once;
    }

    /** The kernel's own tag sorts first, and so its index is deleted before the images. */
    private PrunePlan.Pruned pruned(KernelVersion kernel, Set<Digest> needed) {
        Map<String, Tree> its = new TreeMap<>(kernels.get(kernel));
        Set<Digest> all = new LinkedHashSet<>();
        its.values().forEach(tree -> all.addAll(tree.digests()));
        Set<Digest> deleted = new LinkedHashSet<>();
        Map<String, Optional<Digest>> going = new TreeMap<>();
        its.forEach((tag, tree) -> going.put(tag, tree.root()));
        int shared = 0;
        for (Digest digest : all) {
            if (needed.contains(digest)) {
                shared++;
                continue;
            }
            // Before the image: once that is gone, nothing shows any more that they go with it.
            attached.getOrDefault(digest, Map.of()).forEach((tag, tree) -> {
                going.put(tag, tree.root());
                tree.digests().stream()
                        .filter(attachment -> !needed.contains(attachment))
                        .forEach(deleted::add);
            });
            deleted.add(digest);
        }
        return new PrunePlan.Pruned(kernel, List.copyOf(its.keySet()), List.copyOf(deleted), shared, going);
    }
}
