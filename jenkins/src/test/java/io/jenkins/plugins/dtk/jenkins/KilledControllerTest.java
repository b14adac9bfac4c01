package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.dtk.testing.Parts;
import io.jenkins.plugins.dtk.testing.SecretSearch;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller that is killed while indexes are being published publishes them when it is back, once. */
class KilledControllerTest {

    private static final String KERNEL = "5.14.0-427.61.1.el9_4";
    private static final String JOB = "nightly";

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension().withTimeout(600);

    @TempDir
    private Path folder;

    private OpenShiftSite site;
    private Gate gate;

    @BeforeEach
    void openShift() throws Exception {
        Parts.need("docker-registry", "skopeo");
        site = OpenShiftSite.start(folder, "4.17.22");
        gate = new Gate(site.registry().address());
    }

    @AfterEach
    void stop() throws Exception {
        if (site != null) {
            gate.close();
            site.close();
        }
    }

    @Test
    void whileAnIndexIsBeingPublished() throws Throwable {
        Path goOn = folder.resolve("go-on");
        controller.startJenkins();
        controller.runRemotely(
                KilledControllerTest::startWithPushedImages, site.setup().behind(gate.place()), goOn.toString());
        gate.shut();
        Files.createFile(goOn);
        gate.awaitSomebody();
        controller.stopJenkinsForcibly();
        assertThat(index()).doesNotExist();

        gate.open();
        controller.startJenkins();
        String log = controller.runRemotely(KilledControllerTest::logOfTheEnd);

        assertThat(log).containsOnlyOnce(KERNEL + " now has [x86_64, aarch64]").containsOnlyOnce("2 built, 0 failed");
        assertThat(index()).exists();
        controller.stopJenkins();
        assertThat(new SecretSearch(site.setup().cores())
                        .filesWithSecrets(controller.getHome().toPath()))
                .isEmpty();
    }

    private Path index() {
        return site.registry()
                .home()
                .resolve("storage/docker/registry/v2/repositories/acme/driver-toolkit/_manifests/tags/" + KERNEL);
    }

    private static void startWithPushedImages(JenkinsRule jenkins, SiteSetup setup, String goOn) throws Throwable {
        setup.tell();
        String body = Scripts.PUSH + "sh 'set +x; echo pushed; until [ -e \"" + goOn + "\" ]; do sleep 1; done'\n";
        WorkflowRun run = Scripts.job(
                        jenkins,
                        JOB,
                        Scripts.build(OpenShiftSite.LIBRARY, body)
                                + "echo \"${result.built} built, ${result.failed} failed\"")
                .scheduleBuild2(0)
                .waitForStart();
        while (JenkinsRule.getLog(run).lines().filter("pushed"::equals).count() < 2) {
            Thread.sleep(100);
        }
    }

    private static String logOfTheEnd(JenkinsRule jenkins) throws Throwable {
        WorkflowRun run =
                jenkins.jenkins.getItemByFullName(JOB, WorkflowJob.class).getBuildByNumber(1);
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
        return JenkinsRule.getLog(run);
    }
}
