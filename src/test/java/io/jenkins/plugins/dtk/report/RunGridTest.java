package io.jenkins.plugins.dtk.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixJson;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The grid of a run, on every page")
class RunGridTest {

    private static final KernelMatrix MATRIX = MatrixJson.parse(
            """
            {"versions":[
            {"rhel":"9.2","kernel":"5.14.0-284.45.1.el9_2","archs":"linux/amd64","kernelRt":"5.14.0-284.45.1.rt14.330.el9_2",
             "stream":"rhel-9","releases":["4.14.7"],"missing":["linux/amd64"]},
            {"rhel":"9.4","kernel":"5.14.0-427.61.1.el9_4","archs":"linux/amd64","stream":"rhel-9","releases":["4.17.22"],"missing":[]}
            ]}
            """);

    private static RunFacts facts(String status, String node, String digest, String index, boolean running) {
        return facts(status, node, digest, index, "", running);
    }

    private static RunFacts facts(
            String status, String node, String digest, String index, String reason, boolean running) {
        Map<String, Object> image = new LinkedHashMap<>();
        image.put("status", status);
        image.put("digest", digest == null ? "" : digest);
        image.put("node", node == null ? "" : node);
        image.put("duration", 61_000);
        image.put("reason", reason);
        return new RunFacts(
                MATRIX,
                Map.of(
                        "kernels",
                        List.of(Map.of(
                                "kernel",
                                "5.14.0-284.45.1.el9_2",
                                "index",
                                index,
                                "digest",
                                "",
                                "archs",
                                Map.of("linux/amd64", image)))),
                running);
    }

    private static String html(RunFacts facts) {
        return new RunGrid(Samples.IMAGE, facts, image -> image.node().isEmpty() ? "" : "/log/" + image.node()).html();
    }

    @ParameterizedTest(name = "{5}")
    @CsvSource({
        "open, , , open, true, waiting, waiting",
        "open, 12, , open, true, building, waiting",
        "built, 12, , open, true, pushed, waiting",
        "built, 12, sha256:abc, published, true, built, published",
        "built, 12, sha256:abc, published, false, built, published",
        "built, 12, , failed, false, not confirmed, failed",
        "built, 12, , open, false, not confirmed, not published",
        "failed, 12, , none, false, failed, none",
        "stopped, 12, , open, false, ended early, not published",
        "skipped, , , none, false, skipped, none",
        "open, , , open, false, not built, not published",
    })
    @DisplayName("says how an image stands, and says built only of what the registry has")
    void status(
            String status, String node, String digest, String index, boolean running, String image, String published) {
        String html = html(facts(status, node, digest, index, running));

        String looks = image.equals("not confirmed")
                ? "unknown"
                : image.equals("ended early") ? "stopped" : image.equals("not built") ? "open" : image;
        assertThat(html)
                .contains("<span class=\"dtk-status dtk-" + looks + "\" data-status=\"" + looks + "\">" + image)
                .contains(">" + published + "</span>");
        assertThat(html.contains("dtk-built")).isEqualTo(image.equals("built"));
    }

    @Test
    @DisplayName("shows the first line of a reason, and the rest on demand")
    void reason() {
        assertThat(html(facts("failed", "12", "", "none", "no <b>space</b> left\nat 10 %", false)))
                .contains("<details class=\"dtk-note dtk-reason\"><summary>no &lt;b&gt;space&lt;/b&gt; left</summary>"
                        + "at 10 %</details>");
    }

    @Test
    @DisplayName("links each image to its log, with a name that is understood without the table")
    void log() {
        assertThat(html(facts("failed", "12", "", "none", "no", false)))
                .contains("<a href=\"/log/12\" aria-label=\"log of 5.14.0-284.45.1.el9_2 x86_64\">log</a>"
                        + "<span class=\"dtk-time\">1 min 01 s</span>");
    }

    @Test
    @DisplayName("labels the real-time kernel")
    void realTime() {
        assertThat(html(facts("open", "", "", "open", true)))
                .contains("<span class=\"dtk-note\">real time: 5.14.0-284.45.1.rt14.330.el9_2</span>");
    }

    @Test
    @DisplayName("sends a browser only the kernels that the run works on")
    void changing() {
        assertThat(new RunGrid(Samples.IMAGE, facts("open", "12", "", "open", true), image -> "").changing())
                .contains("data-kernel=\"5.14.0-284.45.1.el9_2\"")
                .doesNotContain("5.14.0-427.61.1.el9_4");
    }

    @ParameterizedTest(name = "{0} of {1} done in {2} min: {3}")
    @CsvSource({"0, 10, 5, none", "5, 10, 5, PT5M", "1, 10, 2, PT18M", "10, 10, 5, none"})
    @DisplayName("estimates the rest at the pace of what is done")
    void left(int done, int all, int minutes, String left) {
        RunTotals totals = new RunTotals(Map.of(ImageStatus.BUILT, done, ImageStatus.WAITING, all - done), 0);

        assertThat(totals.left(Duration.ofMinutes(minutes))
                        .map(Duration::toString)
                        .orElse("none"))
                .isEqualTo(left);
    }

    @Test
    @DisplayName("counts in words that fit the number")
    void totals() {
        RunTotals totals =
                new RunTotals(Map.of(ImageStatus.BUILT, 1, ImageStatus.STOPPED, 0, ImageStatus.UNKNOWN, 2), 1);

        assertThat(totals.html("page/"))
                .isEqualTo("<span class=\"dtk-totals\">"
                        + "<a class=\"dtk-status dtk-failed\" href=\"page/#failed\">1 index failed</a>"
                        + "<a class=\"dtk-status dtk-unknown\" href=\"page/#unknown\">2 not confirmed</a>"
                        + "<a class=\"dtk-status dtk-built\" href=\"page/#built\">1 built</a></span>");
    }

    @Test
    @DisplayName("counts the work of a branch that built several architectures once")
    void work() {
        RunFacts facts = new RunFacts(
                Samples.matrix(),
                Map.of(
                        "kernels",
                        List.of(Map.of(
                                "kernel",
                                "5.14.0-284.45.1.el9_2",
                                "index",
                                "published",
                                "archs",
                                Map.of(
                                        "linux/amd64", Map.of("status", "built", "node", "7", "duration", 5000),
                                        "linux/arm64", Map.of("status", "built", "node", "7", "duration", 5000))))));

        assertThat(facts.work()).isEqualTo(5000);
    }
}
