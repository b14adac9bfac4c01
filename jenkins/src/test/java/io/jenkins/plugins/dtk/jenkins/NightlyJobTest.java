package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.testing.Commands;
import io.jenkins.plugins.dtk.testing.Parts;
import io.jenkins.plugins.dtk.testing.SecretSearch;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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

/** Jenkinsfile.example as it stands, in a controller of its own process, with podman on the built-in node. */
class NightlyJobTest {

    private static final String KERNEL = "5.14.0-427.61.1.el9_4";
    private static final String JOB = "nightly";

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension().withTimeout(1200);

    @TempDir
    private Path folder;

    private OpenShiftSite site;

    @BeforeEach
    void start() throws Throwable {
        Parts.need("podman", "docker-registry");
        Parts.needArm64();
        site = OpenShiftSite.withShell(folder, "4.17.22");
        Path storage = Storage.in(folder);
        controller.extraEnv("CONTAINERS_STORAGE_CONF", storage.toString()).extraEnv("BUILDAH_ISOLATION", "chroot");
        controller.startJenkins();
        controller.runRemotely(NightlyJobTest::startTheFirstRun, site.setup());
    }

    @AfterEach
    void stop() throws Exception {
        if (site != null) {
            site.close();
            if (!"root".equals(System.getProperty("user.name"))) {
                // Without root, some of podman's files belong to other user ids.
                Commands.run(
                        "podman",
                        "unshare",
                        "rm",
                        "-rf",
                        folder.resolve("podman").toString());
            }
        }
    }

    @Test
    void aFreshJobEndsGreenAndTheNextRunHasNothingToBuild() throws Throwable {
        assertLibraryIsComplete(controller.runRemotely(NightlyJobTest::endOfTheFirstRun));
        assertThat(controller.runRemotely(NightlyJobTest::secondRun))
                .contains("dtk: quay.io/acme/driver-toolkit lacks nothing")
                .doesNotContain("Running on");
        assertThat(site.rhsm().registrations()).isEqualTo(2);
    }

    @Test
    void aControllerThatIsKilledWhileImagesAreBuiltGoesOnWhenItIsBack() throws Throwable {
        controller.runRemotely(NightlyJobTest::awaitAnImageInTheMaking);
        controller.stopJenkinsForcibly();
        controller.startJenkins();

        assertLibraryIsComplete(controller.runRemotely(NightlyJobTest::endOfTheFirstRun));
    }

    private void assertLibraryIsComplete(String log) throws Exception {
        assertThat(log)
                .containsOnlyOnce("dtk: quay.io/acme/driver-toolkit:" + KERNEL + " now has [x86_64, aarch64]")
                .doesNotContain(site.setup().all());
        Path tags = site.registry()
                .home()
                .resolve("storage/docker/registry/v2/repositories/acme/driver-toolkit/_manifests/tags");
        assertThat(tags)
                .isDirectoryContaining("glob:**/" + KERNEL)
                .isDirectoryContaining("glob:**/" + KERNEL + ".x86_64");
        assertThat(site.rhsm().registered()).as("systems that RHSM still knows").isEmpty();
        assertThat(new SecretSearch(site.setup().cores())
                        .filesWithSecrets(controller.getHome().toPath().resolve("jobs")))
                .isEmpty();
    }

    private static void startTheFirstRun(JenkinsRule jenkins, SiteSetup setup) throws Throwable {
        setup.apply();
        jenkins.jenkins.setLabelString("podman x86_64 aarch64");
        jenkins.jenkins.save();
        try (InputStream example = NightlyJobTest.class.getResourceAsStream("Jenkinsfile.example")) {
            String script = new String(example.readAllBytes(), StandardCharsets.UTF_8);
            Scripts.job(jenkins, JOB, script).scheduleBuild2(0).waitForStart();
        }
    }

    private static void awaitAnImageInTheMaking(JenkinsRule jenkins) throws Throwable {
        jenkins.waitForMessage("dtk: building ", job(jenkins).getBuildByNumber(1));
    }

    private static String endOfTheFirstRun(JenkinsRule jenkins) throws Throwable {
        return logOf(jenkins, job(jenkins).getBuildByNumber(1));
    }

    private static String secondRun(JenkinsRule jenkins) throws Throwable {
        return logOf(jenkins, job(jenkins).scheduleBuild2(0).waitForStart());
    }

    private static String logOf(JenkinsRule jenkins, WorkflowRun run) throws Exception {
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        return JenkinsRule.getLog(run);
    }

    private static WorkflowJob job(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName(JOB, WorkflowJob.class);
    }
}
