package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Label;
import io.jenkins.plugins.dtk.testing.Parts;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A run goes on where it stood when Jenkins was restarted, ends well, and does nothing twice. */
class RestartTest {

    private static final String KERNEL = "5.14.0-427.61.1.el9_4";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path folder;

    @AutoClose
    private OpenShiftSite site;

    @BeforeEach
    void openShift() throws Exception {
        Parts.need("docker-registry", "skopeo");
        site = OpenShiftSite.start(folder, "4.17.22");
    }

    @Test
    void whileTheBranchesWaitForAnAgent() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = start(jenkins, "node('podman') {\n" + Scripts.PUSH + "}");
            jenkins.waitForMessage("Still waiting to schedule task", run);
        });
        sessions.then(jenkins -> {
            jenkins.createOnlineSlave(Label.get("podman"));
            assertEndsWell(jenkins);
        });
    }

    @Test
    void insideTheBodyOfABranch() throws Throwable {
        Path goOn = folder.resolve("go-on");
        sessions.then(jenkins -> {
            WorkflowRun run = start(
                    jenkins,
                    "node {\nsh 'set +x; echo waiting; until [ -e " + goOn + " ]; do sleep 1; done'\n" + Scripts.PUSH
                            + "}");
            jenkins.waitForMessage("waiting", run);
        });
        Files.createFile(goOn);
        sessions.then(RestartTest::assertEndsWell);
    }

    @Test
    void afterOneBranchHasEndedAndBeforeTheOtherOnes() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = start(
                    jenkins,
                    "node {\n" + Scripts.PUSH
                            + "}\nif (env.DTK_ARCH == 'aarch64') { semaphore 'second' } else { semaphore 'first' }");
            SemaphoreStep.waitForStart("second/1", run);
            SemaphoreStep.waitForStart("first/1", run);
            SemaphoreStep.success("first/1", null);
            Scripts.awaitTheEndOfABranch(run);
        });
        sessions.then(jenkins -> {
            SemaphoreStep.success("second/1", null);
            assertEndsWell(jenkins);
        });
    }

    private WorkflowRun start(JenkinsRule jenkins, String body) throws Exception {
        site.setup().apply();
        return Scripts.job(
                        jenkins,
                        "nightly",
                        Scripts.matrix(OpenShiftSite.LIBRARY)
                                + Scripts.buildWithoutNode(OpenShiftSite.LIBRARY, body)
                                + "echo \"${result.built} built, ${result.failed} failed\"")
                .scheduleBuild2(0)
                .waitForStart();
    }

    private static void assertEndsWell(JenkinsRule jenkins) throws Exception {
        WorkflowRun run =
                jenkins.jenkins.getItemByFullName("nightly", WorkflowJob.class).getBuildByNumber(1);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        String log = JenkinsRule.getLog(run);
        assertThat(log).containsOnlyOnce(KERNEL + " now has [x86_64, aarch64]").containsOnlyOnce("2 built, 0 failed");
    }
}
