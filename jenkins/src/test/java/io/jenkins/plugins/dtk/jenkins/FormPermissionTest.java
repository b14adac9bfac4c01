package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Item;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.List;
import java.util.stream.StreamSupport;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Who may see what in the forms: a reader of a job, and its maintainer, who may use credentials. */
@WithJenkins
class FormPermissionTest {

    private static JenkinsRule jenkins;
    private static WorkflowJob job;

    @BeforeAll
    static void twoUsers(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SiteSetup.secrets().at("127.0.0.1:1", "http://127.0.0.1:1/graph").apply();
        job = Scripts.job(rule, "job", "echo 'any'");
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.DISCOVER)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.BUILD, Item.CONFIGURE)
                .everywhere()
                .to("maintainer")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("administrator"));
    }

    @AfterAll
    static void stop() throws Exception {
        jenkins.after();
    }

    @ParameterizedTest(name = "{0}.{1}")
    @CsvSource(
            useHeadersInDisplayName = true,
            textBlock =
                    """
            step,             field,                 kinds that fit
            DtkMatrixStep,    PullSecretId,          openshift-pull-secret rhsm-org rhsm-activation-key
            DtkMatrixStep,    RegistryCredentialsId, quay-push quay-wrong
            DtkTagExistsStep, RegistryCredentialsId, quay-push quay-wrong
            DtkBuildStep,     RegistryCredentialsId, quay-push quay-wrong
            DtkBuildStep,     RhsmOrgId,             rhsm-org rhsm-activation-key
            DtkBuildStep,     RhsmActivationKeyId,   rhsm-org rhsm-activation-key
            """)
    void aListOfCredentialsNamesThoseOfTheRightKindToWhoMayUseThem(String step, String field, String fitting)
            throws Exception {
        String parameter = Character.toLowerCase(field.charAt(0)) + field.substring(1) + "=present";

        assertThat(list("maintainer", job.getUrl(), step, field, parameter))
                .contains("", "present")
                .containsAll(List.of(fitting.split(" ")))
                .hasSize(2 + fitting.split(" ").length);
        assertThat(list("reader", job.getUrl(), step, field, parameter)).containsExactly("present");
        assertThat(list("maintainer", "", step, field, parameter))
                .as("without a job, only an administrator may list")
                .containsExactly("present");
        assertThat(list("administrator", "", step, field, parameter)).containsAll(List.of(fitting.split(" ")));
    }

    @ParameterizedTest(name = "{0}.{1} {2}")
    @CsvSource(
            useHeadersInDisplayName = true,
            textBlock =
                    """
            step,             field,                 chosen,                needed
            DtkMatrixStep,    PullSecretId,          quay-push,             secret file or secret text
            DtkMatrixStep,    RegistryCredentialsId, rhsm-org,              user name with password
            DtkTagExistsStep, RegistryCredentialsId, nowhere,               user name with password
            DtkBuildStep,     RhsmOrgId,             openshift-pull-secret, secret text
            DtkBuildStep,     RhsmCertificateId,     quay-push,             secret file or secret text
            DtkMatrixStep,    PullSecretId,          openshift-pull-secret,
            DtkBuildStep,     RegistryCredentialsId, quay-push,
            """)
    void aFieldSaysWhatKindOfCredentialIsNeededToWhoMayUseThem(
            String step, String field, String chosen, String needed) throws Exception {
        String said = checked("maintainer", step, field, chosen);

        assertThat(said)
                .contains(
                        needed == null
                                ? ""
                                : "no credential of the kind " + needed + " with the ID '" + chosen + "' is found here");
        assertThat(said.isEmpty()).isEqualTo(needed == null);
        assertThat(checked("reader", step, field, chosen)).isEmpty();
    }

    private static String checked(String user, String step, String field, String value) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            URL address = new URL(jenkins.getURL() + job.getUrl() + "descriptorByName/"
                    + FormPermissionTest.class.getPackageName() + "." + step + "/check" + field + "?value=" + value);
            WebRequest request = client.login(user).addCrumb(new WebRequest(address, HttpMethod.POST));
            HtmlPage page = client.getPage(request);
            return page.asNormalizedText().strip();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "DtkBuildStep/checkPullSecretId",
        "DtkBuildStep/fillRegistryCredentialsIdItems",
        "DtkBuildStep/fillRhsmOrgIdItems",
        "DtkMatrixStep/fillPullSecretIdItems",
        "DtkMatrixStep/checkReleases",
        "DtkBuildStep/checkMatrix",
        "DtkTagExistsStep/checkTag",
        "DtkConfiguration/checkGraphUrl",
        "DtkConfiguration/checkCacheFolder"
    })
    void noActionOfAFormTakesAGet(String action) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            Page answer = client.login("administrator")
                    .goTo(
                            job.getUrl() + "descriptorByName/" + getClass().getPackageName() + "." + action
                                    + "?value=x",
                            null);

            assertThat(answer.getWebResponse().getStatusCode())
                    .isIn(HttpURLConnection.HTTP_BAD_METHOD, HttpURLConnection.HTTP_NOT_FOUND);
        }
    }

    @Test
    void onlyAnAdministratorSeesTheGlobalConfigurationAndWhereTheCacheIs() throws Exception {
        assertThat(status("reader", "manage/configure")).isEqualTo(HttpURLConnection.HTTP_FORBIDDEN);
        assertThat(status("maintainer", "manage/configure")).isEqualTo(HttpURLConnection.HTTP_FORBIDDEN);
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            // Under Advanced, which is closed at first.
            assertThat(client.login("administrator")
                            .goTo("manage/configure")
                            .getWebResponse()
                            .getContentAsString())
                    .contains("caches/driver-toolkit: nothing is cached yet");
        }
    }

    @Test
    void whoMayNotReadAJobSeesNoPageOfItsLibrary() throws Exception {
        String page = new LargeRun(3, 1).in(jenkins, "private").getUrl() + "driver-toolkit/";

        assertThat(status("reader", page)).isEqualTo(HttpURLConnection.HTTP_OK);
        assertThat(status("stranger", page)).isIn(HttpURLConnection.HTTP_FORBIDDEN, HttpURLConnection.HTTP_NOT_FOUND);
        assertThat(status("stranger", page + "api/json"))
                .isIn(HttpURLConnection.HTTP_FORBIDDEN, HttpURLConnection.HTTP_NOT_FOUND);
    }

    private static int status(String user, String page) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            return client.login(user).goTo(page, null).getWebResponse().getStatusCode();
        }
    }

    private static List<String> list(String user, String job, String step, String field, String parameter)
            throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            URL address = new URL(jenkins.getURL() + job + "descriptorByName/io.jenkins.plugins.dtk.jenkins." + step
                    + "/fill" + field + "Items?" + parameter);
            WebRequest request = client.login(user).addCrumb(new WebRequest(address, HttpMethod.POST));
            String json = client.getPage(request).getWebResponse().getContentAsString();
            return StreamSupport.stream(
                            new ObjectMapper().readTree(json).get("values").spliterator(), false)
                    .map(value -> value.get("value").asText())
                    .toList();
        }
    }
}
