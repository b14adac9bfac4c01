package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.actions.ThreadNameAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** dtkBuild in a real Jenkins: what its branches get, and what it gives back. */
class BuildStepTest extends SiteTest {

    private static final String EL9_2 = "5.14.0-284.45.1.el9_2";
    private static final String EL9_4 = "5.14.0-427.61.1.el9_4";

    BuildStepTest() {
        super("4.14.7", "4.17.22");
    }

    @Test
    void eachMissingImageIsABranchNamedAsUnamePrintsIt() throws Exception {
        WorkflowRun run = run("names", Scripts.build("quay.io/acme/names", Scripts.PUSH));

        jenkins.assertBuildStatusSuccess(run);
        Set<String> names = new TreeSet<>();
        for (FlowNode node : new DepthFirstScanner().allNodes(run.getExecution())) {
            if (node.getAction(ThreadNameAction.class) != null) {
                names.add(node.getAction(ThreadNameAction.class).getThreadName());
                assertThat(node.getAction(LabelAction.class).getDisplayName()).isIn(names);
            }
        }
        assertThat(names).containsExactly(EL9_2 + ".aarch64", EL9_2 + ".x86_64", EL9_4 + ".aarch64", EL9_4 + ".x86_64");
    }

    @Test
    void aBranchHasTheVariablesOfItsImage() throws Exception {
        WorkflowRun run = run(
                "variables",
                Scripts.build(
                        "quay.io/acme/variables",
                        "sh 'set +x; echo \"$DTK_KERNEL_FULL|$DTK_KERNEL_RT|$DTK_RHEL|$DTK_PLATFORM|$DTK_IMAGE|$DTK_TAG"
                                + "|$DTK_BASE_IMAGE|$DTK_RELEASES|$DTK_PLAIN_HTTP\"'\n"
                                + Scripts.PUSH));

        String registry = site.setup().registry();
        assertThat(JenkinsRule.getLog(run))
                .contains(
                        EL9_2 + ".x86_64|5.14.0-284.45.1.rt14.330.el9_2|9.2|linux/amd64|" + registry
                                + "/acme/variables|" + EL9_2 + ".x86_64|" + registry + "/ubi9/ubi:9.2|4.14.7|"
                                + registry,
                        EL9_2 + ".aarch64||9.2|linux/arm64|",
                        EL9_4 + ".x86_64|" + EL9_4 + "|9.4|linux/amd64|");
    }

    @Test
    void theResultSaysWhatBecameOfEachKernelAndImage() throws Exception {
        WorkflowRun run = run(
                "result",
                Scripts.build("quay.io/acme/result", Scripts.PUSH)
                        + """
                        echo "${result.image}: ${result.built} built, ${result.failed} failed"
                        for (kernel in result.kernels) {
                            echo "${kernel.tag}: index ${kernel.index}, ${kernel.archs.collect { it.key + ' ' + it.value.status }}"
                            echo "digest ${kernel.digest}"
                        }
                        """);

        jenkins.assertBuildStatusSuccess(run);
        assertThat(JenkinsRule.getLog(run))
                .contains(
                        "quay.io/acme/result: 4 built, 0 failed",
                        EL9_2 + ": index published, [linux/amd64 built, linux/arm64 built]",
                        EL9_4 + ": index published, [linux/amd64 built, linux/arm64 built]")
                .contains("digest " + publishedDigest("result", EL9_2), "digest " + publishedDigest("result", EL9_4));
    }

    private String publishedDigest(String name, String tag) throws Exception {
        return Files.readString(site.registry()
                .home()
                .resolve("storage/docker/registry/v2/repositories/acme/" + name + "/_manifests/tags/" + tag
                        + "/current/link"));
    }

    @Test
    void aDeclarativePipelineRunsItAndTheNextRunBuildsNothing() throws Exception {
        String script =
                """
                pipeline {
                    agent none
                    stages {
                        stage('Nightly') {
                            steps {
                                script {
                                    %s
                                }
                            }
                        }
                    }
                }
                """
                        .formatted(Scripts.build("quay.io/acme/declarative", Scripts.PUSH));
        WorkflowRun first = run("declarative", script);
        WorkflowRun second = jenkins.buildAndAssertSuccess(first.getParent());

        jenkins.assertBuildStatusSuccess(first);
        jenkins.assertLogContains("4 images to build for 2 kernels", first);
        jenkins.assertLogContains("dtk: quay.io/acme/declarative lacks nothing", second);
        jenkins.assertLogNotContains("[Pipeline] node", second);
    }

    @Test
    void aDeclarativePipelineNeedsNoScriptBlock() throws Exception {
        WorkflowRun matrix = run(
                "json",
                Scripts.matrix("quay.io/acme/steps") + "echo 'matrix ' + groovy.json.JsonOutput.toJson(matrix)");
        String json = JenkinsRule.getLog(matrix)
                .lines()
                .filter(line -> line.startsWith("matrix "))
                .findFirst()
                .orElseThrow()
                .substring("matrix ".length());
        WorkflowRun run = run(
                "steps",
                """
                pipeline {
                    agent none
                    stages {
                        stage('Nightly') {
                            steps {
                                dtkBuild(matrix: '%s', image: 'quay.io/acme/steps', registryCredentialsId: 'quay-push') {
                                    node('') {
                                        %s
                                    }
                                }
                            }
                        }
                    }
                }
                """
                        .formatted(json, Scripts.PUSH));

        jenkins.assertBuildStatusSuccess(run);
        jenkins.assertLogContains("quay.io/acme/steps:" + EL9_2 + " now has [x86_64, aarch64]", run);
    }

    @Test
    void anAbortedRunEndsEveryBranchAndPublishesNothing() throws Exception {
        WorkflowRun run = Scripts.job(
                        jenkins,
                        "aborted",
                        Scripts.matrix("quay.io/acme/aborted")
                                + Scripts.buildWithoutNode("quay.io/acme/aborted", "semaphore 'branch'"))
                .scheduleBuild2(0)
                .waitForStart();
        for (int branch = 1; branch <= 4; branch++) {
            SemaphoreStep.waitForStart("branch/" + branch, run);
        }
        run.getExecutor().interrupt();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        jenkins.assertLogNotContains("now has", run);
    }
}
