package io.jenkins.plugins.dtk.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

@DisplayName("What a run came to, for other tools,")
class RunTextsTest {

    private static Map<String, RunFacts> runs(String reason) {
        return Map.of(Samples.IMAGE, new RunFacts(Samples.matrix(), Samples.built(reason)));
    }

    @Test
    @DisplayName("is one line of totals, what failed first")
    void summary() {
        assertThat(RunTexts.summary(runs("x")))
                .isEqualTo("quay.io/acme/driver-toolkit: 2 failed, 1 index failed, 2 built, 5 there before");
    }

    @Test
    @DisplayName(
            "is a case of JUnit for each image and each index that was tried, with the reasons, whatever they hold")
    void junit() throws Exception {
        String reason = "<no> \"disk\" & \u0000\u001b[31m \ud800 \ud83d\udcbe";

        Map<String, String> cases = cases(RunTexts.junit(runs(reason)));

        assertThat(cases)
                .containsEntry("5.14.0-284.45.1.el9_2.x86_64", "")
                .containsEntry("5.14.0-284.45.1.el9_2.aarch64", "failure: failed: <no> \"disk\" & [31m  \ud83d\udcbe")
                .containsEntry("5.14.0-284.45.1.el9_2 index", "")
                .containsEntry("5.14.0-427.61.1.el9_4.x86_64", "")
                .containsEntry(
                        "5.14.0-570.124.1.el9_6 index",
                        "failure: failed: the registry refused the login: check user and password")
                .containsEntry("6.12.0-211.47.1.el10_2.x86_64", "failure: failed: out of disk")
                .doesNotContainKey("5.14.0-427.61.1.el9_4 index");
    }

    @Test
    @DisplayName("has no failure for what was left to another run")
    void left() throws Exception {
        Map<String, String> cases =
                cases(RunTexts.junit(Map.of(Samples.IMAGE, new RunFacts(Samples.matrix(), Map.of()))));

        assertThat(cases)
                .containsEntry("5.14.0-284.45.1.el9_2.aarch64", "skipped: not built")
                .doesNotContainKey("5.14.0-284.45.1.el9_2 index");
        assertThat(cases.values()).noneMatch(said -> said.startsWith("failure"));
    }

    @ParameterizedTest(name = "an index that is {0}")
    @DisplayName("says which list of packages could not be attached, for what fails the run")
    @ValueSource(strings = {"published", "there"})
    void notAttached(String index) throws Exception {
        Map<String, Object> entry = Map.of(
                "kernel",
                "5.14.0-427.61.1.el9_4",
                "index",
                index,
                "notAttached",
                "linux/arm64: the registry refused it",
                "archs",
                Map.of());
        Map<String, RunFacts> runs =
                Map.of(Samples.IMAGE, new RunFacts(Samples.matrix(), Map.of("kernels", List.of(entry))));

        assertThat(cases(RunTexts.junit(runs)).get("5.14.0-427.61.1.el9_4 index"))
                .startsWith("failure: ")
                .endsWith("not every list of packages is attached: linux/arm64: the registry refused it");
        assertThat(RunTexts.markdown(runs)).contains("not every list of packages is attached: linux/arm64");
    }

    /** By name, what each says; empty where it passed. */
    private static Map<String, String> cases(String xml) throws Exception {
        NodeList all = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getElementsByTagName("testcase");
        Map<String, String> cases = new TreeMap<>();
        for (int i = 0; i < all.getLength(); i++) {
            Element one = (Element) all.item(i);
            assertThat(one.getAttribute("classname")).isEqualTo("driver-toolkit");
            Element said = (Element) one.getFirstChild();
            cases.put(
                    one.getAttribute("name"),
                    said == null ? "" : said.getTagName() + ": " + said.getAttribute("message"));
        }
        return cases;
    }

    @Test
    @DisplayName("is a table in Markdown, in which nothing that others say is markup")
    void markdown() {
        assertThat(RunTexts.markdown(runs("<img> a|b `c`\nd")))
                .startsWith("## quay.io/acme/driver-toolkit\n\n2 failed, 1 index failed, 2 built, 5 there before\n\n"
                        + "| kernel | releases | x86\\_64 | aarch64 | index |\n| --- | --- | --- | --- | --- |\n")
                .contains("| failed: \\<img\\> a\\|b \\`c\\` d | published |\n");
    }
}
