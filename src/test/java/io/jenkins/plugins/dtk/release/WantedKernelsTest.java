package io.jenkins.plugins.dtk.release;

import static io.jenkins.plugins.dtk.release.PayloadWorld.K92;
import static io.jenkins.plugins.dtk.release.PayloadWorld.K94;
import static io.jenkins.plugins.dtk.release.PayloadWorld.onlyPackages;
import static io.jenkins.plugins.dtk.release.PayloadWorld.os;
import static io.jenkins.plugins.dtk.release.PayloadWorld.ostree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.http.HttpSettings;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.matrix.BaseImagePattern;
import io.jenkins.plugins.dtk.matrix.MatrixComputation;
import io.jenkins.plugins.dtk.matrix.MatrixProgress;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.matrix.WantedKernels;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import io.jenkins.plugins.dtk.testing.ScriptedServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The kernels that wanted releases ship are proof that others may be deleted")
class WantedKernelsTest {

    private static final Set<Architecture> BOTH = Set.of(Architecture.X86_64, Architecture.AARCH64);

    @TempDir
    private Path folder;

    @AutoClose
    private final PayloadWorld world = new PayloadWorld();

    @AutoClose
    private final ScriptedServer graph = ScriptedServer.start();

    @BeforeEach
    void publish() {
        for (Architecture architecture : BOTH) {
            answer("4.14", architecture, node("4.14.7", K92, architecture), node("4.14.8", K92, architecture));
            answer("4.16", architecture, node("4.16.3", K94, architecture));
        }
    }

    private String node(String version, String kernel, Architecture architecture) {
        String payload = world.publish(
                        architecture,
                        os(
                                "rhel-coreos",
                                "416.94.202501010000-0",
                                ostree(kernel + "." + architecture.rpmName()),
                                onlyPackages()),
                        version)
                .toString();
        return "{\"version\": \"" + version + "\", \"payload\": \"" + payload + "\"}";
    }

    private void answer(String line, Architecture architecture, String... nodes) {
        raw(line, architecture, "{\"version\": 1, \"nodes\": [" + String.join(", ", nodes) + "], \"edges\": []}");
    }

    private void raw(String line, Architecture architecture, String json) {
        graph.on(
                "GET",
                "/graph\\?channel=candidate-" + line.replace(".", "\\.") + "&arch=" + architecture.goName(),
                ScriptedReply.json(200, json));
    }

    private WantedKernels wanted(String releases) throws Exception {
        return computation(MatrixProgress.SILENT).wanted(request(releases));
    }

    private static MatrixRequest request(String releases) {
        return new MatrixRequest(
                ReleaseRange.parse(releases), BOTH, "candidate", BaseImagePattern.parse(""), false, false);
    }

    private MatrixComputation computation(MatrixProgress progress) {
        return new MatrixComputation(
                new Releases(
                        new ReleaseSources(URI.create("http://" + graph.address() + "/graph"), Optional.empty()),
                        world.registry.client(),
                        HttpSettings.standard(),
                        ReleaseCache.in(folder, warning -> {
                            throw new IllegalStateException(warning);
                        })),
                world.registry.client(),
                progress);
    }

    @Test
    @DisplayName("when every line and architecture answers fully")
    void proof() throws Exception {
        WantedKernels wanted = wanted("4.14,4.16");

        assertThat(wanted.doubts()).isEmpty();
        assertThat(wanted.kernels()).containsExactlyInAnyOrder(KernelVersion.parse(K92), KernelVersion.parse(K94));
        assertThat(world.registry.server().count("GET", "/v2/.*/blobs/.*")).isPositive();
    }

    @Test
    @DisplayName("but not when a line in the middle, or one architecture of it, has no release")
    void empty() throws Exception {
        answer("4.16", Architecture.AARCH64);
        assertThat(wanted("4.14,4.16").doubts())
                .singleElement()
                .asString()
                .contains("has no release of 4.16 for [aarch64]");
        answer("4.14", Architecture.X86_64);
        answer("4.14", Architecture.AARCH64);
        answer("4.15", Architecture.X86_64);
        answer("4.15", Architecture.AARCH64);
        assertThat(wanted("4.14-4.16").doubts())
                .anyMatch(doubt -> doubt.contains("had release 4.14.7 before"))
                .anyMatch(doubt -> doubt.contains("has no release of 4.15 for [x86_64]"));
    }

    @Test
    @DisplayName("but not when a release is gone that was known before, in this run or any later one")
    void fewer() throws Exception {
        assertThat(wanted("4.14").doubts()).isEmpty();
        answer("4.14", Architecture.AARCH64, node("4.14.8", K92, Architecture.AARCH64));
        for (int run = 0; run < 2; run++) {
            assertThat(wanted("4.14").doubts())
                    .containsExactly("the update graph's channel candidate-4.14 for aarch64 had release 4.14.7 before,"
                            + " and has not now");
        }
    }

    @Test
    @DisplayName("but not when it names what is no version, or two payloads for one release")
    void odd() throws Exception {
        String two = node("4.14.7", K92, Architecture.X86_64);
        String other = node("4.14.7", K94, Architecture.X86_64);
        answer("4.14", Architecture.X86_64, two, other, "{\"version\": \"latest\", \"payload\": \"x\"}");
        assertThat(wanted("4.14").doubts())
                .containsExactlyInAnyOrder(
                        "the update graph's channel candidate-4.14 for x86_64 names two payloads for release 4.14.7,"
                                + " which is left out",
                        "the update graph's channel candidate-4.14 for x86_64 has a release 'latest', which is no"
                                + " version and is left out");
    }

    @Test
    @DisplayName("and a matrix says what it lacks for that reason, and never that there is no such release")
    void oddMatrix() throws Exception {
        String two = node("4.14.7", K92, Architecture.X86_64);
        answer("4.14", Architecture.X86_64, two, node("4.14.7", K94, Architecture.X86_64));
        answer("4.14", Architecture.AARCH64);
        List<String> warnings = new ArrayList<>();
        MatrixComputation computation = computation(new MatrixProgress() {
            @Override
            public void done(String what, int done, int total) {}

            @Override
            public void warn(String line) {
                warnings.add(line);
            }
        });

        assertThatThrownBy(() -> computation.catalog(request("4.14")))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.INVALID))
                .hasMessageContaining("no release matches 4.14")
                .hasMessageContaining("names two payloads for release 4.14.7");
        publish();
        assertThat(computation.catalog(request("4.14,4.16")).rows()).hasSize(6);
        answer("4.14", Architecture.X86_64, two, node("4.14.7", K94, Architecture.X86_64));
        answer("4.16", Architecture.AARCH64);
        assertThat(computation.catalog(request("4.14,4.16")).rows()).hasSize(3);
        assertThat(warnings)
                .anyMatch(line -> line.contains("names two payloads for release 4.14.7, which is left out"))
                .contains("the update graph's channel candidate-4.16 for aarch64 has no release, and had 1 before");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{\"version\":null,\"payload\":\"q.io/x\"}",
                "{\"version\":4.14,\"payload\":\"q.io/x\"}",
                "{\"payload\":\"q.io/x\"}",
                "{}",
                "\"4.14.9\""
            })
    @DisplayName("but not when a release has no version")
    void noVersion(String node) throws Exception {
        answer("4.14", Architecture.X86_64, node("4.14.7", K92, Architecture.X86_64), node);

        assertThat(wanted("4.14").doubts())
                .containsExactly("the update graph's channel candidate-4.14 for x86_64 has a release without a version,"
                        + " which is left out");
    }

    @Test
    @DisplayName("for the architectures that the update graph serves, and no others")
    void served() throws Exception {
        answer("4.14", Architecture.AARCH64);
        answer("4.16", Architecture.AARCH64);

        WantedKernels wanted = wanted("4.14,4.16");

        assertThat(wanted.doubts()).isEmpty();
        assertThat(wanted.architectures()).containsExactly(Architecture.X86_64);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "text behind the document | {\"nodes\":[]}<html>error</html>",
                "a second document | {\"nodes\":[]}{\"nodes\":[]}",
                "a name twice | {\"nodes\":[{\"version\":\"4.14.7\",\"version\":\"4.14.8\",\"payload\":\"q.io/x\"}]}",
                "nodes twice | {\"nodes\":[],\"nodes\":[]}",
            })
    @DisplayName("and no answer counts that has")
    void unusable(String what, String json) {
        raw("4.14", Architecture.AARCH64, json);

        assertThatThrownBy(() -> wanted("4.14"))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("Tried to read the update graph at http://" + graph.address())
                .hasMessageNotContainingAny("\n");
    }
}
