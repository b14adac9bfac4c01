package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.dtk.demo.CandlepinServer;
import io.jenkins.plugins.dtk.testing.Parts;
import io.jenkins.plugins.dtk.testing.SecretSearch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** The one system of a run with rhsm: 'per-run' is gone in the end, whatever becomes of the run and of its controller. */
class RunRegistrationTest {

    private static final String JOB = "the nightly (job)";

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension().withTimeout(600);

    @TempDir
    private Path folder;

    private OpenShiftSite site;
    private CandlepinServer server;
    private Path goOn;

    @BeforeEach
    void start() throws Throwable {
        Parts.need("docker-registry", "skopeo");
        site = OpenShiftSite.start(folder, "4.17.22");
        server = CandlepinServer.start(site.rhsm());
        goOn = folder.resolve("go-on");
        String body = "node {\nsh 'set +x; echo started; until [ -e \"" + goOn + "\" ]; do sleep 1; done;"
                + " echo \"the key: $RHSM_CERTIFICATE_3\"'\n" + Scripts.PUSH + "\n}";
        String script = Scripts.matrix(OpenShiftSite.LIBRARY)
                + Scripts.buildWithoutNode(OpenShiftSite.LIBRARY, body)
                        .replace("rhsmOrgId:", "rhsm: 'per-run', rhsmOrgId:")
                + "echo \"${result.built} built, ${result.failed} failed\"\n";
        controller.startJenkins();
        controller.runRemotely(
                RunRegistrationTest::startTheJob, site.setup(), server.url(), server.certificate(), script);
        assertThat(site.rhsm().registered()).singleElement().asString().matches("dtk-the-nightly-job-1-[0-9a-f]{8}");
    }

    @AfterEach
    void nothingIsLeft() throws Throwable {
        if (site != null) {
            assertThat(site.rhsm().registrations()).isEqualTo(1);
            while (!site.rhsm().registered().isEmpty()) {
                Thread.sleep(100);
            }
            if (controller.isAlive()) {
                controller.stopJenkins();
            }
            assertNoSecretIsOnDisk();
            server.close();
            site.close();
        }
    }

    /**
     * Of a key, whose lines are of equal length, one from its middle. The file in the workspace with what the script
     * itself has printed stays where a run is ended by force.
     */
    private void assertNoSecretIsOnDisk() throws Exception {
        List<String> secrets = new ArrayList<>(site.setup().cores());
        server.privateKeys().forEach(key -> secrets.add(key.lines().toList().get(5)));
        assertThat(new SecretSearch(secrets)
                        .filesWithSecrets(controller.getHome().toPath(), "jenkins-log.txt"))
                .isEmpty();
    }

    @Test
    void aKilledControllerGoesOnWithTheSameSystemAndUnregistersIt() throws Throwable {
        controller.stopJenkinsForcibly();
        assertThat(site.rhsm().registered()).hasSize(1);
        assertNoSecretIsOnDisk();
        controller.startJenkins();
        Files.createFile(goOn);

        String log = controller.runRemotely(RunRegistrationTest::logOfTheEnd, Result.SUCCESS.toString());
        assertThat(log)
                .containsOnlyOnce("dtk: registered with RHSM as dtk-the-nightly-job-1-")
                .containsOnlyOnce("dtk: unregistered dtk-the-nightly-job-1-")
                .contains("-----BEGIN PRIVATE KEY-----", "****")
                .containsOnlyOnce("2 built, 0 failed");
    }

    @Test
    void anAbortedRunUnregistersIt() throws Throwable {
        controller.runRemotely(RunRegistrationTest::abort);
        String log = controller.runRemotely(RunRegistrationTest::logOfTheEnd, Result.ABORTED.toString());
        assertThat(log).containsOnlyOnce("dtk: unregistered dtk-the-nightly-job-1-");
    }

    @Test
    void itIsUnregisteredWhereTheRunIsEndedByForce() throws Throwable {
        controller.runRemotely(RunRegistrationTest::kill);
        controller.runRemotely(RunRegistrationTest::logOfTheEnd, Result.ABORTED.toString());
        Files.createFile(goOn);
    }

    @Test
    void itIsUnregisteredWhereTheJobIsDeleted() throws Throwable {
        controller.runRemotely(RunRegistrationTest::deleteTheJob);
        Files.createFile(goOn);
    }

    private static void startTheJob(JenkinsRule jenkins, SiteSetup setup, String url, String certificate, String script)
            throws Throwable {
        setup.apply();
        DtkConfiguration.get().setRhsmUrl(url);
        DtkConfiguration.get().setTrustedCertificates(certificate);
        WorkflowRun run = Scripts.job(jenkins, JOB, script).scheduleBuild2(0).waitForStart();
        while (JenkinsRule.getLog(run).lines().filter("started"::equals).count() < 2) {
            if (!run.isLogUpdated()) {
                throw new AssertionError(JenkinsRule.getLog(run));
            }
            Thread.sleep(100);
        }
    }

    private static WorkflowRun run(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName(JOB, WorkflowJob.class).getBuildByNumber(1);
    }

    private static void abort(JenkinsRule jenkins) throws Throwable {
        run(jenkins).getExecutor().interrupt();
    }

    private static void kill(JenkinsRule jenkins) throws Throwable {
        run(jenkins).doKill();
    }

    private static void deleteTheJob(JenkinsRule jenkins) throws Throwable {
        jenkins.jenkins.getItemByFullName(JOB, WorkflowJob.class).delete();
    }

    private static String logOfTheEnd(JenkinsRule jenkins, String result) throws Throwable {
        jenkins.assertBuildStatus(Result.fromString(result), jenkins.waitForCompletion(run(jenkins)));
        return JenkinsRule.getLog(run(jenkins));
    }
}
