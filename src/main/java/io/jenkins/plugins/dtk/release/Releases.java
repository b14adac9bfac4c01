package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.http.HttpSettings;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.release.DriverToolkits.PayloadToolkit;
import io.jenkins.plugins.dtk.release.FactReader.Facts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What OpenShift ships: which releases there are, and what the nodes of a release run. Safe for many threads; a node
 * OS image that several releases share is read once.
 */
public final class Releases {

    private final ReleaseSources sources;
    private final RegistryClient registry;
    private final GraphReleases graph;
    private final TaggedReleases tagged;
    private final ReleaseCache cache;
    private final FactReader facts;

    /**
     * @param sources where releases are looked for
     * @param registry reads payloads and node OS images, with the pull secret
     * @param http reads the update graph
     * @param cache remembers what was read
     */
    public Releases(ReleaseSources sources, RegistryClient registry, HttpSettings http, ReleaseCache cache) {
        this(sources, registry, new UpdateGraph(sources.graphUrl(), http), cache, new ImageReader(registry, false));
    }

    /** The same with a reader of the update graph. */
    Releases(
            ReleaseSources sources,
            RegistryClient registry,
            UpdateGraph graph,
            ReleaseCache cache,
            ImageReader images) {
        this(sources, registry, new GraphReleases(sources, graph, cache), cache, images);
    }

    private Releases(
            ReleaseSources sources,
            RegistryClient registry,
            GraphReleases graph,
            ReleaseCache cache,
            ImageReader images) {
        this.sources = sources;
        this.registry = registry;
        this.graph = graph;
        this.tagged = new TaggedReleases(sources.taggedRepository(), registry, cache);
        this.cache = cache;
        this.facts = new FactReader(images);
    }

    /**
     * The same, with every layer that holds a fact read to its end and verified against its digest. Otherwise that is
     * so for manifests, labels and layers that are read whole, but not for a layer whose first 64 KiB hold all that is needed.
     */
    public Releases verifyingLayers() {
        return new Releases(sources, registry, graph, cache.verified(), new ImageReader(registry, true));
    }

    /**
     * The wanted releases, oldest first, one for each architecture that has it. A release that is named exactly but
     * found in no other way is looked up by its tag.
     *
     * @param channel {@code candidate} (the widest), {@code fast}, {@code stable} or {@code eus}
     * @throws Failure when the graph or the tags cannot be read, or a release named exactly does not exist
     */
    public List<Release> find(
            ReleaseRange range, Collection<Architecture> architectures, String channel, Discovery discovery)
            throws Failure, InterruptedException {
        return survey(range, architectures, channel, discovery).releases();
    }

    /** The same, with all reasons why there may be more: nothing may be deleted then. */
    public Found survey(ReleaseRange range, Collection<Architecture> architectures, String channel, Discovery discovery)
            throws Failure, InterruptedException {
        List<Release> found = new ArrayList<>();
        List<Found> answers = new ArrayList<>();
        if (discovery != Discovery.TAGS) {
            Found listed = graph.list(range, architectures, channel);
            found.addAll(listed.releases());
            answers.add(listed);
        }
        if (discovery != Discovery.GRAPH) {
            Found listed = tagged.survey(range, architectures, found);
            found.addAll(listed.releases());
            answers.add(listed);
        }
        found.addAll(exact(range, architectures, discovery, found));
        found.sort(Comparator.comparing(Release::version).thenComparing(Release::architecture));
        return new Found(
                found,
                answers.stream().flatMap(answer -> answer.odd().stream()).toList(),
                answers.stream().flatMap(answer -> answer.doubts().stream()).toList());
    }

    private List<Release> exact(
            ReleaseRange range, Collection<Architecture> architectures, Discovery discovery, List<Release> found)
            throws Failure, InterruptedException {
        Set<ReleaseVersion> known = new HashSet<>();
        found.forEach(release -> known.add(release.version()));
        List<Release> more = new ArrayList<>();
        for (ReleaseVersion version : range.exact()) {
            if (known.add(version)) {
                List<Release> named = tagged.find(version, architectures);
                if (named.isEmpty()) {
                    throw new Failure(
                            Failure.Kind.ABSENT,
                            "release " + version + " does not exist for " + architectures + ": "
                                    + (discovery == Discovery.TAGS
                                            ? ""
                                            : "it is in no channel of the update graph, and ")
                                    + sources.taggedRepository().name() + " has no tag of it");
                }
                more.addAll(named);
            }
        }
        return more;
    }

    /**
     * The same release by the digest of its payload, by which alone it is remembered.
     *
     * @throws Failure naming the release and the reason
     */
    public Release pinned(Release release) throws Failure, InterruptedException {
        if (release.payload().digest() != null) {
            return release;
        }
        return tagged.pin(release)
                .orElseThrow(() -> cache.isOffline()
                        ? ReleaseCache.lacks("release " + release)
                        : new Failure(Failure.Kind.ABSENT, release.payload() + " is listed, but is not there")
                                .in("release " + release));
    }

    /**
     * What the nodes of a release run: one node OS, or two where the release has two streams.
     *
     * @throws Failure naming the release and the reason
     */
    public List<NodeOs> nodeOs(Release release) throws Failure, InterruptedException {
        Optional<List<NodeOs>> known = cache.nodeOs(release);
        if (known.isPresent()) {
            return known.get();
        }
        if (cache.isOffline()) {
            throw ReleaseCache.lacks("release " + release);
        }
        Facts<NodeOs> found = facts.nodeOs(release);
        cache.keep(release, found.items(), found.isVerified());
        return found.items();
    }

    /**
     * The Driver Toolkit images that a release brings along, with what they say of themselves; empty when it has none.
     *
     * @throws Failure naming the release and the reason
     */
    public List<PayloadToolkit> driverToolkits(Release release) throws Failure, InterruptedException {
        Optional<List<PayloadToolkit>> known = cache.driverToolkits(release);
        if (known.isPresent()) {
            return known.get();
        }
        if (cache.isOffline()) {
            throw ReleaseCache.lacks("the Driver Toolkit of release " + release);
        }
        Facts<PayloadToolkit> found = facts.toolkits(release);
        cache.keepToolkits(release, found.items(), found.isVerified());
        return found.items();
    }

    /**
     * Whether an image that a release brings along can be pulled: what is remembered of it does not say that it is still
     * there. Offline it is believed.
     *
     * @throws Failure when the registry did not say
     */
    public boolean canBePulled(PayloadToolkit toolkit) throws Failure, InterruptedException {
        return cache.isOffline() || registry.head(toolkit.image()).isPresent();
    }

    /**
     * Whether what is remembered of the nodes of a release was verified, layers included; so it is with a cache that
     * remembers nothing, and offline, where nothing can be done about it.
     */
    public boolean isVerified(Release release) {
        return cache.isVerified(release);
    }

    /** Forgets what is remembered of the nodes of a release without being verified: it turned out to be doubtful. */
    public void forget(Release release) {
        cache.forget(release);
    }

    /**
     * The releases that were found.
     *
     * @param releases the releases
     * @param odd what is strange in the answers, a line each, for the user: releases that were left out, and lines that
     *     were not empty before
     * @param doubts all other reasons why there may be more, a line each
     */
    public record Found(List<Release> releases, List<String> odd, List<String> doubts) {

        /** Makes the lists unmodifiable. */
        public Found {
            releases = List.copyOf(releases);
            odd = List.copyOf(odd);
            doubts = List.copyOf(doubts);
        }
    }
}
