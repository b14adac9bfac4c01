package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;

/** A mistake is reported under its field in the words of the log. */
class ValidationTest extends JenkinsTest {

    private WorkflowJob job;

    @BeforeAll
    void createJob() throws Exception {
        job = jenkins.createProject(WorkflowJob.class);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            useHeadersInDisplayName = true,
            textBlock =
                    """
            step         | field               | typed         | pipeline
            dtkMatrix    | releases            | newest        | dtkMatrix(releases: 'newest')
            dtkMatrix    | image               | quay.io/a/b:1 | dtkMatrix(image: 'quay.io/a/b:1')
            dtkMatrix    | baseImage           | ubi:{minor}   | dtkMatrix(baseImage: 'ubi:{minor}')
            dtkVerify    | releases            | newest        | dtkVerify(releases: 'newest')
            dtkVerify    | image               | quay.io/a/b:1 | dtkVerify(image: 'quay.io/a/b:1')
            dtkTagExists | image               | Quay.io/A     | dtkTagExists(image: 'Quay.io/A', tag: '1')
            dtkTagExists | tag                 | a b           | dtkTagExists(image: 'quay.io/a/b', tag: 'a b')
            dtkTagExists | platforms           | linux         | dtkTagExists(image: 'quay.io/a/b', tag: '1', platforms: ['linux'])
            dtkTagExists | baseDigest          | sha256:1      | dtkTagExists(image: 'quay.io/a/b', tag: '1', baseDigest: 'sha256:1')
            dtkBuild     | matrix              | none          | dtkBuild(matrix: 'none', image: 'quay.io/a/b') { }
            dtkBuild     | image               | quay.io/a/b:1 | dtkBuild(matrix: '{"versions":[]}', image: 'quay.io/a/b:1') { }
            dtkBuild     | limit               | -3            | dtkBuild(matrix: '{"versions":[]}', image: 'quay.io/a/b', limit: -3) { }
            dtkBuild     | rhsmActivationKeyId | key           | dtkBuild(matrix: '{"versions":[]}', image: 'quay.io/a/b', rhsmActivationKeyId: 'key') { }
            """)
    void theFieldSaysWhatTheLogSays(String step, String field, String typed, String pipeline) throws Exception {
        String underTheField = check(Character.toUpperCase(step.charAt(0)) + step.substring(1) + "Step", field, typed);
        WorkflowRun run = run(job, pipeline);

        jenkins.assertBuildStatus(Result.FAILURE, run);
        assertThat(underTheField).isNotEmpty();
        assertThat(JenkinsRule.getLog(run).lines()).contains("ERROR: " + step + ": " + underTheField);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "graphUrl, graph.example.com",
        "releaseRepository, quay.io/a/b:1",
        "baseImage, ubi:{minor}",
        "requestsPerSecond, many",
        "plainHttpRegistries, https://a.lan",
        "unverifiedTlsRegistries, a.lan/b",
        "registryLocations, quay.io",
        "registryMirrors, quay.io",
        "trustedCertificates, none",
        "cacheFolder, var/cache"
    })
    void aMistakeInTheGlobalConfigurationIsToldUnderItsField(String field, String typed) throws Exception {
        assertThat(check("DtkConfiguration", field, typed)).isNotEmpty().doesNotContain("\n");
        assertThat(check("DtkConfiguration", field, "")).isEmpty();
    }

    private String check(String type, String field, String value) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            URL address = new URL(jenkins.getURL() + job.getUrl() + "descriptorByName/io.jenkins.plugins.dtk.jenkins."
                    + type + "/check" + Character.toUpperCase(field.charAt(0)) + field.substring(1)
                    + "?rhsmOrgId=&value="
                    + URLEncoder.encode(value, StandardCharsets.UTF_8));
            HtmlPage page = client.getPage(client.addCrumb(new WebRequest(address, HttpMethod.POST)));
            return page.asNormalizedText().strip();
        }
    }
}
