package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider.FolderCredentialsProperty;
import com.cloudbees.plugins.credentials.domains.DomainCredentials;
import hudson.model.Result;
import io.jenkins.plugins.dtk.demo.Truth;
import io.jenkins.plugins.dtk.kernel.Architecture;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;

/** What dtkMatrix and dtkTagExists answer in a real Jenkins, and how mistakes are reported. */
class StepAnswersTest extends SiteTest {

    private static final String ADD = "; add one of the kind secret text, or correct the ID";


    StepAnswersTest() {
        super("4.12.26", "4.14.7", "4.22.11");
    }

    @Test
    void theMatrixIsPlainMapsAndListsThatThePipelineCanWalk() throws Exception {
        WorkflowRun run = run(
                """
                def matrix = dtkMatrix(releases: '4.12+', pullSecretId: 'openshift-pull-secret')
                for (version in matrix.versions) {
                    echo "${version.kernel} ${version.rhel} ${version.archs} ${version.releases}"
                }
                """);

        jenkins.assertBuildStatusSuccess(run);
        List<Truth.Row> rows = site.world()
                .truth(release -> true, List.of(Architecture.X86_64, Architecture.AARCH64))
                .rows();
        assertThat(rows).hasSize(4);
        for (Truth.Row row : rows) {
            jenkins.assertLogContains(
                    row.kernel() + " " + row.rhel() + " linux/amd64,linux/arm64 " + row.releases(), run);
        }
    }

    @Test
    void aTagIsThereOrNotForThesePlatforms() throws Exception {
        String image = "image: 'quay.io/openshift-release-dev/ocp-release', registryCredentialsId: 'quay-push'";
        WorkflowRun run = run(
                """
                echo "of one: ${dtkTagExists(%1$s, tag: '4.22.11-x86_64')}"
                echo "of both: ${dtkTagExists(%1$s, tag: '4.22.11-multi', platforms: ['linux/amd64', 'linux/arm64'])}"
                echo "of another: ${dtkTagExists(%1$s, tag: '4.22.11-multi', platforms: ['linux/s390x'])}"
                echo "of none: ${dtkTagExists(%1$s, tag: '4.22.12-multi')}"
                """
                        .formatted(image));

        assertThat(JenkinsRule.getLog(run))
                .contains("of one: true", "of both: true", "of another: false", "of none: false");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            useHeadersInDisplayName = true,
            textBlock =
                    """
            mistake                 | step                                                                   | said
            an ID that is not there | dtkMatrix(pullSecretId: 'pull')                                        | pullSecretId: there is no credential with the ID 'pull' that this build may use; add one of the kind secret file or secret text, or correct the ID
            an ID of a login        | dtkMatrix(pullSecretId: 'quay-push')                                   | pullSecretId: credential 'quay-push' is of the wrong kind (user name with password); a secret file or secret text is needed
            an ID of a secret text  | dtkTagExists(image: 'quay.io/a/b', tag: '1', registryCredentialsId: 'rhsm-org') | registryCredentialsId: credential 'rhsm-org' is of the wrong kind (secret text); a user name with password is needed
            a text that is no JSON  | dtkMatrix(pullSecretId: 'rhsm-org')                                    | pullSecretId: credential 'rhsm-org' is not usable JSON
            no releases             | dtkMatrix(releases: 'newest', pullSecretId: 'openshift-pull-secret')   | dtkMatrix: not a range of releases: 'newest' ('newest' is no release line; write 4.12+, 4.12-4.16, 4.14, 4.14.3 or a comma list of these)
            no such release         | dtkMatrix(releases: '4.12.99', pullSecretId: 'openshift-pull-secret')  | dtkMatrix: release 4.12.99 does not exist for [x86_64, aarch64]: it is in no channel of the update graph, and quay.io/openshift-release-dev/ocp-release has no tag of it
            a tag where none may be | dtkMatrix(image: 'quay.io/acme/dtk:1')                                 | dtkMatrix: 'image' is 'quay.io/acme/dtk:1', with a tag or digest; name the repository alone, HOST/REPO
            no login                | dtkTagExists(image: 'quay.io/acme/dtk', tag: '1')                      | dtkTagExists: Tried to look up quay.io/acme/dtk:1 but failed because:
            no one listens          | dtkTagExists(image: '127.0.0.1:1/acme/dtk', tag: '1')                  | dtkTagExists: Tried to look up 127.0.0.1:1/acme/dtk:1 but failed because: cannot connect to 127.0.0.1:1
            no matrix               | dtkBuild(matrix: 'none', image: 'quay.io/acme/dtk') { }                | dtkBuild: 'matrix' is the text 'none'; for the variable of this name, leave out the quotes in the script: matrix: none
            half a subscription     | dtkBuild(matrix: '{}', image: 'quay.io/acme/dtk', rhsmOrgId: 'x') { }  | dtkBuild: rhsmOrgId and rhsmActivationKeyId go together; rhsmActivationKeyId is missing
            not in a branch         | node { dtkImage() }                                                    | dtkImage builds the image of a branch of dtkBuild: put it into its block
            """)
    void aMistakeIsToldInOneLine(String mistake, String step, String said) throws Exception {
        assertFails(run(step), said);
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
        String log = JenkinsRule.getLog(run);
        assertThat(log.lines().filter(line -> line.startsWith("ERROR: ")))
                .as(log)
                .singleElement()
                .asString()
                .startsWith("ERROR: " + said);
        assertThat(log).doesNotContain("\tat ");
    }
}
