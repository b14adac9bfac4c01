package io.jenkins.plugins.dtk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.matrix.BaseImagePattern;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.site.SiteSettings;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;

@DisplayName("Every option that says where things are")
class EveryOptionTest {

    /** What a user may write behind each, and the field of the settings in which it arrives. */
    private static final Map<String, Map.Entry<String, String>> OPTIONS = new TreeMap<>(Map.of(
            "--graph-url", Map.entry("https://graph.lab/graph", "sources"),
            "--release-repository", Map.entry("quay.lab/releases", "sources"),
            "--plain-http", Map.entry("localhost:5000", "plainHttp"),
            "--unverified-tls", Map.entry("quay.lab", "unverifiedTls"),
            "--location", Map.entry("quay.io=quay.lab", "locations"),
            "--mirror", Map.entry("quay.io=mirror.lab", "mirrors"),
            "--requests-per-second", Map.entry("7", "requestsPerSecond")));

    /** Logins, and files that are tested where they are read. */
    private static final Set<String> ELSEWHERE = Set.of("--pull-secret", "--ca", "--mirrors-file");

    @TempDir
    private static Path folder;

    private static Path pipeline;

    @BeforeAll
    static void write() throws Exception {
        pipeline = Files.writeString(folder.resolve("Jenkinsfile"), "echo 'done'");
    }

    @Command
    private static final class Sources {
        @Mixin
        private SourceOptions sources;
    }

    private static SiteSettings settings(String... arguments) {
        Sources command = new Sources();
        new CommandLine(command).parseArgs(arguments);
        return command.sources.settings();
    }

    @Test
    @DisplayName("is in this table")
    void complete() {
        Set<String> known = new TreeSet<>(OPTIONS.keySet());
        known.addAll(ELSEWHERE);
        assertThat(new CommandLine(new Sources())
                        .getCommandSpec().options().stream().map(OptionSpec::longestName))
                .containsExactlyInAnyOrderElementsOf(known);
    }

    static Stream<String> options() {
        return OPTIONS.keySet().stream();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("arrives in its own field of the settings, and in no other")
    @MethodSource("options")
    void arrives(String option) throws Exception {
        SiteSettings without = settings();
        SiteSettings with = settings(option, OPTIONS.get(option).getKey());

        assertThat(differences(without, with))
                .containsExactly(OPTIONS.get(option).getValue());
    }

    @Test
    @DisplayName("and every field of the settings has one, but for the proxy and certificates")
    void everyFieldHasOne() {
        Set<String> reached = OPTIONS.values().stream().map(Map.Entry::getValue).collect(Collectors.toSet());
        assertThat(Arrays.stream(SiteSettings.class.getRecordComponents()).map(RecordComponent::getName))
                .filteredOn(name -> !Set.of("http", "trustedCertificates").contains(name))
                .containsExactlyInAnyOrderElementsOf(reached);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("reaches the pipeline of 'dtk run'")
    @MethodSource("options")
    void reachesThePipeline(String option) throws Exception {
        RunCommand run = new RunCommand(Terminal.system());
        new CommandLine(run).parseArgs(option, OPTIONS.get(option).getKey(), pipeline.toString());

        assertThat(differences(settings(), run.configuration().given()))
                .containsExactly(OPTIONS.get(option).getValue());
    }

    @Test
    @DisplayName("--mirrors-file arrives in the mirrors, also in the pipeline of 'dtk run'")
    void mirrorsFile() throws Exception {
        Path file = Files.writeString(
                folder.resolve("registries.conf"),
                "[[registry]]\nlocation = \"quay.io\"\n[[registry.mirror]]\nlocation = \"mirror.lab\"\n");
        RunCommand run = new RunCommand(Terminal.system());
        new CommandLine(run).parseArgs("--mirrors-file", file.toString(), pipeline.toString());

        assertThat(differences(settings(), settings("--mirrors-file", file.toString())))
                .containsExactly("mirrors");
        assertThat(differences(settings(), run.configuration().given())).containsExactly("mirrors");
    }

    /** What a user may write behind each option that says which releases are meant, and the field of the request. */
    private static final Map<String, Map.Entry<String, String>> RELEASES = new TreeMap<>(Map.of(
            "--releases", Map.entry("--releases=4.16", "releases"),
            "--arch", Map.entry("--arch=s390x", "architectures"),
            "--channel", Map.entry("--channel=eus", "channel"),
            "--pre-releases", Map.entry("--pre-releases", "releases"),
            "--discovery", Map.entry("--discovery=both", "discovery"),
            "--verify-layers", Map.entry("--verify-layers", "verifyLayers")));

    @Command
    private static final class Wanted {
        @Mixin
        private ReleaseOptions releases;
    }

    private static MatrixRequest request(String... arguments) {
        Wanted command = new Wanted();
        new CommandLine(command).parseArgs(arguments);
        return command.releases.request(BaseImagePattern.USUAL, true, false);
    }

    @Test
    @DisplayName("or which releases are meant, is in the table of those")
    void releasesComplete() {
        assertThat(new CommandLine(new Wanted())
                        .getCommandSpec().options().stream().map(OptionSpec::longestName))
                .containsExactlyInAnyOrderElementsOf(RELEASES.keySet());
    }

    static Stream<String> releaseOptions() {
        return RELEASES.keySet().stream();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("or which releases are meant, arrives in its own field of what is asked for")
    @MethodSource("releaseOptions")
    void releases(String option) throws Exception {
        assertThat(differences(request(), request(RELEASES.get(option).getKey())))
                .containsExactly(RELEASES.get(option).getValue());
    }

    private static Set<String> differences(Record one, Record other) throws Exception {
        Set<String> names = new TreeSet<>();
        for (RecordComponent component : one.getClass().getRecordComponents()) {
            Object left = component.getAccessor().invoke(one);
            Object right = component.getAccessor().invoke(other);
            if (!component.getName().equals("http") && !left.equals(right)) {
                names.add(component.getName());
            }
        }
        return names;
    }
}
