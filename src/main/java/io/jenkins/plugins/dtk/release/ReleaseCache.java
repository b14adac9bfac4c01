package io.jenkins.plugins.dtk.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.json.JsonTree;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.DriverToolkits.PayloadToolkit;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Remembers what was read. What a payload says is addressed by its digest and never changes, so it is read once ever;
 * the update graph's last answers are kept for work without a network. Safe for many threads, builds and processes. A
 * cache that cannot be read or written costs time, never the result: it is reported once, and the work goes on without it.
 */
public final class ReleaseCache {

    /** Marks what the Driver Toolkit images of a payload say. */
    private static final String TOOLKIT = "toolkit-of-";

    /** Is no JSON, and so is read as nothing, also by earlier versions. */
    private static final String FORGOTTEN = "-";

    private static final String FILE = "releases-v1.journal";

    private final FactJournal journal;
    private final boolean offline;
    private final boolean verified;
    private final Consumer<String> warnings;
    private final AtomicBoolean warned = new AtomicBoolean();

    private ReleaseCache(FactJournal journal, boolean offline, boolean verified, Consumer<String> warnings) {
        this.journal = journal;
        this.offline = offline;
        this.verified = verified;
        this.warnings = warnings;
    }

    /** Remembers nothing. */
    public static ReleaseCache none() {
        return new ReleaseCache(null, false, false, line -> {});
    }

    /**
     * Remembers in a folder, which is made when the first fact is kept.
     *
     * @param warnings takes a line when the cache cannot be used
     */
    public static ReleaseCache in(Path folder, Consumer<String> warnings) {
        try {
            return new ReleaseCache(new FactJournal(folder, FILE), false, false, warnings);
        } catch (IOException e) {
            warnings.accept("the cache in " + folder + " cannot be read and is not used: " + Text.reason(e));
            return none();
        }
    }

    /** The same cache, with nothing read from the network: what it does not hold is an error. */
    public ReleaseCache offline() {
        return new ReleaseCache(journal, true, verified, warnings);
    }

    /** The same cache for those who verify layers: it takes for known only what was read by them. */
    ReleaseCache verified() {
        return new ReleaseCache(journal, offline, true, warnings);
    }

    /** Fails because something is needed which only the network has. */
    static Failure lacks(String what) {
        return new Failure(Failure.Kind.UNREACHABLE, what + " is not in the cache").advising("run once with a network");
    }

    boolean isOffline() {
        return offline;
    }

    /** What the nodes of a release run, if its payload was read before. */
    Optional<List<NodeOs>> nodeOs(Release release) {
        return readOf(release, "", json -> FactJson.nodeOs(release.architecture(), json));
    }

    /** Keeps what only those who verify layers may take for verified. */
    void keep(Release release, List<NodeOs> nodes) {
        keep(release, nodes, false);
    }

    /** @param isVerified whether every layer that names it was read to its end */
    void keep(Release release, List<NodeOs> nodes, boolean isVerified) {
        write(FactKeys.payload(release, "", verified || isVerified), nodes, FactJson::of);
    }

    /** Whether what it knows of the nodes of a release was verified, or nothing can be done about it. */
    boolean isVerified(Release release) {
        String key = FactKeys.payload(release, "", true);
        return journal == null || offline || key == null || journal.get(key) != null;
    }

    /** Lets what it knows of a release without being verified be read again: the line of an older one counts no more. */
    void forget(Release release) {
        for (String what : List.of("", TOOLKIT)) {
            String key = FactKeys.payload(release, what, false);
            if (key != null && journal != null && journal.get(key) != null) {
                write(key, FORGOTTEN);
            }
        }
    }

    /** The Driver Toolkit images of a release, if they were read before. */
    Optional<List<PayloadToolkit>> driverToolkits(Release release) {
        return readOf(release, TOOLKIT, FactJson::toolkit);
    }

    void keepToolkits(Release release, List<PayloadToolkit> toolkits, boolean isVerified) {
        write(FactKeys.payload(release, TOOLKIT, verified || isVerified), toolkits, FactJson::of);
    }

    private <T> Optional<List<T>> readOf(Release release, String what, Function<JsonNode, T> item) {
        Optional<List<T>> known = facts(FactKeys.payload(release, what, true), item);
        return known.isPresent() || verified ? known : facts(FactKeys.payload(release, what, false), item);
    }

    /** The last answer of the update graph for a channel and architecture. */
    Optional<List<Release>> releases(URI graph, String channel, Architecture architecture) {
        return releases(FactKeys.graph(graph, channel, architecture), architecture);
    }

    void keep(URI graph, String channel, Architecture architecture, List<Release> releases) {
        keep(FactKeys.graph(graph, channel, architecture), releases);
    }

    /**
     * The releases that a channel of the update graph ever had, with these; it is remembered that they were there.
     *
     * @param versions those that it has now
     */
    Set<String> everKnown(URI graph, String channel, Architecture architecture, Set<String> versions) {
        return everKnown("known-" + FactKeys.graph(graph, channel, architecture), versions);
    }

    /** The tags of releases that a repository ever had behind a tag, with these. */
    Set<String> everTagged(ImageReference repository, String behind, Set<String> tags) {
        return everKnown("known-" + FactKeys.list(repository, behind), tags);
    }

    private Set<String> everKnown(String key, Set<String> now) {
        Set<String> all = new TreeSet<>(facts(key, JsonNode::asText).orElse(List.of()));
        if (all.addAll(now)) {
            write(key, List.copyOf(all), TextNode::valueOf);
        }
        return all;
    }

    /** The tags of releases that a repository had behind a tag, when it was last asked. */
    Optional<List<String>> tags(ImageReference repository, String behind) {
        return facts(FactKeys.list(repository, behind), JsonNode::asText);
    }

    void keepTags(ImageReference repository, String behind, List<String> tags) {
        write(FactKeys.list(repository, behind), tags, TextNode::valueOf);
    }

    /** The release that a tag stood for when it was last asked; empty when it never was. */
    List<Release> tagged(ImageReference tag, Architecture architecture) {
        return releases(FactKeys.tag(tag, architecture), architecture).orElse(List.of());
    }

    void keepTagged(ImageReference tag, Architecture architecture, List<Release> releases) {
        keep(FactKeys.tag(tag, architecture), releases);
    }

    private Optional<List<Release>> releases(String key, Architecture architecture) {
        return facts(
                key,
                release -> new Release(
                        ReleaseVersion.parse(release.path(0).asText()),
                        architecture,
                        ImageReference.parse(release.path(1).asText())));
    }

    private void keep(String key, List<Release> releases) {
        write(key, releases, release -> JsonTree.MAPPER
                .createArrayNode()
                .add(release.version().toString())
                .add(release.payload().toString()));
    }

    private <T> Optional<List<T>> facts(String key, Function<JsonNode, T> item) {
        String value = journal == null || key == null ? null : journal.get(key);
        if (value == null) {
            return Optional.empty();
        }
        try {
            List<T> items = new ArrayList<>();
            JsonTree.MAPPER.readTree(value).forEach(json -> items.add(item.apply(json)));
            return Optional.of(items);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // kept in another form: it is read again
        }
    }

    private <T> void write(String key, List<T> items, Function<T, JsonNode> item) {
        if (journal == null || key == null || offline) {
            return;
        }
        ArrayNode array = JsonTree.MAPPER.createArrayNode();
        items.forEach(one -> array.add(item.apply(one)));
        write(key, array.toString());
    }

    private void write(String key, String value) {
        try {
            journal.put(key, value);
        } catch (InterruptedIOException | ClosedByInterruptException | FileLockInterruptionException e) {
            // Something else has ended this work: what it was is the failure, not the cache.
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            if (warned.compareAndSet(false, true)) {
                warnings.accept("the cache cannot be written and is not used: " + Text.reason(e));
            }
        }
    }
}
