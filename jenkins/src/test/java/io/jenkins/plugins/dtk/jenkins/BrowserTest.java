package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.dtk.testing.DriverNight;
import io.jenkins.plugins.dtk.testing.Parts;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * The pages in a real browser, with 400 kernels. Leaves pictures of them in {@code target/pictures}, or where
 * {@code -Ddtk.pictures} says: those of the documentation come from here.
 */
@WithJenkins
class BrowserTest {

    private static final int KERNELS = 400;

    /** The colours of a dark theme, under the names that Jenkins' themes give them; at once, without fading over. */
    private static final String DARK =
            """
            (() => {
              const sheet = new CSSStyleSheet();
              sheet.replaceSync("* { transition: none !important; }");
              document.adoptedStyleSheets = [sheet];
              const theme = {
                "color-scheme": "dark", "--background": "#1b1b1f", "--text-color": "#e6e6e6",
                "--text-color-secondary": "#9a9aa5", "--table-background": "#2a2a31", "--input-color": "#222228",
                "--input-border": "#44444d", "--select-input-color": "#222228", "--success-color": "#2fbf65",
                "--error-color": "#ff6b6b", "--warning-color": "#f5a742", "--link-color": "#7db2ff",
              };
              Object.entries(theme).forEach(([n, v]) => document.documentElement.style.setProperty(n, v));
            })()
            """;

    private static final Path PICTURES = Path.of(System.getProperty("dtk.pictures", "target/pictures"));

    @TempDir
    private static Path profile;

    private static JenkinsRule jenkins;
    private static WorkflowRun run;
    private static Chromium browser;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        Parts.need("chromium");
        jenkins = rule;
        for (int built : new int[] {2, 14, 0, 3, 1, 0, 8}) {
            new LargeRun(KERNELS, built).in(rule, "driver-toolkit");
        }
        run = new LargeRun(KERNELS, 24).in(rule, "driver-toolkit");
        browser = new Chromium(profile);
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
            jenkins.after();
        }
    }

    @BeforeEach
    void aDesk() throws Exception {
        browser.size(1280, 800);
    }

    @AfterEach
    void noPageHasComplained() {
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theFilterShowsTheKernelsThatHaveAllWordsAndTheStatus() throws Exception {
        openBuild("");
        assertThat(shown()).isEqualTo(KERNELS);
        assertThat(browser.evaluate("document.querySelector('#main-panel').innerText").asText())
                .doesNotContain("no longer updated");
        Picture.write(browser.picture("#main-panel"), PICTURES.resolve("build.png"));

        type("el10_2 4.22");
        long fitting = shown();
        assertThat(fitting).isBetween(1L, KERNELS / 2L);
        assertThat(browser.evaluate("document.querySelector('.dtk-filter__count').textContent")
                        .asText())
                .isEqualTo(fitting + " of " + KERNELS);
        type("no such kernel");
        assertThat(shown()).isZero();
        type("");
        assertThat(shown()).isEqualTo(KERNELS);

        browser.evaluate("(() => { const status = document.querySelector('.dtk-filter__status');"
                + " status.value = 'skipped'; status.dispatchEvent(new Event('change')); })()");
        assertThat(shown()).isEqualTo(4);
    }

    @Test
    void theTotalsLeadToTheKernelsThatTheyCount() throws Exception {
        openBuild("");
        browser.evaluate("document.querySelector('.dtk-totals a.dtk-failed').click()");
        assertThat(everyRowShownHas("failed")).isTrue();

        openBuild("#skipped");
        assertThat(everyRowShownHas("skipped")).isTrue();
    }

    @Test
    void theHeadOfTheGridStaysInSight() throws Exception {
        openBuild("");
        browser.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)");

        assertThat(top(".dtk-grid thead th")).isBetween(0.0, 150.0);
        assertThat(top(".dtk-row")).isNegative();
    }

    @Test
    void aReasonIsShownAsItIsAndNothingOnThePageIsInline() throws Exception {
        openBuild("#failed");

        assertThat(texts(".dtk-reason")).contains(LargeRun.REASON);
        assertThat(browser.evaluate("document.title").asText()).contains("Driver Toolkit");
        assertThat(texts(".dtk-run script, .dtk-run style, .dtk-run [style], .dtk-run [onclick]"))
                .isEmpty();
    }

    @Test
    void onAPhoneEachKernelIsACardAndNothingIsWiderThanTheScreen() throws Exception {
        browser.size(390, 844);
        openBuild("#failed");

        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(390);
        assertThat(browser.evaluate("getComputedStyle(document.querySelector('.dtk-row:not([hidden])')).display")
                        .asText())
                .isEqualTo("block");
        browser.evaluate("document.querySelector('.dtk-run').scrollIntoView()");
        browser.evaluate("window.scrollBy(0, -60)");
        Picture.write(browser.picture("#main-panel"), PICTURES.resolve("phone.png"));
    }

    @Test
    void inADarkThemeEveryStatusStandsOutFromItsGround() throws Exception {
        openBuild("#failed");
        browser.evaluate(DARK);
        Picture.write(browser.picture("#main-panel"), PICTURES.resolve("dark.png"));

        assertThat(leastContrast()).isGreaterThan(4.5);
    }

    @Test
    void inTheUsualThemeEveryStatusStandsOutFromItsGround() throws Exception {
        openBuild("#failed");

        assertThat(leastContrast()).isGreaterThan(4.5);
    }

    @Test
    void thePageOfTheJobShowsTheNightsAndTheBuildItsTotals() throws Exception {
        browser.open(jenkins.getURL() + run.getParent().getUrl());
        assertThat(texts(".dtk-history tbody tr")).hasSize(8);
        browser.open(jenkins.getURL() + run.getParent().getUrl() + "driver-toolkit/");
        assertThat(texts(".dtk-history tbody tr")).hasSize(8);
        assertThat(shown()).isEqualTo(KERNELS);
        Picture.write(browser.picture("#main-panel"), PICTURES.resolve("job.png"));

        browser.open(jenkins.getURL() + run.getUrl());
        assertThat(texts(".dtk-totals a")).anySatisfy(total -> assertThat(total).contains("there before"));
    }

    @Test
    void aRunThatGoesOnIsKeptUpToDateWithoutALoadAndSaysHowLongItMayTake() throws Exception {
        AtomicInteger done = new AtomicInteger(2);
        WorkflowRun running = new LargeRun(16, 8).now(jenkins, "running", done);
        browser.open(jenkins.getURL() + running.getUrl() + "driver-toolkit/");
        browser.evaluate("window.loadedOnce = true");
        assertThat(texts(".dtk-totals a"))
                .containsExactly("2 built", "2 building", "8 waiting", "4 skipped", "16 there before");
        assertThat(texts(".dtk-time-now"))
                .singleElement(as(STRING))
                .startsWith("16 kernels, running for 24 min")
                .contains(", about 2 h 00 min left");
        assertThat(violations()).isEmpty();
        Picture.write(browser.picture("#main-panel"), PICTURES.resolve("running.png"));

        browser.evaluate("document.querySelector('[aria-label^=\"log of\"]').focus()");
        done.set(9);
        await("Array.from(document.querySelectorAll('.dtk-totals a')).some((total) => total.textContent === '6 built')");
        assertThat(texts(".dtk-live")).contains("1 failed, 6 built, 2 building, 3 waiting, 4 skipped, 16 there before");
        assertThat(texts(".dtk-reason")).isNotEmpty();
        assertThat(browser.evaluate("document.activeElement.textContent").asText())
                .isEqualTo("log");
        assertThat(browser.evaluate("window.loadedOnce").asBoolean()).isTrue();

        SemaphoreStep.success("going/1", null);
        jenkins.waitForCompletion(running);
        await("!document.querySelector('.dtk-time-now').textContent.includes('running')");
        assertThat(texts(".dtk-totals a")).contains("5 not built");
    }

    @Test
    void aDigestIsCopiedWholeByMouseAndKeyboard() throws Exception {
        openBuild("#built");
        String first = "document.querySelector('.dtk-row:not([hidden]) .dtk-digest')";
        String pulled = browser.evaluate(first + ".title").asText();
        assertThat(pulled).matches(LargeRun.LIBRARY + "@sha256:[0-9a-f]{64}");

        browser.click(".dtk-row:not([hidden]) .dtk-digest");
        await("document.querySelector('.dtk-live').textContent === 'Copied " + pulled + "'");
        assertThat(browser.evaluate("getSelection().toString()").asText())
                .isEqualTo(pulled.substring(pulled.indexOf('@') + 1));
        browser.click(".dtk-filter input");
        browser.press("v", 86, "paste");
        assertThat(browser.evaluate("document.querySelector('.dtk-filter input').value").asText())
                .isEqualTo(pulled);

        openBuild("#built");
        browser.evaluate(first + ".focus()");
        browser.press("Enter", 13, "");
        await("document.querySelector('.dtk-live').textContent === 'Copied " + pulled + "'");
    }

    @Test
    void noPageShutsPeopleOut() throws Exception {
        openBuild("#failed");
        assertThat(violations()).isEmpty();
        browser.evaluate(DARK);
        assertThat(violations()).isEmpty();
        browser.size(390, 844);
        openBuild("#failed");
        assertThat(violations()).isEmpty();
        browser.size(1280, 800);
        browser.open(jenkins.getURL() + run.getParent().getUrl() + "driver-toolkit/#failed");
        assertThat(violations()).isEmpty();
        browser.open(jenkins.getURL() + run.getUrl());
        assertThat(violations(".dtk-summary")).isEmpty();
    }

    @Test
    void theReportOfARunWithoutJenkinsHasTheSameGrid() throws Exception {
        openBuild("");
        String grid = browser.evaluate("document.querySelector('.dtk-row .dtk-status').outerHTML").asText();
        Path page = profile.resolve("report.html");
        Files.writeString(page, new LargeRun(40, 6).report());
        browser.open(page.toUri().toString());

        assertThat(browser.evaluate("document.querySelector('.dtk-row .dtk-status').outerHTML").asText())
                .isEqualTo(grid);
        assertThat(violations("html")).isEmpty();
        assertThat(leastContrast()).isGreaterThan(4.5);
        Picture.write(browser.picture("body"), PICTURES.resolve("report.png"));
        browser.size(390, 844);
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt()).isLessThanOrEqualTo(390);
    }

    @Test
    void theBuildOfADriverSaysWhatBecameOfEachImage() throws Exception {
        WorkflowRun drivers = jenkins.buildAndAssertSuccess(Scripts.job(jenkins, "drivers", "echo 'as if'"));
        DriverNight night = DriverNight.end();
        RunRecord record = DtkBuildAction.record(drivers, "5", DriverNight.IMAGE);
        LargeRun.begin(record, 7);
        record.store(night.matrix(), night.result(), true);
        drivers.save();
        String page = jenkins.getURL() + drivers.getUrl() + "driver-toolkit/";
        browser.size(1280, 1180);
        browser.open(page);

        assertThat(texts(".dtk-row .dtk-status"))
                .contains("does not compile", "does not compile (known)", "does not fit", "no toolkit", "excluded")
                .contains("not confirmed", "built", "there before");
        assertThat(texts(".dtk-reason")).contains("acme.c:9:1: error: too few arguments", "its compiler is too old");
        assertThat(texts(".dtk-totals a"))
                .containsExactly("3 failed", "1 index failed", "1 not confirmed", "1 built", "3 skipped", "1 there before");
        assertThat(violations()).isEmpty();
        Picture.write(browser.picture("#main-panel"), PICTURES.resolve("driver.png"));

        browser.size(390, 844);
        browser.open(page + "#failed");
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(390);
        browser.evaluate("document.querySelector('.dtk-run').scrollIntoView()");
        browser.evaluate("window.scrollBy(0, -60)");
        Picture.write(browser.picture("#main-panel"), PICTURES.resolve("driver-phone.png"));

        browser.size(1280, 1180);
        browser.open(page);
        browser.evaluate(DARK);
        assertThat(leastContrast()).isGreaterThan(4.5);
        Picture.write(browser.picture("#main-panel"), PICTURES.resolve("driver-dark.png"));
    }

    /** What axe-core finds on the part of the page that is ours, a line each. */
    private static List<String> violations() throws Exception {
        return violations("#main-panel");
    }

    private static List<String> violations(String part) throws Exception {
        if (!browser.evaluate("typeof axe === 'object'").asBoolean()) {
            try (InputStream script = BrowserTest.class.getResourceAsStream("/axe.min.js")) {
                browser.evaluate(new String(script.readAllBytes(), StandardCharsets.UTF_8) + ";0");
            }
        }
        JsonNode found = browser.evaluate("axe.run(" + quoted(part) + ", { resultTypes: ['violations'] }).then((result) =>"
                + " result.violations.map((one) => one.id + ': ' + one.help + ': '"
                + " + one.nodes.slice(0, 3).map((node) => node.html).join(' ')))");
        return StreamSupport.stream(found.spliterator(), false).map(JsonNode::asText).toList();
    }

    private static void await(String condition) throws Exception {
        browser.evaluate("new Promise((resolve) => { const look = () => (" + condition
                + ") ? resolve(true) : setTimeout(look, 100); look(); })");
    }

    private static void openBuild(String fragment) throws Exception {
        browser.open(jenkins.getURL() + run.getUrl() + "driver-toolkit/" + fragment);
    }

    private static void type(String words) throws Exception {
        browser.evaluate(
                "(() => { const text = document.querySelector('.dtk-filter input[type=search]'); text.value = '" + words
                        + "'; text.dispatchEvent(new Event('input')); })()");
    }

    private static long shown() throws Exception {
        return browser.evaluate(
                        "Array.from(document.querySelectorAll('.dtk-row')).filter((row) => row.offsetParent).length")
                .asLong();
    }

    private static boolean everyRowShownHas(String status) throws Exception {
        assertThat(shown()).isBetween(1L, KERNELS - 1L);
        return browser.evaluate("Array.from(document.querySelectorAll('.dtk-row')).filter((row) => row.offsetParent)"
                        + ".every((row) => row.querySelector('[data-status=" + status + "]'))")
                .asBoolean();
    }

    private static double top(String selector) throws Exception {
        return browser.evaluate("document.querySelector('" + selector + "').getBoundingClientRect().top")
                .asDouble();
    }

    private static List<String> texts(String selector) throws Exception {
        JsonNode texts = browser.evaluate("Array.from(document.querySelectorAll(" + quoted(selector)
                + ")).map((element) => element.textContent)");
        return StreamSupport.stream(texts.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static String quoted(String text) {
        return "'" + text + "'";
    }

    /** The least contrast of a status, as WCAG 2 reckons it; 4.5 is what small letters need. */
    private static double leastContrast() throws Exception {
        return browser.evaluate(
                        """
                        (() => {
                          const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
                          const paint = (colours) => {
                            canvas.clearRect(0, 0, 1, 1);
                            colours.forEach((colour) => { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); });
                            return Array.from(canvas.getImageData(0, 0, 1, 1).data).slice(0, 3)
                              .map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
                          };
                          const light = (colours) => {
                            const [r, g, b] = paint(colours);
                            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                          };
                          const ground = getComputedStyle(document.documentElement).getPropertyValue("--background");
                          return Math.min(...Array.from(document.querySelectorAll(".dtk-status")).map((status) => {
                            const style = getComputedStyle(status);
                            const both = [light([ground, style.backgroundColor]), light([style.color])].sort((a, b) => b - a);
                            return (both[0] + 0.05) / (both[1] + 0.05);
                          }));
                        })()
                        """)
                .asDouble();
    }
}
