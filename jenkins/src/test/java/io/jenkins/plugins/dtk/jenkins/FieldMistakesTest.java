package io.jenkins.plugins.dtk.jenkins;

import io.jenkins.plugins.dtk.testing.FieldMistakes;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeAll;
import org.jvnet.hudson.test.JenkinsRule;

/** What the forms of a real Jenkins say under a field. */
class FieldMistakesTest extends JenkinsTest implements FieldMistakes {

    private WorkflowJob job;

    @BeforeAll
    void createJob() throws Exception {
        job = jenkins.createProject(WorkflowJob.class);
    }

    @Override
    public String underTheField(String form, String field, Map<String, String> typed) throws Exception {
        String query = typed.entrySet().stream()
                .map(value -> value.getKey() + "=" + URLEncoder.encode(value.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            URL address = new URL(jenkins.getURL() + job.getUrl() + "descriptorByName/io.jenkins.plugins.dtk.jenkins."
                    + form + "/check" + Character.toUpperCase(field.charAt(0)) + field.substring(1) + "?" + query);
            HtmlPage page = client.getPage(client.addCrumb(new WebRequest(address, HttpMethod.POST)));
            return page.asNormalizedText().strip();
        }
    }
}
