package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.dtk.testing.Parts;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whoever aborts a run ends it at once, wherever it stands, and nothing is published afterwards. */
@WithJenkins
class AbortTest {

    private static final String KERNEL = "5.14.0-427.61.1.el9_4";

    @TempDir
    private static Path folder;

    private static OpenShiftSite site;
    private static Gate gate;
    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        Parts.need("docker-registry", "skopeo", "podman");
        jenkins = rule;
        site = OpenShiftSite.start(folder, "4.17.22");
        gate = new Gate(site.registry().address());
        site.setup().behind(gate.place()).apply();
    }

    @AfterAll
    static void stop() throws Exception {
        if (site != null) {
            jenkins.after();
            gate.close();
            site.close();
        }
    }

    @BeforeEach
    @AfterEach
    void open() {
        gate.open();
    }

    @Test
    void inDtkMatrix() throws Exception {
        gate.shut();
        WorkflowRun run = start("matrix", "echo 'not reached'");
        gate.awaitSomebody();

        assertAborts(run);
        jenkins.assertLogNotContains("not reached", run);
    }

    @Test
    void inDtkVerify() throws Exception {
        WorkflowRun run = start(
                "verify",
                "semaphore 'verify'\ndtkVerify(releases: '4.14+', pullSecretId: 'openshift-pull-secret', image: '"
                        + image("verify") + "')\necho 'not reached'");
        SemaphoreStep.waitForStart("verify/1", run);
        gate.shut();
        SemaphoreStep.success("verify/1", null);
        gate.awaitSomebody();

        assertAborts(run);
        jenkins.assertLogNotContains("not reached", run);
    }

    @Test
    void beforeTheFirstBranch() throws Exception {
        WorkflowRun run = start(
                "before", "semaphore 'before'\n" + Scripts.buildWithoutNode(image("before"), "echo 'not reached'"));
        SemaphoreStep.waitForStart("before/1", run);

        assertAborts(run);
        jenkins.assertLogNotContains("not reached", run);
    }

    @Test
    void whileBranchesWaitForAnAgent() throws Exception {
        WorkflowRun run =
                start("node", Scripts.buildWithoutNode(image("node"), "node('nowhere') { echo 'not reached' }"));
        jenkins.waitForMessage("Still waiting to schedule task", run);

        assertAborts(run);
        jenkins.assertLogNotContains("not reached", run);
        assertThat(jenkins.jenkins.getQueue().getItems()).isEmpty();
    }

    @Test
    void inDtkImage() throws Exception {
        WorkflowRun run = start(
                "image",
                "semaphore 'image'\n"
                        + Scripts.buildWithoutNode(
                                image("image"),
                                "node { withEnv(['CONTAINERS_STORAGE_CONF=" + Storage.in(folder)
                                        + "']) { dtkImage() } }"));
        SemaphoreStep.waitForStart("image/1", run);
        gate.shut();
        SemaphoreStep.success("image/1", null);
        gate.awaitSomebody();

        assertAborts(run);
        assertThat(tag("image")).doesNotExist();
    }

    @Test
    void whileIndexesArePublished() throws Exception {
        WorkflowRun run = start(
                "joining",
                Scripts.buildWithoutNode(image("joining"), "node {\n" + Scripts.PUSH + "}\nsemaphore 'pushed'"));
        SemaphoreStep.waitForStart("pushed/1", run);
        SemaphoreStep.waitForStart("pushed/2", run);
        gate.shut();
        SemaphoreStep.success("pushed/1", null);
        SemaphoreStep.success("pushed/2", null);
        gate.awaitSomebody();

        assertAborts(run);
        gate.open();
        jenkins.waitUntilNoActivity();
        assertThat(tag("joining")).doesNotExist();
    }

    @Test
    void afterAnImageWasBuilt() throws Exception {
        WorkflowRun run = startWithOneImage("built", "BUILD\necho 'not reached'");

        assertAborts(run);
        jenkins.assertLogNotContains("not reached", run);
    }

    @Test
    void afterAnImageWasBuiltInCatchErrorThatLetsInterruptionsThrough() throws Exception {
        WorkflowRun run =
                startWithOneImage("caught", "catchError(catchInterruptions: false) { BUILD }\necho 'not reached'");

        assertAborts(run);
        jenkins.assertLogNotContains("not reached", run);
    }

    @Test
    void afterAnImageWasBuiltTheTimeoutAroundEndsThePipelineAsAborted() throws Exception {
        WorkflowRun run = startWithOneImage(
                "timeout", "timeout(time: 20, unit: 'SECONDS', activity: true) { BUILD }\necho 'not reached'");

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("Timeout has been exceeded", run);
        jenkins.assertLogNotContains("not reached", run);
        assertThat(JenkinsRule.getLog(run)).doesNotContain("\tat ");
    }

    /** One branch has pushed its image and ended, the other waits. */
    private static WorkflowRun startWithOneImage(String name, String script) throws Exception {
        String build = Scripts.buildWithoutNode(
                image(name),
                "if (env.DTK_ARCH == 'x86_64') { node {\n" + Scripts.PUSH + "}\necho 'the first is done'\n"
                        + "} else { semaphore '" + name + "' }");
        WorkflowRun run = start(name, script.replace("BUILD", build));
        SemaphoreStep.waitForStart(name + "/1", run);
        jenkins.waitForMessage("the first is done", run);
        return run;
    }

    private static WorkflowRun start(String name, String script) throws Exception {
        return Scripts.job(jenkins, name, Scripts.matrix(image(name)) + script)
                .scheduleBuild2(0)
                .waitForStart();
    }

    private static String image(String name) {
        return "quay.io/acme/" + name;
    }

    private static Path tag(String name) {
        return site.registry()
                .home()
                .resolve("storage/docker/registry/v2/repositories/acme/" + name + "/_manifests/tags/" + KERNEL);
    }

    private static void assertAborts(WorkflowRun run) throws Exception {
        run.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertThat(JenkinsRule.getLog(run)).doesNotContain(" now has ").doesNotContain("\tat ");
    }
}
