package io.jenkins.plugins.dtk.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.testing.FakeImage;
import io.jenkins.plugins.dtk.testing.FakeRegistry;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import io.jenkins.plugins.dtk.testing.ScriptedServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Releases")
class ReleasesTest {

    private static final String REPOSITORY = ScriptedReleases.REPOSITORY;
    private static final List<Architecture> X86 = List.of(Architecture.X86_64);
    private static final List<Architecture> TWO = List.of(Architecture.X86_64, Architecture.AARCH64);

    @AutoClose
    private final ScriptedReleases site = new ScriptedReleases();

    private final ScriptedServer graph = site.graph();
    private final FakeRegistry registry = site.registry();

    private List<String> find(String range, List<Architecture> architectures) throws Exception {
        return find(site.releases(ReleaseCache.none()), range, architectures);
    }

    private static List<String> find(Releases releases, String range, List<Architecture> architectures)
            throws Exception {
        return releases.find(ReleaseRange.parse(range), architectures, "candidate", Discovery.GRAPH).stream()
                .map(Release::toString)
                .toList();
    }

    /** The channel of a line and architecture holds these versions; all other channels are empty. */
    private void channel(String channel, String versions) {
        graph.on("GET", "/graph\\?channel=" + channel, ScriptedReply.json(200, nodes(versions)));
    }

    private static String nodes(String versions) {
        return Arrays.stream(versions.split(" "))
                .filter(version -> !version.isEmpty())
                .map(version -> "{\"version\": \"" + version + "\", \"payload\": \"quay.io/" + REPOSITORY + "@"
                        + digest(version) + "\"}")
                .collect(Collectors.joining(",", "{\"nodes\": [", "]}"));
    }

    private static String digest(String version) {
        return "sha256:" + String.format("%064x", version.hashCode() & 0xffffffffL);
    }

    private void emptyGraph() {
        channel(".*", "");
    }

    @Test
    @DisplayName("are found over gaps in the z numbers and over whole lines that are empty")
    void gaps() throws Exception {
        emptyGraph();
        channel("candidate-4.14&arch=amd64", "4.13.9 4.14.0 4.14.1 4.14.50");
        channel("candidate-4.16&arch=amd64", "4.16.9 4.16.3 4.16.0-rc.1");

        assertThat(find("4.14-4.16", X86))
                .containsExactly(
                        "4.14.0 (x86_64)", "4.14.1 (x86_64)", "4.14.50 (x86_64)", "4.16.3 (x86_64)", "4.16.9 (x86_64)");
    }

    @Test
    @DisplayName("are found for each architecture that has them, oldest first")
    void architectures() throws Exception {
        emptyGraph();
        channel("candidate-4.14&arch=amd64", "4.14.10 4.14.2");
        channel("candidate-4.14&arch=arm64", "4.14.10");

        assertThat(find("4.14", TWO)).containsExactly("4.14.2 (x86_64)", "4.14.10 (x86_64)", "4.14.10 (aarch64)");
    }

    @Test
    @DisplayName("are found in lines that were not known when this was written, of the next major too")
    void newLines() throws Exception {
        emptyGraph();
        for (String line : List.of("4.26", "4.28", "5.4", "5.7")) {
            channel("candidate-" + line + "&arch=amd64", line + ".1");
        }

        assertThat(find("4.20+", X86))
                .containsExactly("4.26.1 (x86_64)", "4.28.1 (x86_64)", "5.4.1 (x86_64)", "5.7.1 (x86_64)");
        assertThat(graph.requests()).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("are read where the user says payloads are, by the digest that the graph gives")
    void placed() throws Exception {
        emptyGraph();
        channel("candidate-4.14&arch=amd64", "4.14.10");

        assertThat(site.releases(ReleaseCache.none())
                        .find(ReleaseRange.parse("4.14"), X86, "candidate", Discovery.GRAPH))
                .map(Release::payload)
                .map(ImageReference::toString)
                .containsExactly(registry.address() + "/" + REPOSITORY + "@" + digest("4.14.10"));
    }

    @Test
    @DisplayName("that no channel has are looked up by their tag, when they are named exactly, and pinned by digest")
    void withdrawn() throws Exception {
        emptyGraph();
        channel("candidate-4.15&arch=amd64", "4.15.3 4.15.5");
        FakeImage payload = new FakeImage().file("a", "b");
        registry.push(REPOSITORY, "4.15.4-x86_64", payload);

        List<Release> found = site.releases(ReleaseCache.none())
                .find(ReleaseRange.parse("4.15.4,4.15.5"), TWO, "candidate", Discovery.GRAPH);

        assertThat(found).map(Release::toString).containsExactly("4.15.4 (x86_64)", "4.15.5 (x86_64)");
        assertThat(found.get(0).payload().digest()).hasToString(payload.digest());
        assertThat(registry.server().count("HEAD", ".*/manifests/4\\.15\\.5.*")).isZero();
    }

    @Test
    @DisplayName("that exist nowhere are reported with where they were looked for")
    void nowhere() {
        emptyGraph();

        assertThatThrownBy(() -> find("4.18.0", TWO))
                .isInstanceOf(Failure.class)
                .hasMessage("release 4.18.0 does not exist for [x86_64, aarch64]: it is in no channel of the update"
                        + " graph, and " + registry.address() + "/" + REPOSITORY + " has no tag of it");
    }

    @Test
    @DisplayName("whose tag could not be looked up are not taken for absent")
    void couldNotTell() {
        emptyGraph();
        registry.server().on("HEAD", ".*", ScriptedReply.error(403, "DENIED", "no"));
        registry.server().on("GET", ".*", ScriptedReply.error(403, "DENIED", "no"));

        assertThatThrownBy(() -> find("4.18.0", X86))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("release 4.18.0: Tried to look up ")
                .hasMessageNotContainingAny("does not exist", "\n");
    }

    @Test
    @DisplayName("of a graph that fails for one of many lines are not listed at all")
    void oneFailure() {
        emptyGraph();
        channel("candidate-4.14&arch=amd64", "4.14.10");
        graph.on(
                "GET",
                "/graph\\?channel=candidate-4.15&arch=amd64",
                ScriptedReply.status(404).body("gone"));

        assertThatThrownBy(() -> find("4.14-4.16", X86))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(
                        "channel=candidate-4.15&arch=amd64 but failed because: the answer was HTTP status 404");
    }

    @Test
    @DisplayName("are known without a network from what was read before, and what was not is an error")
    void offline(@TempDir Path folder) throws Exception {
        emptyGraph();
        channel("candidate-4.14&arch=amd64", "4.14.10");
        List<String> warnings = new ArrayList<>();
        ReleaseCache cache = ReleaseCache.in(folder.resolve("cache"), warnings::add);
        List<String> online = find(site.releases(cache), "4.14", X86);
        int asked = graph.requests().size();

        Releases offline = site.releases(
                ReleaseCache.in(folder.resolve("cache"), warnings::add).offline());

        assertThat(find(offline, "4.14", X86)).isEqualTo(online);
        assertThatThrownBy(() -> find(offline, "4.15", X86))
                .hasMessage("channel candidate-4.15 of the update graph for x86_64 is not in the cache; run once with a"
                        + " network");
        assertThatThrownBy(() -> find(offline, "4.14.9", X86))
                .hasMessageContaining("release 4.14.9 is not in the cache");
        assertThat(graph.requests()).hasSize(asked);
        assertThat(warnings).isEmpty();
    }

    @ParameterizedTest(name = "{0} and {1}")
    @DisplayName("are looked for at addresses as a user writes them, or at Red Hat's")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                                             |                                  | https://api.openshift.com/api/upgrades_info/v1/graph | -
            ' '                              | ' '                              | https://api.openshift.com/api/upgrades_info/v1/graph | -
            ' http://graph.example.com/graph ' | mirror.example.com:5000/ocp/release | http://graph.example.com/graph                  | mirror.example.com:5000/ocp/release
            https://g.example.com:8443/api/graph | quay.io/okd/scos-release     | https://g.example.com:8443/api/graph                 | quay.io/okd/scos-release
            """)
    void sources(String graphUrl, String repository, String graphAddress, String place) {
        ReleaseSources sources = ReleaseSources.of(graphUrl, repository);

        assertThat(sources.graphUrl()).hasToString(graphAddress);
        assertThat(sources.releaseRepository().map(ImageReference::toString).orElse("-"))
                .isEqualTo(place);
        assertThat(sources.taggedRepository().name())
                .isEqualTo(place.equals("-") ? ReleaseSources.DEFAULT_REPOSITORY : place);
    }

    @ParameterizedTest(name = "{0}{1}")
    @DisplayName("are looked for at no address that is malformed: one line says which")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            graph.example.com/graph            |                           | not the address of an update graph: 'graph.example.com/graph'
            ftp://graph.example.com/graph      |                           | not the address of an update graph
            http://                            |                           | not the address of an update graph
            http://me:secret@example.com/graph |                           | not the address of an update graph
            http://exa mple.com/graph          |                           | not the address of an update graph
            file:///etc/passwd                 |                           | not the address of an update graph
                                               | ocp-release               | not an image reference: 'ocp-release'
                                               | https://quay.io/okd/x     | not an image reference
                                               | quay.io/okd/x:4.16        | not a repository of releases: 'quay.io/okd/x:4.16'
                                               | quay.io/okd/x@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | not a repository of releases
            """)
    void malformedSources(String graphUrl, String repository, String why) {
        assertThatThrownBy(() -> ReleaseSources.of(graphUrl, repository))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why)
                .hasMessageNotContainingAny("\n", "secret");
    }

    @Test
    @DisplayName("are asked for once per line and architecture, and no more")
    void requests() throws Exception {
        emptyGraph();
        channel("candidate-4.14&arch=amd64", "4.14.10");
        find("4.12-4.15", TWO);

        TreeMap<String, Long> asked = graph.requests().stream()
                .collect(Collectors.groupingBy(ScriptedServer.Request::path, TreeMap::new, Collectors.counting()));
        assertThat(asked).hasSize(8).allSatisfy((path, count) -> assertThat(count)
                .isEqualTo(1));
    }
}
