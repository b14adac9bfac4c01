package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.XmlFile;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;
import java.io.File;
import java.util.concurrent.atomic.AtomicInteger;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What Jenkins stores of a run that goes on: so much for each branch, and no more for each where there are many. */
@WithJenkins
class ProgramSizeTest {

    private static final int FEW = 20;
    private static final int MANY = 80;

    private static JenkinsRule jenkins;
    private static long few;
    private static long many;
    private static long ofParallel;

    @BeforeAll
    static void run(JenkinsRule rule) throws Exception {
        jenkins = rule;
        few = dtkBuild(FEW);
        many = dtkBuild(MANY);
        ofParallel = parallel(MANY) - parallel(FEW);
    }

    @AfterAll
    static void stop() throws Exception {
        jenkins.after();
    }

    @Test
    void fourTimesTheKernelsAreNoMoreThanFourTimesTheProgram() {
        assertThat(many).isBetween(few, MANY / FEW * few);
    }

    @Test
    void aBranchTakesLessThanTwiceOfWhatOneOfParallelTakes() {
        assertThat(many - few).isLessThan(2 * ofParallel);
    }

    @Test
    void theBuildIsSavedForItsPageAtTheBeginningAndAtTheEndHoweverManyBranchesThereAre() {
        assertThat(SavesForThePage.COUNT).hasValue(2 + 2);
    }

    /** Counts how often the build's file was written because of its page. */
    @TestExtension
    public static final class SavesForThePage extends SaveableListener {
        static final AtomicInteger COUNT = new AtomicInteger();

        @Override
        public void onChange(Saveable saved, XmlFile file) {
            boolean ours = StackWalker.getInstance()
                    .walk(frames ->
                            frames.anyMatch(frame -> frame.getClassName().equals(RunPage.class.getName())));
            if (ours && saved instanceof Run) {
                COUNT.incrementAndGet();
            }
        }
    }

    private static long dtkBuild(int kernels) throws Exception {
        String name = "build-" + kernels;
        return program(
                name,
                kernels,
                """
                def versions = []
                for (int i = 1; i <= %d; i++) {
                    versions << [rhel: '9.4', kernel: "5.14.0-427.${i}.1.el9_4".toString(), archs: 'linux/amd64',
                                 releases: ['4.17.1'], missing: ['linux/amd64'], baseImage: 'localhost/ubi:9.4']
                }
                dtkBuild(matrix: [versions: versions], image: 'localhost/acme/library') { semaphore '%s' }
                """
                        .formatted(kernels, name));
    }

    private static long parallel(int branches) throws Exception {
        String name = "parallel-" + branches;
        return program(
                name,
                branches,
                """
                def branches = [:]
                for (int i = 1; i <= %d; i++) {
                    branches["5.14.0-427.${i}.1.el9_4.x86_64".toString()] = { semaphore '%s' }
                }
                parallel branches
                """
                        .formatted(branches, name));
    }

    private static long program(String name, int branches, String script) throws Exception {
        WorkflowRun run = Scripts.job(jenkins, name, script).scheduleBuild2(0).waitForStart();
        for (int branch = 1; branch <= branches; branch++) {
            SemaphoreStep.waitForStart(name + "/" + branch, run);
        }
        long size = new File(run.getRootDir(), "program.dat").length();
        run.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        return size;
    }
}
