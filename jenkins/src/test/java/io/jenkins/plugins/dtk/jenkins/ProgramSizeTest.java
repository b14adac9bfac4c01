package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import java.io.File;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What Jenkins stores of a run that goes on grows with its branches, and not with their square. */
@WithJenkins
class ProgramSizeTest {

    private static final int FEW = 20;

    @Test
    void fourTimesTheKernelsAreNoMoreThanFourTimesTheProgram(JenkinsRule jenkins) throws Exception {
        long few = program(jenkins, "few", FEW);
        long many = program(jenkins, "many", 4 * FEW);

        assertThat(many).isBetween(few, 4 * few);
    }

    private static long program(JenkinsRule jenkins, String name, int kernels) throws Exception {
        String script =
                """
                def versions = []
                for (int i = 1; i <= %d; i++) {
                    versions << [rhel: '9.4', kernel: "5.14.0-427.${i}.1.el9_4".toString(), archs: 'linux/amd64',
                                 releases: ['4.17.1'], missing: ['linux/amd64'], baseImage: 'localhost/ubi:9.4']
                }
                dtkBuild(matrix: [versions: versions], image: 'localhost/acme/%s') { semaphore '%s' }
                """
                        .formatted(kernels, name, name);
        WorkflowRun run = Scripts.job(jenkins, name, script).scheduleBuild2(0).waitForStart();
        for (int branch = 1; branch <= kernels; branch++) {
            SemaphoreStep.waitForStart(name + "/" + branch, run);
        }
        long size = new File(run.getRootDir(), "program.dat").length();
        run.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        return size;
    }
}
