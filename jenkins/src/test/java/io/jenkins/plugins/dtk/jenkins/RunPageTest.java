package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import java.util.List;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlAnchor;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The pages of real runs: what they show of each image, while it is built and afterwards. */
class RunPageTest extends SiteTest {

    private static final String EL9_4 = "5.14.0-427.61.1.el9_4";
    private static final String BODY =
            """
            node {
                if (env.DTK_TAG == '5.14.0-427.61.1.el9_4.aarch64') {
                    sh 'set +x; echo "dtk: failed: the <b>disk</b> is full"; exit 1'
                }
                %s
            }
            """
                    .formatted(Scripts.PUSH);

    private WorkflowRun run;

    RunPageTest() {
        super("4.14.7", "4.17.22");
    }

    @BeforeAll
    void start() throws Exception {
        run = jenkins.assertBuildStatus(
                Result.UNSTABLE,
                jenkins.waitForCompletion(Scripts.job(
                                jenkins,
                                "nightly",
                                Scripts.matrix("quay.io/acme/pages")
                                        + Scripts.buildWithoutNode("quay.io/acme/pages", BODY)
                                                .replace("rhsmActivationKeyId:", "limit: 3, rhsmActivationKeyId:"))
                        .scheduleBuild2(0)
                        .waitForStart()));
    }

    @Test
    void theGridShowsBuiltFailedAndSkippedWithTheReasonAndTheLogOfTheBranch() throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            HtmlPage page = client.getPage(run, "driver-toolkit/");
            DomNode failed = image(page, EL9_4, "aarch64");

            assertThat(image(page, EL9_4, "x86_64").asNormalizedText()).contains("built");
            assertThat(failed.asNormalizedText()).contains("failed", "the <b>disk</b> is full");
            assertThat(failed.querySelectorAll("b")).isEmpty();
            assertThat(image(page, "5.14.0-284.45.1.el9_2", "aarch64").asNormalizedText())
                    .contains("skipped");
            HtmlAnchor log = failed.querySelector("a");
            assertThat(log.click().getWebResponse().getContentAsString()).contains("disk");
        }
    }

    @Test
    void thePagesOfTheBuildAndOfItsJobHaveASectionWithTheTotals() throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            assertThat(client.getPage(run).querySelector(".dtk-summary").asNormalizedText())
                    .contains("quay.io/acme/pages", "1 failed", "2 built", "1 skipped");
            HtmlPage job = client.getPage(run.getParent());
            assertThat(job.querySelector(".dtk-summary").asNormalizedText()).contains("1 failed", "2 built");
            assertThat(job.querySelectorAll(".dtk-history tbody tr")).hasSize(1);
            assertThat(client.getPage(run.getParent(), "driver-toolkit/").querySelectorAll(".dtk-row"))
                    .hasSize(2);
        }
    }

    @Test
    void theApiSaysWhatThePageShows() throws Exception {
        JSONObject record = api(run.getUrl()).getJSONArray("runs").getJSONObject(0);

        assertThat(List.of(record.getInt("built"), record.getInt("failed"), record.getInt("skipped")))
                .containsExactly(2, 1, 1);
        JSONObject failed = image(record, EL9_4, "aarch64");
        assertThat(failed.getString("status")).isEqualTo("failed");
        assertThat(failed.getString("reason")).isEqualTo("the <b>disk</b> is full");
        assertThat(failed.getString("platform")).isEqualTo("linux/arm64");
        assertThat(image(record, EL9_4, "x86_64").getString("digest")).startsWith("sha256:");
        JSONObject night = api(run.getParent().getUrl()).getJSONArray("nights").getJSONObject(0);
        assertThat(night.getInt("built")).isEqualTo(2);
        assertThat(night.getLong("duration")).isPositive();
    }

    @Test
    void nothingOnThePagesIsInline() throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            for (HtmlPage page : List.of(
                    client.getPage(run, "driver-toolkit/"), client.getPage(run.getParent(), "driver-toolkit/"))) {
                for (DomElement element : page.querySelector("#main-panel").getDomElementDescendants()) {
                    assertThat(element.getTagName()).isNotEqualTo("style");
                    assertThat(element.getTagName().equals("script") && !element.hasAttribute("src"))
                            .isFalse();
                    assertThat(element.getAttributesMap().keySet())
                            .noneMatch(name -> name.equals("style") || name.startsWith("on"));
                }
            }
        }
    }

    @Test
    void aRunThatGoesOnIsShownAsItStands() throws Exception {
        WorkflowRun running = Scripts.job(
                        jenkins,
                        "running",
                        Scripts.matrix("quay.io/acme/running")
                                + Scripts.buildWithoutNode("quay.io/acme/running", "semaphore 'running'"))
                .scheduleBuild2(0)
                .waitForStart();
        for (int branch = 1; branch <= 4; branch++) {
            SemaphoreStep.waitForStart("running/" + branch, running);
        }
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            assertThat(client.getPage(running, "driver-toolkit/").asNormalizedText())
                    .contains("4 waiting", "2 kernels, running for");
        }
        running.getExecutor().interrupt();
        jenkins.waitForCompletion(running);
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            assertThat(client.getPage(running, "driver-toolkit/").asNormalizedText())
                    .contains("4 ended early", "2 kernels, took");
        }
    }

    @Test
    void theLogOfABranchThatEndedItselfIsThatOfItsLastStepWithOne() throws Exception {
        WorkflowRun ended = jenkins.waitForCompletion(Scripts.job(
                        jenkins,
                        "ended",
                        Scripts.matrix("quay.io/acme/ended")
                                + Scripts.buildWithoutNode(
                                        "quay.io/acme/ended",
                                        "node { sh 'echo measured $DTK_TAG' }\nif (true) { error 'not today' }"))
                .scheduleBuild2(0)
                .waitForStart());
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            DomNode failed = image(client.getPage(ended, "driver-toolkit/"), EL9_4, "aarch64");
            assertThat(failed.asNormalizedText()).contains("failed", "not today");
            HtmlAnchor log = failed.querySelector("a");
            assertThat(log.click().getWebResponse().getContentAsString()).contains("measured " + EL9_4);
        }
    }

    private static DomNode image(HtmlPage page, String kernel, String architecture) {
        DomNode row = page.querySelectorAll(".dtk-row").stream()
                .filter(one -> one.asNormalizedText().contains(kernel))
                .findFirst()
                .orElseThrow();
        return row.querySelector("[data-label='" + architecture + "']");
    }

    private JSONObject api(String url) throws Exception {
        return jenkins.getJSON(url + "driver-toolkit/api/json").getJSONObject();
    }

    private static JSONObject image(JSONObject record, String kernel, String architecture) {
        JSONObject row = named(record.getJSONArray("kernels"), "kernel", kernel);
        return named(row.getJSONArray("images"), "architecture", architecture);
    }

    private static JSONObject named(JSONArray objects, String key, String value) {
        for (int i = 0; i < objects.size(); i++) {
            if (objects.getJSONObject(i).getString(key).equals(value)) {
                return objects.getJSONObject(i);
            }
        }
        throw new AssertionError("no " + key + " " + value + " in " + objects);
    }
}
