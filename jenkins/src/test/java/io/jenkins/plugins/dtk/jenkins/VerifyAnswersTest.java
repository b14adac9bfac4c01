package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What dtkVerify finds in a real Jenkins, and what that makes of a build. */
class VerifyAnswersTest extends SiteTest {

    private static final String VERIFY = "dtkVerify(releases: '4.12-4.14', pullSecretId: 'openshift-pull-secret'";


    VerifyAnswersTest() {
        super("4.12.26", "4.14.7");
    }

    @Test
    void aReleaseThatShippedTheWrongImageFailsTheBuild() throws Exception {
        WorkflowRun run = run(VERIFY + ")");

        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains(
                "ERROR: dtkVerify: 2 of 4 comparisons found an image for another kernel, or none; the first: release"
                        + " 4.12.26 (x86_64), rhel-8, kernel 4.18.0-372.64.1.el8_6",
                run);
        jenkins.assertLogNotContains("\tat ", run);
    }

    @Test
    void orMakesItUnstableAtTheStepAndReturnsWhatThePipelineCanWalk() throws Exception {
        WorkflowRun run = run(
                "def audit = " + VERIFY
                        + ", onMismatch: 'unstable')\nfor (f in audit.findings) { echo \"${f.release} ${f.arch} ${f.payload.answer}\" }");

        jenkins.assertBuildStatus(Result.UNSTABLE, run);
        assertThat(JenkinsRule.getLog(run))
                .contains("4.12.26 x86_64 differs", "4.12.26 aarch64 differs", "4.14.7 x86_64 matches");
        assertThat(new DepthFirstScanner()
                        .filteredNodes(run.getExecution(), node -> node.getAction(WarningAction.class) != null))
                .singleElement()
                .satisfies(
                        node -> assertThat(node.getAction(WarningAction.class).getMessage())
                                .startsWith("dtkVerify: 2 of 4 comparisons"));
    }

    @Test
    void aLibraryWithoutImagesIsAMismatchAndOneThatRefusesIsNot() throws Exception {
        WorkflowRun lacking = run("dtkVerify(releases: '4.14', pullSecretId: 'openshift-pull-secret',"
                + " image: 'quay.io/acme/none', onUnknown: 'report')");
        WorkflowRun refused = run("def audit = dtkVerify(releases: '4.14', pullSecretId: 'openshift-pull-secret',"
                + " image: '" + site.setup().registry() + "/acme/none', onUnknown: 'report')\n"
                + "echo \"${audit.mismatches} and ${audit.unknown}\"");

        jenkins.assertBuildStatus(Result.FAILURE, lacking);
        jenkins.assertLogContains("ERROR: dtkVerify: 2 of 2 comparisons found", lacking);
        jenkins.assertBuildStatusSuccess(refused);
        jenkins.assertLogContains("0 and 2", refused);
    }
}
