package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A build that runs as a user can use what that user may use. */
@WithJenkins
class CredentialsPermissionTest {

    private static final String EMPTY_RUN =
            "dtkBuild(matrix: [versions: []], image: 'quay.io/acme/dtk', registryCredentialsId: 'quay-push') { }";

    private JenkinsRule jenkins;

    @BeforeEach
    void twoUsers(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SiteSetup.secrets().at("127.0.0.1:1", "http://127.0.0.1:1/graph").apply();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .to("builder")
                .grant(Jenkins.READ, Item.READ, Item.BUILD, Item.CONFIGURE)
                .everywhere()
                .to("maintainer"));
    }

    @Test
    void whoMayConfigureTheJobMayUseItsCredentials() throws Exception {
        WorkflowRun run = runAs("maintainer");

        jenkins.assertBuildStatusSuccess(run);
        jenkins.assertLogContains("dtk: quay.io/acme/dtk lacks nothing", run);
    }

    @Test
    void theUseOfACredentialIsTracked() throws Exception {
        WorkflowRun run = runAs("maintainer");

        Credentials login = SystemCredentialsProvider.getInstance().getCredentials().stream()
                .filter(StandardUsernamePasswordCredentials.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(CredentialsProvider.getFingerprintOf(login).getJobs())
                .containsExactly(run.getParent().getFullName());
    }

    @Test
    void whoMayOnlyBuildItGetsTheAnswerOfACredentialThatIsNotThere() throws Exception {
        WorkflowRun run = runAs("builder");

        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains(
                "ERROR: registryCredentialsId: there is no credential with the ID 'quay-push' that this build may use;"
                        + " add one of the kind user name with password, or correct the ID",
                run);
        assertThat(JenkinsRule.getLog(run)).doesNotContain("\tat ");
    }

    private WorkflowRun runAs(String user) throws Exception {
        WorkflowJob job = Scripts.job(jenkins, "job", EMPTY_RUN);
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .replace(new MockQueueItemAuthenticator()
                        .authenticate(
                                job.getFullName(),
                                User.getOrCreateByIdOrFullName(user).impersonate2()));
        return jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart());
    }
}
