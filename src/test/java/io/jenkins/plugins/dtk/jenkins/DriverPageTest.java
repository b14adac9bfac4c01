package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.jenkins.PagesTest.TestJob;
import io.jenkins.plugins.dtk.jenkins.PagesTest.TestRun;
import io.jenkins.plugins.dtk.testing.DriverNight;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The page of a build of drivers")
class DriverPageTest {

    @TempDir
    private Path folder;

    private TestRun earlier;
    private TestRun run;
    private RunRecord record;

    @BeforeEach
    void night() throws IOException {
        DriverNight night = DriverNight.end();
        TestJob job = new TestJob(folder);
        earlier = job.build();
        run = job.build();
        record = DtkBuildAction.record(run, "4", DriverNight.IMAGE);
        record.store(night.matrix(), night.result(), true);
    }

    private ImageCell cell(String what) {
        return record.getKernels().stream()
                .filter(row -> row.getKernel().equals(DriverNight.kernel(what)))
                .findFirst()
                .orElseThrow()
                .getImages()
                .get(0);
    }

    @Test
    @DisplayName("has each outcome with its reason and its log, also for programs")
    void outcomes() {
        assertThat(DriverNight.IMAGES)
                .extracting(what -> cell(what).getStatus() + "|" + cell(what).getOutcome() + "|"
                        + cell(what).getReason())
                .containsExactly(
                        "there||",
                        "skipped|excluded|its compiler is too old",
                        "skipped|no toolkit|of another kernel",
                        "skipped|does not compile (known)|old.c:3:12: error: unknown type",
                        "built||",
                        "failed|does not compile|acme.c:9:1: error: too few arguments",
                        "failed|does not fit|acme.ko: 2 symbols are missing",
                        "failed|failed|the disk is full",
                        "unknown||its branch ended well, and the registry was not read afterwards");
        assertThat(Stream.of("built", "does not compile", "does not fit", "failed", "unknown"))
                .allSatisfy(what -> assertThat(cell(what).getLog())
                        .isEqualTo(run.getUrl() + "execution/node/1" + DriverNight.IMAGES.indexOf(what) + "/log/"));
        assertThat(cell("built").getDigest()).isEqualTo(DriverNight.DIGEST);
        assertThat(List.of(record.getBuilt(), record.getFailed(), record.getUnknown(), record.getSkipped()))
                .containsExactly(1, 3, 1, 3);
    }

    @Test
    @DisplayName("has the log of the night in which a known failure was found, as long as that is kept")
    void knownLog() {
        String log = "job/nightly/" + DriverNight.KNOWN_LOG;
        assertThat(cell("known").getLog()).isEqualTo(log);
        assertThat(record.getSection().gridHtml("/jenkins"))
                .containsSubsequence("does not compile (known)", "href=\"/jenkins/" + log + "\"", "old.c:3:12");

        run.getParent().removeRun(earlier);

        assertThat(cell("known").getLog()).isEmpty();
        assertThat(record.getSection().gridHtml("/jenkins")).doesNotContain(log);
    }

    @Test
    @DisplayName("shows them in words, the news beside the log")
    void grid() {
        assertThat(record.getSection().gridHtml("/jenkins"))
                .containsSubsequence("failed", "the disk is full")
                .containsSubsequence("does not fit", "acme.ko: 2 symbols are missing")
                .containsSubsequence(
                        "does not compile",
                        "href=\"/jenkins/" + cell("does not compile").getLog() + "\"",
                        "acme.c:9:1: error: too few arguments")
                .containsSubsequence("does not compile (known)", "old.c:3:12: error: unknown type")
                .containsSubsequence("no toolkit", "of another kernel")
                .containsSubsequence("excluded", "its compiler is too old");
    }
}
