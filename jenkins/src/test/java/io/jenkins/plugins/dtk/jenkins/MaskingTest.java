package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.dtk.testing.Parts;
import io.jenkins.plugins.dtk.testing.SecretSearch;
import java.io.File;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
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

/** The secrets of a branch are seen nowhere: not in the log in any form, not on disk, not after a restart either. */
class MaskingTest {

    /** Prints a variable in each form in which programs print secrets. */
    private static final String PRINTS =
            """
            sh '''echo traced "$NAME"; sh -xc ': nested "$NAME"'
'''
            sh 'set +x; printf "base64 "; printf %s "$NAME" | base64 -w 0; echo " end"'
            sh 'set +x; printf "inside "; printf "user:%s" "$NAME" | base64 -w 0; echo " end"'
            sh 'set +x; printf "url "; printf %s "$NAME" | sed "s/%/%25/g; s/+/%2B/g; s,/,%2F,g; s/ /%20/g; s/=/%3D/g; s/&/%26/g"; echo " end"'
            sh 'set +x; half="${NAME%????????}"; printf "split %s" "$half"; sleep 2; echo "${NAME#"$half"} end"'
            echo "groovy ${env.NAME} end"
            """;

    private static final String[] NAMES = {"DTK_REGISTRY_PASSWORD", "RHSM_ORG", "RHSM_ACTIVATIONKEY"};

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path folder;

    @AutoClose
    private OpenShiftSite site;

    private SecretSearch search;

    @BeforeEach
    void openShift() throws Exception {
        Parts.need("docker-registry", "skopeo");
        site = OpenShiftSite.start(folder, "4.17.22");
        search = new SecretSearch(site.setup().cores());
    }

    @Test
    void noFormOfASecretIsInTheLogOrOnDiskBeforeAndAfterARestart() throws Throwable {
        sessions.then(jenkins -> {
            site.setup().apply();
            String body = "node {\n" + prints() + "semaphore 'restart'\n" + prints() + Scripts.PUSH + "}";
            WorkflowJob job = Scripts.job(
                    jenkins,
                    "masked",
                    Scripts.matrix(OpenShiftSite.LIBRARY) + Scripts.buildWithoutNode(OpenShiftSite.LIBRARY, body));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            SemaphoreStep.waitForStart("restart/1", run);
            SemaphoreStep.waitForStart("restart/2", run);
            assertLogIsMasked(run, 2);
            assertThat(new File(run.getRootDir(), "program.dat")).isFile();
        });
        assertNothingIsOnDisk();
        sessions.then(jenkins -> {
            SemaphoreStep.success("restart/1", null);
            SemaphoreStep.success("restart/2", null);
            WorkflowRun run = jenkins.jenkins
                    .getItemByFullName("masked", WorkflowJob.class)
                    .getBuildByNumber(1);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            assertLogIsMasked(run, 4);
        });
        assertNothingIsOnDisk();
    }

    /** What the pipeline's own step threw, Jenkins keeps with that step as it is; we do not hand it on. */
    @Test
    void aFailureThatQuotesASecretIsToldWithoutIt() throws Throwable {
        sessions.then(jenkins -> {
            site.setup().apply();
            String body = "error \"the key ${env.RHSM_ACTIVATIONKEY} is not good\"";
            WorkflowJob job = Scripts.job(
                    jenkins,
                    "failure",
                    Scripts.matrix(OpenShiftSite.LIBRARY) + Scripts.buildWithoutNode(OpenShiftSite.LIBRARY, body));
            WorkflowRun run = jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart());
            jenkins.assertBuildStatus(Result.FAILURE, run);
            jenkins.assertLogContains(".aarch64: the key **** is not good", run);
            assertLogIsMasked(run, 0);
        });
    }

    private static String prints() {
        StringBuilder prints = new StringBuilder();
        for (String name : NAMES) {
            prints.append(PRINTS.replace("NAME", name));
        }
        return prints.toString();
    }

    /** All lines are there, each with its secret hidden. */
    private void assertLogIsMasked(WorkflowRun run, int times) throws Exception {
        String log = JenkinsRule.getLog(run);
        assertThat(log).doesNotContain(site.setup().all());
        for (String secret : site.setup().all()) {
            assertThat(log)
                    .doesNotContain(URLEncoder.encode(secret, StandardCharsets.UTF_8))
                    .doesNotContain(
                            URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"))
                    .doesNotContain(Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
        }
        for (String line : new String[] {"base64 **** end", "url **** end", "split **** end", "groovy **** end"}) {
            assertThat(log.lines().filter(line::equals)).as(line + " in " + log).hasSize(times * NAMES.length);
        }
    }

    private void assertNothingIsOnDisk() throws Exception {
        assertThat(search.filesWithSecrets(sessions.getHome().toPath())).isEmpty();
    }
}
