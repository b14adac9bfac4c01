package io.jenkins.plugins.dtk.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.kernel.RhelVersion;
import io.jenkins.plugins.dtk.kernel.Stream;
import io.jenkins.plugins.dtk.oci.ImageReference;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The cache of releases")
class ReleaseCacheTest {

    private static final NodeOs RHEL9 = new NodeOs(
            Architecture.X86_64,
            Stream.rhel(9),
            "9.6.20260616-0",
            RhelVersion.parse("9.6"),
            KernelVersion.parse("5.14.0-570.27.1.el9_6"),
            Optional.of(KernelVersion.parse("5.14.0-570.27.1.el9_6")),
            Optional.empty());

    private static final NodeOs CENTOS = new NodeOs(
            Architecture.X86_64,
            Stream.centos(10),
            "",
            RhelVersion.parse("10"),
            KernelVersion.parse("6.12.0-233.el10"),
            Optional.empty(),
            Optional.of(KernelVersion.parse("6.12.0-233.el10")));

    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();

    private ReleaseCache open() {
        return ReleaseCache.in(folder.resolve("made/when/needed"), warnings::add);
    }

    private Path journal() {
        return folder.resolve("made/when/needed/releases-v1.journal");
    }

    private static Release release(int number) {
        return new Release(
                ReleaseVersion.parse("4.20." + number),
                Architecture.X86_64,
                ImageReference.parse(
                        "quay.io/openshift-release-dev/ocp-release@sha256:" + String.format("%064x", number)));
    }

    @Test
    @DisplayName("remembers what a payload says for later runs, exactly")
    void payloads() {
        open().keep(release(1), List.of(RHEL9, CENTOS));

        assertThat(open().nodeOs(release(1))).contains(List.of(RHEL9, CENTOS));
        assertThat(open().nodeOs(release(2))).isEmpty();
        assertThat(warnings).isEmpty();
    }

    @Test
    @DisplayName("keeps nothing of a payload that is named by a tag: a tag may move")
    void tags() {
        Release tagged = new Release(
                ReleaseVersion.parse("4.20.1"),
                Architecture.X86_64,
                ImageReference.parse("quay.io/openshift-release-dev/ocp-release:4.20.1-x86_64"));
        open().keep(tagged, List.of(RHEL9));

        assertThat(open().nodeOs(tagged)).isEmpty();
    }

    @Test
    @DisplayName("remembers the graph's last answer per address, channel and architecture")
    void graph() {
        URI graph = URI.create("http://graph.example.com/graph");
        ReleaseCache cache = open();
        cache.keep(graph, "candidate-4.20", Architecture.X86_64, List.of(release(1)));
        cache.keep(graph, "candidate-4.20", Architecture.X86_64, List.of(release(1), release(2)));
        cache.keep(graph, "candidate-4.21", Architecture.X86_64, List.of());

        assertThat(open().releases(graph, "candidate-4.20", Architecture.X86_64))
                .contains(List.of(release(1), release(2)));
        assertThat(open().releases(graph, "candidate-4.21", Architecture.X86_64))
                .contains(List.of());
        assertThat(open().releases(graph, "candidate-4.20", Architecture.AARCH64))
                .isEmpty();
        assertThat(open().releases(URI.create("http://other/graph"), "candidate-4.20", Architecture.X86_64))
                .isEmpty();
    }

    @Test
    @DisplayName("heals when it is damaged: lines that are not as they were written do not count")
    void damage() throws Exception {
        ReleaseCache cache = open();
        IntStream.rangeClosed(1, 3).forEach(i -> cache.keep(release(i), List.of(RHEL9)));
        List<String> lines = Files.readAllLines(journal());
        Files.writeString(
                journal(),
                lines.get(0) + "\n" + lines.get(1).replace("570.27.1", "570.28.1") + "\nrubbish\n\n\u0000\n"
                        + lines.get(2).substring(0, 40));

        ReleaseCache healed = open();
        assertThat(healed.nodeOs(release(1))).isPresent();
        assertThat(healed.nodeOs(release(2))).isEmpty();
        assertThat(healed.nodeOs(release(3))).isEmpty();
        healed.keep(release(3), List.of(CENTOS));
        assertThat(open().nodeOs(release(3))).contains(List.of(CENTOS));
        assertThat(warnings).isEmpty();
    }

    @Test
    @DisplayName("reads again what it holds in another form")
    void otherForm() throws Exception {
        FactJournal journal = new FactJournal(folder.resolve("made/when/needed"), "releases-v1.journal");
        journal.put("payload:" + release(1).payload().digest() + ":x86_64", "[{\"kernel\":\"true\"}]");
        journal.put("payload:" + release(2).payload().digest() + ":x86_64", "not JSON");

        assertThat(open().nodeOs(release(1))).isEmpty();
        assertThat(open().nodeOs(release(2))).isEmpty();
    }

    @Test
    @DisplayName("takes facts from many threads and several users of one folder at once, and loses none")
    void concurrent() {
        List<ReleaseCache> caches = List.of(open(), open(), open());

        IntStream.range(0, 600).parallel().forEach(i -> caches.get(i % 3).keep(release(i), List.of(RHEL9)));

        ReleaseCache all = open();
        assertThat(IntStream.range(0, 600).filter(i -> all.nodeOs(release(i)).isEmpty()))
                .isEmpty();
        assertThat(warnings).isEmpty();
    }

    @Test
    @DisplayName("does not grow without end: what was kept last stays")
    void bounded() throws Exception {
        FactJournal journal = new FactJournal(folder, "journal", 100_000);
        String large = "x".repeat(10_000);
        for (int i = 0; i < 200; i++) {
            journal.put("key" + i, large + i);
            journal.put("again", "kept " + i);
        }

        assertThat(Files.size(folder.resolve("journal"))).isBetween(30_000L, 100_000L);
        FactJournal later = new FactJournal(folder, "journal", 100_000);
        assertThat(later.get("again")).isEqualTo("kept 199");
        assertThat(IntStream.range(0, 200).filter(i -> later.get("key" + i) != null))
                .hasSizeBetween(3, 9)
                .allMatch(i -> i > 190);
        try (java.util.stream.Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("journal", "journal.lock");
        }
    }

    @Test
    @DisplayName("that cannot be used costs a warning in one line, and no result")
    void unusable() throws Exception {
        Files.writeString(folder.resolve("made"), "a file where a folder should be");

        ReleaseCache cache = open();
        cache.keep(release(1), List.of(RHEL9));
        cache.keep(release(2), List.of(RHEL9));

        assertThat(warnings)
                .hasSize(1)
                .first()
                .asString()
                .startsWith("the cache ")
                .doesNotContain("\n");
    }

    @Test
    @DisplayName("that was never made remembers nothing and says nothing")
    void none() {
        ReleaseCache none = ReleaseCache.none();
        none.keep(release(1), List.of(RHEL9));

        assertThat(none.nodeOs(release(1))).isEmpty();
        assertThat(none.isOffline()).isFalse();
    }

    @Test
    @DisplayName("is not written to when it is used offline")
    void offline() throws Exception {
        open().keep(release(1), List.of(RHEL9));
        byte[] before = Files.readAllBytes(journal());
        open().offline().keep(release(2), List.of(RHEL9));

        assertThat(Files.readAllBytes(journal())).isEqualTo(before);
        assertThat(open().offline().nodeOs(release(1))).isPresent();
        Files.write(journal(), "\n".getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
        assertThat(open().offline().isOffline()).isTrue();
    }
}
