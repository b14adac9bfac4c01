package io.jenkins.plugins.dtk.release;

import static io.jenkins.plugins.dtk.release.PayloadWorld.IMAGES;
import static io.jenkins.plugins.dtk.release.PayloadWorld.extensions;
import static io.jenkins.plugins.dtk.release.PayloadWorld.image;
import static io.jenkins.plugins.dtk.release.PayloadWorld.layered;
import static io.jenkins.plugins.dtk.release.PayloadWorld.meta;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.matrix.BaseImagePattern;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixComputation;
import io.jenkins.plugins.dtk.matrix.MatrixJson;
import io.jenkins.plugins.dtk.matrix.MatrixProgress;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.testing.FakeImage;
import io.jenkins.plugins.dtk.testing.FakeRegistry;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import io.jenkins.plugins.dtk.testing.ScriptedServer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Releases that are found by the tags of the release repository")
class TaggedReleasesTest {

    private static final String REPOSITORY = ScriptedReleases.REPOSITORY;
    private static final Set<Architecture> TWO = EnumSet.of(Architecture.X86_64, Architecture.AARCH64);

    @TempDir
    Path folder;

    @AutoClose
    private final ScriptedReleases site = new ScriptedReleases();

    private final ScriptedServer graph = site.graph();
    private final FakeRegistry registry = site.registry();

    private ReleaseCache cache() {
        return ReleaseCache.in(folder, warning -> {
            throw new IllegalStateException(warning);
        });
    }

    private List<String> find(String range, Discovery discovery) throws Exception {
        return find(site.releases(ReleaseCache.none()), range, discovery);
    }

    private static List<String> find(Releases releases, String range, Discovery discovery) throws Exception {
        return releases.find(ReleaseRange.parse(range), TWO, "candidate", discovery).stream()
                .map(release -> release + " " + (release.payload().digest() == null ? "by tag" : "by digest"))
                .toList();
    }

    private static String json(String tags) {
        return Arrays.stream(tags.strip().split("\\s+"))
                .map(tag -> "\"" + tag + "\"")
                .collect(Collectors.joining(",", "{\"name\": \"" + REPOSITORY + "\", \"tags\": [", "]}"));
    }

    private void tags(String tags) {
        registry.server().on("GET", "/v2/" + REPOSITORY + "/tags/list.*", ScriptedReply.json(200, json(tags)));
    }

    private void channel(String line, String version) {
        graph.on("GET", "/graph.*", ScriptedReply.json(200, "{\"nodes\": []}"));
        graph.on(
                "GET",
                "/graph\\?channel=candidate-" + line + "&arch=amd64",
                ScriptedReply.json(
                        200,
                        "{\"nodes\": [{\"version\": \"" + version + "\", \"payload\": \"quay.io/" + REPOSITORY
                                + "@sha256:" + "a".repeat(64) + "\"}]}"));
    }

    @Test
    @DisplayName("add to those of the graph what no channel has")
    void both() throws Exception {
        channel("4.15", "4.15.3");
        tags("4.15.1-x86_64 4.15.3-aarch64 4.15.3-x86_64 4.15.4-aarch64 4.16.0-x86_64 4.15.0-rc.1-x86_64" + " sha256-"
                + "b".repeat(64) + ".sig latest 4.15.4-s390x");

        assertThat(find("4.15", Discovery.BOTH))
                .containsExactly(
                        "4.15.1 (x86_64) by tag",
                        "4.15.3 (x86_64) by digest",
                        "4.15.3 (aarch64) by tag",
                        "4.15.4 (aarch64) by tag");
        assertThat(find("4.15", Discovery.GRAPH)).containsExactly("4.15.3 (x86_64) by digest");
    }

    @Test
    @DisplayName("need no graph, and are read page by page from the first line that is wanted")
    void pages() throws Exception {
        String list = "/v2/" + REPOSITORY + "/tags/list";
        registry.server()
                .on(
                        "GET",
                        list + "\\?n=100&last=4.12",
                        ScriptedReply.json(200, json("4.12.3-x86_64 4.14.50-aarch64"))
                                .header("Link", "<" + list + "?last=4.14.50-aarch64&n=100>; rel=\"next\""));
        registry.server()
                .on(
                        "GET",
                        list + "\\?last=4.14.50-aarch64&n=100",
                        ScriptedReply.json(200, json("4.8.36-x86_64 5.0.1-x86_64 5.2.0-x86_64")));

        assertThat(find("4.12+", Discovery.TAGS))
                .containsExactly(
                        "4.12.3 (x86_64) by tag",
                        "4.14.50 (aarch64) by tag",
                        "5.0.1 (x86_64) by tag",
                        "5.2.0 (x86_64) by tag");
        assertThat(graph.requests()).isEmpty();
    }

    @Test
    @DisplayName("may have one tag for all architectures: each that is in its index is served")
    void multi() throws Exception {
        FakeImage intel = image().file("a", "x86");
        FakeImage arm = image().on(Architecture.AARCH64).file("a", "arm");
        registry.push(REPOSITORY, intel);
        registry.push(REPOSITORY, arm);
        tags("4.16.1-multi 4.16.2-multi 4.16.2-x86_64");
        registry.index(REPOSITORY, "4.16.1-multi", Map.of(Architecture.X86_64, intel, Architecture.AARCH64, arm));
        registry.index(REPOSITORY, "4.16.2-multi", Map.of(Architecture.X86_64, intel, Architecture.S390X, intel));

        assertThat(find("4.16", Discovery.TAGS))
                .containsExactly("4.16.1 (x86_64) by digest", "4.16.1 (aarch64) by digest", "4.16.2 (x86_64) by tag");
        assertThat(find("4.16.1", Discovery.TAGS))
                .as("named exactly")
                .containsExactly("4.16.1 (x86_64) by digest", "4.16.1 (aarch64) by digest");
    }

    @Test
    @DisplayName("of OKD serve x86_64 alone; their kernels are CentOS Stream's")
    void okd() throws Exception {
        FakeImage node =
                layered("true", meta("5.14.0-552.el9", "x86_64")).label("io.openshift.os.streamclass", "centos-9");
        FakeImage none = extensions("{}");
        String references = new ImageReferences()
                .tag("stream-coreos", registry.push(IMAGES, node).toString(), "machine-os=9.0.20250510-0")
                .tag("stream-coreos-extensions", registry.push(IMAGES, none).toString(), "")
                .text();
        FakeImage payload = image().file(Payload.PATH, references);
        tags("4.19.0-okd-scos.1 4.20.0-okd-scos.ec.3");
        registry.push(REPOSITORY, "4.19.0-okd-scos.1", payload);

        for (String range : List.of("4.19+", "4.19.0-okd-scos.1")) {
            KernelMatrix matrix = matrix(site.releases(ReleaseCache.none()), range);
            assertThat(MatrixJson.write(matrix))
                    .isEqualTo("{\"versions\":[{\"rhel\":\"9\",\"kernel\":\"5.14.0-552.el9\","
                            + "\"archs\":\"linux/amd64\",\"stream\":\"centos-9\","
                            + "\"baseImage\":\"quay.io/centos/centos:stream9\","
                            + "\"releases\":[\"4.19.0-okd-scos.1\"],\"builds\":[\"9.0.20250510-0\"]}]}");
        }
    }

    private static KernelMatrix matrix(Releases releases, String range) throws Exception {
        return new MatrixComputation(releases, null, MatrixProgress.SILENT)
                .compute(new MatrixRequest(
                        ReleaseRange.parse(range),
                        TWO,
                        "candidate",
                        BaseImagePattern.parse(""),
                        false,
                        false,
                        Discovery.TAGS,
                        false));
    }

    @Test
    @DisplayName("are pinned to the digest that their tag has when they are read")
    void pinned() throws Exception {
        FakeImage payload = image().file("a", "b");
        registry.push(REPOSITORY, "4.16.1-x86_64", payload);
        Releases releases = site.releases(ReleaseCache.none());

        Release pinned = releases.pinned(tagged("4.16.1"));

        assertThat(pinned.payload().digest()).hasToString(payload.digest());
        assertThat(releases.pinned(pinned)).isEqualTo(pinned);
        assertThatThrownBy(() -> releases.pinned(tagged("4.16.2")))
                .isInstanceOf(Failure.class)
                .hasMessage("release 4.16.2 (x86_64): " + registry.address() + "/" + REPOSITORY
                        + ":4.16.2-x86_64 is listed, but is not there");
    }

    private Release tagged(String version) {
        return new Release(
                ReleaseVersion.parse(version),
                Architecture.X86_64,
                ImageReference.parse(registry.address() + "/" + REPOSITORY + ":" + version + "-x86_64"));
    }

    @Test
    @DisplayName("are not taken for none where the list cannot be read")
    void failed() {
        registry.server()
                .on("GET", "/v2/" + REPOSITORY + "/tags/list.*", ScriptedReply.error(403, "DENIED", "not for you"));

        assertThatThrownBy(() -> find("4.15", Discovery.TAGS))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("Tried to list the tags of " + registry.address() + "/" + REPOSITORY)
                .hasMessageContaining("not for you")
                .hasMessageNotContainingAny("\n");
        assertThatThrownBy(() -> matrix(site.releases(ReleaseCache.none()), "4.15"))
                .hasMessageStartingWith("Tried to list the tags of ");
    }

    @Test
    @DisplayName("that are none are reported with where they were looked for")
    void none() {
        tags("latest");

        assertThatThrownBy(() -> matrix(site.releases(ReleaseCache.none()), "4.15"))
                .hasMessage("no release matches 4.15 for [x86_64, aarch64] among the tags of the release repository");
        assertThatThrownBy(() -> find("4.15.1", Discovery.TAGS))
                .hasMessage("release 4.15.1 does not exist for [x86_64, aarch64]: " + registry.address() + "/"
                        + REPOSITORY + " has no tag of it");
    }

    @Test
    @DisplayName("are known without a network from what was read before, and what was not is an error")
    void offline() throws Exception {
        tags("4.16.1-x86_64 4.16.2-multi");
        FakeImage payload = image().file("a", "b");
        registry.push(REPOSITORY, "4.16.1-x86_64", payload);
        registry.index(REPOSITORY, "4.16.2-multi", Map.of(Architecture.X86_64, payload));
        Releases online = site.releases(cache());
        List<String> found = find(online, "4.16", Discovery.TAGS);
        Release pinned = online.pinned(tagged("4.16.1"));
        int asked = registry.server().requests().size();

        Releases offline = site.releases(cache().offline());

        assertThat(find(offline, "4.16", Discovery.TAGS)).isEqualTo(found);
        assertThat(offline.pinned(tagged("4.16.1"))).isEqualTo(pinned);
        assertThat(find(offline, "4.16.1", Discovery.TAGS)).containsExactly("4.16.1 (x86_64) by digest");
        assertThatThrownBy(() -> find(offline, "4.15", Discovery.TAGS))
                .hasMessage("the list of tags of " + registry.address() + "/" + REPOSITORY
                        + " from 4.15 is not in the cache; run once with a network");
        assertThatThrownBy(() -> find(offline, "4.17.1", Discovery.TAGS))
                .hasMessageStartingWith("release 4.17.1 is not in the cache");
        assertThatThrownBy(() -> offline.pinned(tagged("4.17.1")))
                .hasMessageStartingWith("release 4.17.1 (x86_64) is not in the cache");
        assertThat(registry.server().requests()).hasSize(asked);
    }
}
