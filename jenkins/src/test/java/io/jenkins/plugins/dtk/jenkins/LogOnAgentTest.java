package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Label;
import hudson.model.Result;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.durable_task.DurableTaskStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** As plugins have it that keep logs outside of the controller: the agent itself writes what a step says. */
@WithJenkins
@DisplayName("A step that writes its log on the agent")
class LogOnAgentTest {

    private static final String KERNEL = "5.14.0-427.61.1.el9_4.x86_64";
    private static final String ERROR = "acme_nic.c:112:9: error: too few arguments";

    private boolean before;

    @BeforeEach
    void watch() {
        before = DurableTaskStep.USE_WATCHING;
        DurableTaskStep.USE_WATCHING = true;
    }

    @AfterEach
    void asBefore() {
        DurableTaskStep.USE_WATCHING = before;
    }

    private static String pipeline(String command) {
        return """
                def matrix = [version: '3', targets: [[kernel: '%1$s', arch: 'x86_64', flavour: 'standard', rhel: '9.4',
                    stream: 'rhel-9', releases: ['4.18.6'], tags: ['3-%1$s'], state: 'missing',
                    toolkit: '127.0.0.1:1/acme/driver-toolkit@sha256:%2$s']]]
                dtkBuild(matrix: matrix, image: '127.0.0.1:1/acme/acme-nic') { node('far') { sh '%3$s' } }
                """
                .formatted(KERNEL, "1".repeat(64), command);
    }

    @Test
    @DisplayName("lets the branch know what the compiler said, of own commands too")
    void compileError(JenkinsRule jenkins) throws Exception {
        jenkins.createOnlineSlave(Label.get("far"));

        WorkflowRun run = jenkins.buildAndAssertStatus(
                Result.FAILURE,
                Scripts.job(jenkins, "own", pipeline("echo \"" + ERROR + "\"; echo \"make: *** Error 2\"; exit 2")));

        assertThat(JenkinsRule.getLog(run)).contains(ERROR, "ERROR: dtkBuild: " + KERNEL + ": " + ERROR);
    }

    @Test
    @DisplayName("lets the branch know why a script of ours failed")
    void ownReason(JenkinsRule jenkins) throws Exception {
        jenkins.createOnlineSlave(Label.get("far"));

        WorkflowRun run = jenkins.buildAndAssertStatus(
                Result.FAILURE,
                Scripts.job(jenkins, "ours", pipeline("echo \"dtk: failed: the disk is full\"; exit 1")));

        assertThat(JenkinsRule.getLog(run)).contains("ERROR: dtkBuild: " + KERNEL + ": the disk is full");
    }
}
