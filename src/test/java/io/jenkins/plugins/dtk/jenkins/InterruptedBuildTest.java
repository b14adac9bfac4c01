package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.embedded.RunOutcome.Result;
import io.jenkins.plugins.dtk.jenkins.PipelineSite.Ended;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever ends a dtkBuild ends the pipeline with it, also when images were built before. */
@Timeout(900)
class InterruptedBuildTest extends PipelineTest {

    /** One image is built, and says so; the others wait for ever. */
    private static final String BODY =
            """
            {
                if (env.DTK_TAG == '5.14.0-427.61.1.el9_4.x86_64') {
                    node {
                        PUSH
                        sh 'touch "$MARK"'
                    }
                } else {
                    sleep 3600
                }
            }
            """;

    @Test
    void aParallelThatFailsFastAroundItEndsThePipeline() throws IOException {
        Ended run = ended("outer", "AROUND\necho 'the next stage'");

        assertThat(run.result()).as(run.log()).isEqualTo(Result.FAILURE);
        assertThat(run.log()).contains("ERROR: enough").doesNotContain("the next stage");
    }

    @Test
    void itsInterruptionIsSeenByTheStepsAroundItAsOne() throws IOException {
        Ended run = ended(
                "caught",
                """
                def seen = 'nothing'
                try { AROUND_CATCHING } catch (e) { }
                echo "saw ${seen}"
                """);

        assertThat(run.log()).as(run.log()).contains("saw an interruption: Failed in branch other");
    }

    @Test
    void aTimeoutWithinABranchIsThatImagesFailure() throws IOException {
        Ended run = site.run(StepsTest.matrix("within") + "def result = " + StepsTest.build("within", "")
                + "{ if (env.DTK_ARCH == 'aarch64') { timeout(time: 1, unit: 'SECONDS') { sleep 3600 } }\n"
                + "else { node { " + StepsTest.pushAnyImage() + " } } }\n"
                + "echo \"goes on: ${result.built} built, ${result.failed} failed\"");

        assertThat(run.result()).as(run.log()).isEqualTo(Result.UNSTABLE);
        assertThat(run.log())
                .contains("goes on: 2 built, 2 failed")
                .contains("5.14.0-427.61.1.el9_4.aarch64: Timeout has been exceeded");
    }

    private Ended ended(String name, String script) throws IOException {
        Path mark = folder.resolve(name + ".mark");
        String build = StepsTest.build(name, "") + BODY.replace("PUSH", StepsTest.pushAnyImage());
        String other = "other: { node { sh 'until [ -e \"$MARK\" ]; do sleep 0.1; done' }\nerror 'enough' }";
        String around =
                "withEnv(['MARK=" + mark + "']) { parallel(failFast: true, build: { " + build + "}, " + other + ") }";
        String catching = "withEnv(['MARK=" + mark + "']) { parallel(failFast: true, build: { try { " + build
                + "} catch (org.jenkinsci.plugins.workflow.steps.FlowInterruptedException e) { seen = \"an interruption:"
                + " ${e.causes*.shortDescription.join()}\"; throw e } }, " + other + ") }";
        return site.run(StepsTest.matrix(name)
                + script.replace("AROUND_CATCHING", catching).replace("AROUND", around));
    }
}
