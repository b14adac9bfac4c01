package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.library.ManifestTrees.Tree;
import io.jenkins.plugins.dtk.matrix.MatrixProgress;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Deletes what a plan names. Just before each deletion all tags are looked at again: one that was set or moved
 * meanwhile, and an index that was joined, protect what they name. Registries have no transactions, so what is left to
 * chance is the time between that look and the deletion itself.
 */
final class PruneRun {

    private static final int MOST_ATTEMPTS = 5;

    private final RegistryClient client;
    private final ImageReference repository;
    private final TagSurvey survey;
    private final Function<String, Optional<LibraryTag>> tags;
    private final MatrixProgress progress;
    private final PrunePlan plan;

    /** The tags that go with what is deleted, with the digest that each had. */
    private final Map<String, Optional<Digest>> going = new HashMap<>();

    private final Map<String, PrunePlan.Pruned> byTag = new HashMap<>();
    private final Map<KernelVersion, PrunePlan.Pruned> byKernel = new HashMap<>();
    private final Map<Digest, PrunePlan.Pruned> byDigest = new HashMap<>();

    private final List<PrunePlan.Pruned> done = new ArrayList<>();
    private final List<PrunePlan.Kept> kept = new ArrayList<>();
    private final Set<Digest> deleted = new HashSet<>();

    PruneRun(
            RegistryClient client,
            ImageReference repository,
            TagSurvey survey,
            Function<String, Optional<LibraryTag>> tags,
            MatrixProgress progress,
            PrunePlan plan) {
        this.client = client;
        this.repository = repository;
        this.survey = survey;
        this.tags = tags;
        this.progress = progress;
        this.plan = plan;
        for (PrunePlan.Pruned kernel : plan.kernels()) {
            going.putAll(kernel.going());
            kernel.going().keySet().forEach(tag -> byTag.put(tag, kernel));
            byKernel.put(kernel.kernel(), kernel);
            kernel.digests().forEach(digest -> byDigest.put(digest, kernel));
        }
        kept.addAll(plan.kept());
    }

    /** Does it; returns what was deleted, and what was kept after all. */
    PrunePlan run() throws Failure, InterruptedException {
        try {
            for (PrunePlan.Pruned kernel : plan.kernels()) {
                delete(kernel);
            }
        } catch (Failure e) {
            throw e.in(
                    deleted.isEmpty()
                            ? "nothing was deleted"
                            : deleted.size() + " of " + plan.manifests() + " manifests were deleted");
        }
        return new PrunePlan(done, kept, plan.wanted(), plan.uncovered(), plan.foreign());
    }

    private void delete(PrunePlan.Pruned kernel) throws Failure, InterruptedException {
        List<Digest> gone = new ArrayList<>();
        String reason = "";
        for (Digest digest : kernel.digests()) {
            if (deleted.contains(digest)) {
                gone.add(digest);
                continue;
            }
            Optional<String> keeps = deleteUnlessKept(kernel, digest);
            if (keeps.isPresent()) {
                reason = keeps.get(); // An index that stays must not lose what it names.
                break;
            }
            deleted.add(digest);
            gone.add(digest);
            progress.done("manifests deleted", deleted.size(), plan.manifests());
        }
        if (!reason.isEmpty()) {
            kept.add(new PrunePlan.Kept(kernel.kernel(), reason));
            going.keySet().removeAll(kernel.going().keySet());
        }
        if (!gone.isEmpty() || kernel.digests().isEmpty()) {
            done.add(kernel.deleted(gone));
        }
    }

    /**
     * Looks before each attempt, because others may have named the manifest since the one before. What the registry
     * protects stays, and the others go.
     *
     * @return why it stays; nothing where it is deleted
     */
    private Optional<String> deleteUnlessKept(PrunePlan.Pruned kernel, Digest digest)
            throws Failure, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            Optional<String> keeps = keeps(kernel, digest);
            if (keeps.isPresent()) {
                return keeps;
            }
            try {
                client.deleteManifest(repository.withDigest(digest));
                return Optional.empty();
            } catch (Failure e) {
                if (e.kind() == Kind.IMMUTABLE) {
                    return Optional.of(e.getMessage());
                }
                if (attempt == MOST_ATTEMPTS || (e.kind() != Kind.UNREACHABLE && e.kind() != Kind.LIMITED)) {
                    throw e;
                }
            }
        }
    }

    /** Why a manifest has to stay after all, by what its registry says now. */
    private Optional<String> keeps(PrunePlan.Pruned kernel, Digest digest) throws Failure, InterruptedException {
        Map<String, Tree> now = survey.again();
        giveUpWritten(now);
        for (Map.Entry<String, Tree> tag : now.entrySet()) {
            String name = tag.getKey();
            Tree tree = tag.getValue();
            if (isGoing(name, tree)) {
                continue;
            }
            if (about(name).contains(kernel)) {
                return Optional.of("the tag " + name + " was written meanwhile");
            }
            if (tree.digests().contains(digest)) {
                return Optional.of("the tag " + name + " names " + digest + " by now");
            }
            String doubt = isDead(name, tree) ? "" : tree.doubt(name);
            if (!doubt.isEmpty()) {
                return Optional.of(doubt);
            }
        }
        return Optional.empty();
    }

    /** Of a kernel that was written meanwhile all tags stay, those that are as they were too: it is wanted again. */
    private void giveUpWritten(Map<String, Tree> now) {
        Set<PrunePlan.Pruned> written = new HashSet<>();
        now.forEach((name, tree) -> {
            if (!isGoing(name, tree)) {
                written.addAll(about(name));
            }
        });
        written.forEach(kernel -> going.keySet().removeAll(kernel.going().keySet()));
    }

    private boolean isGoing(String tag, Tree now) {
        return going.containsKey(tag) && (now.root().isEmpty() || now.root().equals(going.get(tag)));
    }

    /** The kernels of the plan that a tag is of, or attached to. */
    private Set<PrunePlan.Pruned> about(String tag) {
        return Stream.of(
                        Optional.ofNullable(byTag.get(tag)),
                        tags.apply(tag).map(own -> byKernel.get(own.kernel())),
                        AttachmentTag.subject(tag).map(byDigest::get))
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    /** Whether a tag was deleted by us, or was not there when the plan was made, and so did not matter. */
    private boolean isDead(String tag, Tree now) {
        return now.root().isEmpty()
                && (survey.wasGone(tag)
                        || survey.before(tag).filter(deleted::contains).isPresent());
    }
}
