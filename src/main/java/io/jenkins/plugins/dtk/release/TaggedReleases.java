package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.ParallelTasks;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.oci.Platform;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.release.ReleaseVersion.Minor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds releases by the tags of the repository that they are published in. */
final class TaggedReleases {

    private static final int THREADS = 16;

    private final ImageReference repository;
    private final RegistryClient registry;
    private final ReleaseCache cache;

    TaggedReleases(ImageReference repository, RegistryClient registry, ReleaseCache cache) {
        this.repository = repository;
        this.registry = registry;
        this.cache = cache;
    }

    /**
     * The releases of a range that have a tag and are not known yet. One that has a tag for its architecture alone is
     * named by that tag, to be pinned before it is read.
     */
    List<Release> list(ReleaseRange range, Collection<Architecture> wanted, Collection<Release> known)
            throws Failure, InterruptedException {
        return survey(range, wanted, known).releases();
    }

    /** The same, with all reasons why there may be more. */
    Releases.Found survey(ReleaseRange range, Collection<Architecture> wanted, Collection<Release> known)
            throws Failure, InterruptedException {
        Map<ReleaseVersion, Set<Architecture>> lacking = new TreeMap<>();
        Set<String> listed = new TreeSet<>(listed(range));
        for (String tag : listed) {
            ReleaseTag.parse(tag)
                    .map(ReleaseTag::version)
                    .filter(range::contains)
                    .ifPresent(version -> lacking.put(version, new TreeSet<>(wanted)));
        }
        known.forEach(release ->
                lacking.getOrDefault(release.version(), new TreeSet<>()).remove(release.architecture()));
        List<Release> found = new ArrayList<>();
        ParallelTasks.map(lacking.entrySet(), THREADS, entry -> listed(entry.getKey(), entry.getValue(), listed))
                .forEach(found::addAll);
        return new Releases.Found(found, List.of(), doubts(range, listed));
    }

    private List<String> doubts(ReleaseRange range, Set<String> listed) {
        if (cache.isOffline()) {
            return List.of("the tags of " + repository + " were not listed, because of --offline");
        }
        List<String> doubts = new ArrayList<>();
        first(range).map(first -> cache.everTagged(repository, first, listed)).orElse(Set.of()).stream()
                .filter(tag -> !listed.contains(tag) && isIn(range, tag))
                .forEach(tag -> doubts.add(repository + " listed the tag " + tag + " before, and does not now"));
        if (range.hasLines()) {
            range.named().stream()
                    .filter(line -> listed.stream().noneMatch(tag -> isOf(line, tag)))
                    .forEach(line -> doubts.add(repository + " lists no tag of " + line));
        }
        return doubts;
    }

    private static boolean isIn(ReleaseRange range, String tag) {
        return ReleaseTag.parse(tag)
                .map(ReleaseTag::version)
                .filter(range::contains)
                .isPresent();
    }

    private static boolean isOf(Minor line, String tag) {
        return ReleaseTag.parse(tag)
                .map(ReleaseTag::version)
                .filter(version -> version.line().equals(line))
                .isPresent();
    }

    /** The first tag of the range, in the order of characters, that a release may have; nothing where it has no lines. */
    private static Optional<String> first(ReleaseRange range) {
        return range.hasLines()
                ? GraphLines.first(range).stream().map(Minor::toString).min(String::compareTo)
                : Optional.empty();
    }

    /** The tags of the repository from the first line of the range on, in the order of their characters. */
    private List<String> listed(ReleaseRange range) throws Failure, InterruptedException {
        Optional<String> first = first(range);
        if (first.isEmpty()) {
            return List.of();
        }
        if (cache.isOffline()) {
            return cache.tags(repository, first.get())
                    .orElseThrow(
                            () -> ReleaseCache.lacks("the list of tags of " + repository + " from " + first.get()));
        }
        List<String> tags = registry.tags(repository, first.get()).stream()
                .filter(tag -> ReleaseTag.parse(tag).isPresent())
                .toList();
        cache.keepTags(repository, first.get(), tags);
        return tags;
    }

    private List<Release> listed(ReleaseVersion version, Set<Architecture> wanted, Set<String> listed)
            throws Failure, InterruptedException {
        List<Release> found = new ArrayList<>();
        Set<Architecture> rest = new TreeSet<>(wanted);
        for (Architecture architecture : wanted) {
            String own = ReleaseTag.of(version, architecture).toString();
            if (listed.contains(own)) {
                found.add(new Release(version, architecture, repository.withTag(own)));
                rest.remove(architecture);
            }
        }
        for (ReleaseTag shared : ReleaseTag.shared(version)) {
            if (!rest.isEmpty() && listed.contains(shared.toString())) {
                List<Release> more = shared(shared, rest);
                more.forEach(release -> rest.remove(release.architecture()));
                found.addAll(more);
            }
        }
        return found;
    }

    /** A release that was named exactly, for each architecture that has it; some were withdrawn and still run. */
    List<Release> find(ReleaseVersion version, Collection<Architecture> wanted) throws Failure, InterruptedException {
        List<Release> found = new ArrayList<>();
        Set<Architecture> rest = new TreeSet<>(wanted);
        for (Architecture architecture : wanted) {
            String own = ReleaseTag.of(version, architecture).toString();
            Optional<Release> release = pin(new Release(version, architecture, repository.withTag(own)));
            release.ifPresent(found::add);
            release.ifPresent(there -> rest.remove(architecture));
        }
        for (ReleaseTag shared : ReleaseTag.shared(version)) {
            if (!rest.isEmpty()) {
                List<Release> more = shared(shared, rest);
                more.forEach(release -> rest.remove(release.architecture()));
                found.addAll(more);
            }
        }
        if (found.isEmpty() && cache.isOffline()) {
            throw ReleaseCache.lacks("release " + version);
        }
        return found;
    }

    /** The same release by the digest that its tag has now, or nothing when there is no such tag. */
    Optional<Release> pin(Release release) throws Failure, InterruptedException {
        if (cache.isOffline()) {
            return cache.tagged(release.payload(), release.architecture()).stream()
                    .findFirst();
        }
        try {
            Optional<Release> pinned = registry.head(release.payload())
                    .map(Descriptor::digest)
                    .map(digest -> at(release.payload().withDigest(digest), release.version(), release.architecture()));
            pinned.ifPresent(found -> cache.keepTagged(release.payload(), release.architecture(), List.of(found)));
            return pinned;
        } catch (Failure e) {
            throw e.in("release " + release.version());
        }
    }

    /** What a tag serves that names no architecture: those of its index, or x86_64 if it is an image, as OKD's are. */
    private List<Release> shared(ReleaseTag tag, Collection<Architecture> wanted) throws Failure, InterruptedException {
        ImageReference image = repository.withTag(tag.toString());
        List<Release> found = new ArrayList<>();
        if (cache.isOffline()) {
            wanted.forEach(architecture -> found.addAll(cache.tagged(image, architecture)));
            return found;
        }
        try {
            Optional<Manifest> manifest = registry.findManifest(image);
            for (Architecture architecture : wanted) {
                if (manifest.isPresent() && serves(manifest.get(), architecture)) {
                    found.add(at(image.withDigest(manifest.get().digest()), tag.version(), architecture));
                }
            }
        } catch (Failure e) {
            throw e.in("release " + tag.version());
        }
        found.forEach(release -> cache.keepTagged(image, release.architecture(), List.of(release)));
        return found;
    }

    private static boolean serves(Manifest manifest, Architecture architecture) {
        return manifest instanceof ImageIndex index
                ? index.forPlatform(Platform.of(architecture)).isPresent()
                : architecture == Architecture.X86_64;
    }

    private static Release at(ImageReference payload, ReleaseVersion version, Architecture architecture) {
        return new Release(version, architecture, payload);
    }
}
