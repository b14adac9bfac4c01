package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.dtk.testing.Parts;
import io.jenkins.plugins.dtk.testing.SecretSearch;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * A controller that is killed goes on with its run when it is back, wherever that stood, and does nothing twice. With
 * {@code -Ddtk.earlier=FILE}, the plugin that starts the run is this .hpi, such as that of the last release, and the
 * present one goes on with it.
 */
class KilledControllerTest {

    private static final String KERNEL = "5.14.0-427.61.1.el9_4";
    private static final String JOB = "nightly";
    private static final String TOTALS = "echo \"${result.built} built, ${result.failed} failed\"\n";

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension().withTimeout(600);

    @TempDir
    private Path folder;

    @AutoClose
    private OpenShiftSite site;

    @AutoClose
    private Gate gate;

    @BeforeEach
    void earlierPlugin() throws Exception {
        String earlier = System.getProperty("dtk.earlier");
        if (earlier != null) {
            Files.move(plugin("jpl"), plugin("later"));
            Files.copy(Path.of(earlier), plugin("jpi"));
        }
    }

    private void presentPlugin() throws Exception {
        if (Files.deleteIfExists(plugin("jpi"))) {
            Files.move(plugin("later"), plugin("jpl"));
        }
    }

    private Path plugin(String extension) {
        return controller.getHome().toPath().resolve("plugins/driver-toolkit." + extension);
    }

    @BeforeEach
    void openShift() throws Exception {
        Parts.need("docker-registry", "skopeo");
        site = OpenShiftSite.start(folder, "4.17.22");
        gate = new Gate(site.registry().address());
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
        assertGoesOn(gate::open);
    }

    @Test
    void whileItReads() throws Throwable {
        gate.shut();
        controller.startJenkins();
        controller.runRemotely(
                KilledControllerTest::startTheJob,
                site.setup().behind(gate.place()),
                "echo 'reading'\n" + Scripts.matrix(OpenShiftSite.LIBRARY) + build(Scripts.PUSH),
                "reading");
        gate.awaitSomebody();
        assertGoesOn(gate::open);
    }

    @Test
    void beforeTheFirstBranch() throws Throwable {
        Path goOn = folder.resolve("go-on");
        controller.startJenkins();
        controller.runRemotely(
                KilledControllerTest::startTheJob,
                site.setup(),
                Scripts.matrix(OpenShiftSite.LIBRARY) + "node { " + await("computed", goOn) + " }\n"
                        + build(Scripts.PUSH),
                "computed");
        assertGoesOn(() -> Files.createFile(goOn));
    }

    @Test
    void whileItsBranchesWaitForAnAgent() throws Throwable {
        controller.startJenkins();
        String body = "node('late') {\n" + Scripts.PUSH + "}";
        controller.runRemotely(
                KilledControllerTest::startTheJob,
                site.setup(),
                Scripts.matrix(OpenShiftSite.LIBRARY) + Scripts.buildWithoutNode(OpenShiftSite.LIBRARY, body) + TOTALS,
                "Still waiting to schedule task");
        assertGoesOn(() -> controller.runRemotely(KilledControllerTest::labelTheController));
    }

    @Test
    void betweenTheEndsOfTwoBranches() throws Throwable {
        Path goOn = folder.resolve("go-on");
        controller.startJenkins();
        controller.runRemotely(
                KilledControllerTest::startTheJob,
                site.setup(),
                Scripts.matrix(OpenShiftSite.LIBRARY)
                        + build(Scripts.PUSH + "if (env.DTK_ARCH == 'aarch64') { " + await("second", goOn) + " }"),
                "second");
        controller.runRemotely(KilledControllerTest::awaitTheEndOfABranch);
        assertGoesOn(() -> Files.createFile(goOn));
    }

    private interface Action {
        void run() throws Throwable;
    }

    /** Kills the controller, starts it again, and lets the run go on. */
    private void assertGoesOn(Action goOn) throws Throwable {
        controller.stopJenkinsForcibly();
        assertThat(index()).doesNotExist();
        presentPlugin();
        controller.startJenkins();
        goOn.run();
        String log = controller.runRemotely(KilledControllerTest::logOfTheEnd);

        assertThat(log).containsOnlyOnce(KERNEL + " now has [x86_64, aarch64]").containsOnlyOnce("2 built, 0 failed");
        assertThat(index()).exists();
        controller.stopJenkins();
        assertThat(new SecretSearch(site.setup().cores())
                        .filesWithSecrets(controller.getHome().toPath()))
                .isEmpty();
    }

    private static String await(String word, Path file) {
        return "sh 'set +x; echo %s; until [ -e \"%s\" ]; do sleep 1; done'".formatted(word, file);
    }

    private static String build(String body) {
        return Scripts.buildWithoutNode(OpenShiftSite.LIBRARY, "node {\n" + body + "\n}") + TOTALS;
    }

    private static void startTheJob(JenkinsRule jenkins, SiteSetup setup, String script, String word) throws Throwable {
        setup.apply();
        jenkins.waitForMessage(
                word, Scripts.job(jenkins, JOB, script).scheduleBuild2(0).waitForStart());
    }

    private static void labelTheController(JenkinsRule jenkins) throws Throwable {
        jenkins.jenkins.setLabelString("late");
        jenkins.jenkins.save();
    }

    private static void awaitTheEndOfABranch(JenkinsRule jenkins) throws Throwable {
        Scripts.awaitTheEndOfABranch(
                jenkins.jenkins.getItemByFullName(JOB, WorkflowJob.class).getBuildByNumber(1));
    }

    private Path index() {
        return site.registry()
                .home()
                .resolve("storage/docker/registry/v2/repositories/acme/driver-toolkit/_manifests/tags/" + KERNEL);
    }

    private static void startWithPushedImages(JenkinsRule jenkins, SiteSetup setup, String goOn) throws Throwable {
        setup.apply();
        String body = Scripts.PUSH + await("pushed", Path.of(goOn));
        WorkflowRun run = Scripts.job(jenkins, JOB, Scripts.matrix(OpenShiftSite.LIBRARY) + build(body))
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
