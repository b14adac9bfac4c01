package io.jenkins.plugins.dtk.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import io.jenkins.plugins.dtk.embedded.Pipelines.Ran;
import io.jenkins.plugins.dtk.embedded.RunOutcome.Result;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Steps of a plugin, written as for Jenkins: a block step that fans out, a durable task, one off the pipeline's thread. */
class PluginStepsTest {

    private static final List<StepDescriptor> STEPS = List.of(
            new StandInSteps.FanOut.DescriptorImpl(),
            new StandInSteps.Leaf.DescriptorImpl(),
            new StandInSteps.Names.DescriptorImpl());

    @BeforeAll
    static void add() {
        STEPS.forEach(ExtensionList.lookup(StepDescriptor.class)::add);
    }

    @AfterAll
    static void remove() {
        STEPS.forEach(ExtensionList.lookup(StepDescriptor.class)::remove);
    }

    @Test
    void theBlockRunsInNamedBranchesWithTheirVariablesAndSecrets() {
        Ran ran = Pipelines.run(
                """
                def names = standInNames(prefix: "k${1}", count: 2)
                def result = standInFanOut(names: names, secretId: 'token') {
                    node("podman && ${env.STANDIN_LABEL}") {
                        standInLeaf()
                    }
                }
                echo "result: $result"
                """,
                engine -> engine.credential("token", "very-secret"));
        assertThat(ran.result()).isEqualTo(Result.SUCCESS);
        assertThat(ran.lines())
                .contains(
                        "[k1-0] leaf of k1-0 with ****",
                        "[k1-1] leaf of k1-1 with ****",
                        "fan out: 2 branches",
                        "fan out: closing",
                        "result: [k1-0:done, k1-1:done]");
    }

    @Test
    void aFailedBranchIsRecordedAndTheOthersGoOn() {
        Ran ran = Pipelines.run(
                """
                standInFanOut(names: ['good', 'bad'], secretId: 'token') {
                    if (env.STANDIN_NAME == 'bad') { error 'bad luck' }
                    node { standInLeaf() }
                }
                """,
                engine -> engine.credential("token", "very-secret"));
        assertThat(ran.result()).isEqualTo(Result.FAILURE);
        assertThat(ran.lines()).contains("[good] leaf of good with ****", "ERROR: fan out: bad: bad luck");
    }

    @Test
    void aFailureOffThePipelinesThreadIsTheStepsFailure() {
        Ran ran = Pipelines.run("standInNames(prefix: 'k', count: -1)");
        assertThat(ran.lines()).contains("ERROR: standInNames: 'count' is -1; use 0 or more");
    }

    @Test
    void aDurableTaskHasTheParametersOfSh() {
        Ran ran = Pipelines.run("node { withEnv(['STANDIN_NAME=x']) { echo standInLeaf(returnStdout: true) } }");
        assertThat(ran.lines()).contains("leaf of x with ");
        assertThat(Pipelines.run("standInLeaf()").lines())
                .contains("Perhaps you forgot to surround the standInLeaf step with a step that provides this,"
                        + " such as: node");
    }

    @Test
    void wrongArgumentsAreToldByStepAndParameter() {
        assertThat(Pipelines.run("standInNames(prefix: 'k', count: 'many')").lines())
                .contains("ERROR: standInNames: 'count' takes a number, not 'many' (String)");
        assertThat(Pipelines.run("standInFanOut(names: 'k', secretId: 'x') { }").lines())
                .contains("ERROR: standInFanOut: 'names' takes a list, not 'k' (String)");
        assertThat(Pipelines.run("standInFanOut(name: ['k']) { }").lines())
                .contains("ERROR: standInFanOut: unknown parameter 'name' (did you mean 'names'?);"
                        + " standInFanOut takes names, secretId");
        assertThat(Pipelines.run("standInFanOut(['k']) { }").lines())
                .contains("ERROR: standInFanOut takes its arguments by name: [names, secretId]");
    }
}
