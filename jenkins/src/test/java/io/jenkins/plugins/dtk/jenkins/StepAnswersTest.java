package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider.FolderCredentialsProperty;
import com.cloudbees.plugins.credentials.domains.DomainCredentials;
import hudson.model.Result;
import io.jenkins.plugins.dtk.testing.AnswerScenarios;
import io.jenkins.plugins.dtk.testing.StepMistakes;
import java.util.List;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** What steps answer in a real Jenkins, and what they say of mistakes. */
class StepAnswersTest extends SiteTest implements AnswerScenarios, StepMistakes {

    private static final String ADD = "; add one of the kind secret text, or correct the ID";

    StepAnswersTest() {
        super(THREE_RELEASES);
    }

    @Override
    public String registry() {
        return site.setup().registry();
    }

    @Override
    public String login() {
        return SiteSetup.USER + ":" + site.setup().password();
    }

    @Test
    void whatMakesABuildUnstableStandsAtTheStep() throws Exception {
        WorkflowRun run = run("dtkVerify(releases: '4.12-4.14', pullSecretId: 'openshift-pull-secret',"
                + " onMismatch: 'unstable')");

        assertThat(new DepthFirstScanner()
                        .filteredNodes(run.getExecution(), node -> node.getAction(WarningAction.class) != null))
                .singleElement()
                .satisfies(
                        node -> assertThat(node.getAction(WarningAction.class).getMessage())
                                .startsWith("dtkVerify: 2 of 4 comparisons"));
    }

    @Test
    void aLoginIsNoPullSecret() throws Exception {
        assertFails(
                run("dtkMatrix(pullSecretId: 'quay-push')"),
                "pullSecretId: credential 'quay-push' is of the wrong kind (user name with password);"
                        + " a secret file or secret text is needed");
    }

    @Test
    void aDeclarativePipelineTakesACommaListToo() throws Exception {
        assertFails(
                run("pipeline { agent none; stages { stage('x') { steps {"
                        + " dtkMatrix(releases: '4.x', architectures: 'x86_64,arm64') } } } }"),
                "dtkMatrix: not a range of releases: '4.x'");
    }

    @Test
    void aCredentialOfAnotherFolderIsToldAsOneThatIsNotThere() throws Exception {
        Folder other = jenkins.createProject(Folder.class, "other");
        other.addProperty(new FolderCredentialsProperty(new DomainCredentials[] {
            new DomainCredentials(
                    com.cloudbees.plugins.credentials.domains.Domain.global(),
                    List.of(SiteSetup.text("in-the-other-folder", "x")))
        }));
        Folder own = jenkins.createProject(Folder.class, "own");

        assertFails(
                run(own.createProject(WorkflowJob.class, "job"), build("in-the-other-folder")),
                "rhsmOrgId: there is no credential with the ID 'in-the-other-folder' that this build may use" + ADD);
        assertFails(
                run(own.createProject(WorkflowJob.class, "job2"), build("nowhere")),
                "rhsmOrgId: there is no credential with the ID 'nowhere' that this build may use" + ADD);
        jenkins.assertBuildStatusSuccess(
                run(other.createProject(WorkflowJob.class, "job"), build("in-the-other-folder")));
    }

    private static String build(String orgId) {
        return "dtkBuild(matrix: [versions: []], image: 'quay.io/acme/dtk', rhsmOrgId: '" + orgId
                + "', rhsmActivationKeyId: 'rhsm-activation-key') { }";
    }

    private void assertFails(WorkflowRun run, String said) throws Exception {
        jenkins.assertBuildStatus(Result.FAILURE, run);
        assertThat(outcome(run).error()).startsWith("ERROR: " + said);
    }
}
