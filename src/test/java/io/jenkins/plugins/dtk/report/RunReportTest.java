package io.jenkins.plugins.dtk.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class RunReportTest {

    private static final Instant NIGHT = Instant.parse("2026-11-24T02:07:00Z");

    private static RunReport report(Map<?, ?> built) {
        return new RunReport(Samples.IMAGE, Samples.matrix(), built, NIGHT, Duration.ofSeconds(487));
    }

    private static String page(String reason) {
        return report(Samples.built(reason)).html();
    }

    @Test
    void endsARunWithKernelsArchitecturesAndDigests() {
        assertThat(report(Samples.built("no podman")).table())
                .startsWith("KERNEL                  ARCHITECTURE  IMAGE         DIGEST\n")
                .contains(
                        "4.18.0-372.59.1.el8_6   x86_64        there before  " + Samples.digest('b') + "\n",
                        "4.18.0-372.59.1.el8_6   aarch64       built         " + Samples.digest('c') + "\n",
                        "4.18.0-372.59.1.el8_6   index         published     " + Samples.digest('a') + "\n",
                        "5.14.0-284.45.1.el9_2   aarch64       failed        -\n",
                        "5.14.0-427.61.1.el9_4   index         there         -\n");
    }

    @Test
    void saysFirstWhatCameOfIt() {
        assertThat(page("no podman"))
                .contains("<p class=\"outcome dtk-status dtk-failed\">2 of 9 images failed</p>")
                .contains("24 November 2026, 02:07 UTC, took 8 min 07 s");
    }

    @Test
    void saysThatNothingWasLeftToBuildWhenAllWasThere() {
        String page = new RunReport(
                        Samples.IMAGE,
                        new KernelMatrix(Samples.matrix().kernels().subList(2, 3), List.of()),
                        Map.of(),
                        NIGHT,
                        Duration.ofMillis(1240))
                .html();
        assertThat(page)
                .contains("The library is complete: nothing was left to build", "took 1.2 s")
                .doesNotContain("What failed", "not built");
    }

    @Test
    void countsImagesThatNoBranchWasStartedForAsNotBuilt() {
        assertThat(report(Map.of()).html())
                .contains("<p class=\"outcome dtk-status dtk-open\">4 of 9 images not built</p>");
    }

    @Test
    void namesEveryFailureWithItsReason() {
        assertThat(page("the disk is full: free space on this agent"))
                .contains("<dt>5.14.0-284.45.1.el9_2.aarch64</dt><dd>the disk is full: free space on this agent</dd>")
                .contains("<dt>6.12.0-211.47.1.el10_2.x86_64</dt><dd>out of disk</dd>")
                .contains("<dt>index 5.14.0-570.124.1.el9_6</dt><dd>the registry refused the login")
                .contains("<li>release 4.19.35-x86_64: the payload has no image-references</li>");
    }

    @Test
    void givesEachImageInTheFormInWhichItIsPulled() {
        assertThat(page("x"))
                .contains("<code class=\"dtk-digest\" title=\"quay.io/acme/driver-toolkit@" + Samples.digest('e')
                        + "\">" + Samples.digest('e') + "</code>");
    }

    @Test
    void showsWhateverARegistryOrABuildWroteAsTextAlone() {
        String hostile = "</style><script>alert(1)</script><img src=x onerror='alert(1)'>\"&\u202e\u0000";
        String page = page(hostile);
        assertThat(page)
                .contains("&lt;/style&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=&#39;")
                .doesNotContain("<script", "<img", "\u202e", "\u0000");
    }

    @Test
    void isWholeInItself() {
        assertThat(page("x"))
                .contains("default-src 'none'")
                .doesNotContain("<link", "<script", "src=", "href=", "url(", "@import")
                .doesNotContainPattern("\\son[a-z]+=");
    }

    @Test
    void closesEveryTagItOpens() throws Exception {
        String xml = page("<b>").replace("<!DOCTYPE html>", "").replaceAll("<meta ([^>]*)>", "<meta $1/>");
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }
}
