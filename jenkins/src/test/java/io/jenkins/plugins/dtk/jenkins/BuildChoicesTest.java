package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;

/** What dtkBuild builds and how it ends, as its parameters and its branches have it, in a real Jenkins. */
class BuildChoicesTest extends SiteTest {

    private static final String EL9_2 = "5.14.0-284.45.1.el9_2";
    private static final String EL9_4 = "5.14.0-427.61.1.el9_4";
    private static final String BROKEN = EL9_4 + ".aarch64";


    BuildChoicesTest() {
        super("4.14.7", "4.17.22");
    }

    @Test
    void failFastEndsTheOtherBranchesAndSaysWhy() throws Exception {
        WorkflowRun run = run(
                "fast",
                matrix("fast") + build("fast", "failFast: true", broken("error 'this one is broken'") + "sleep 600"));

        jenkins.assertBuildStatus(Result.FAILURE, run);
        assertThat(JenkinsRule.getLog(run))
                .contains("ERROR: dtkBuild: " + BROKEN
                        + ": this one is broken; 3 branches were ended before it was done");
    }

    @Test
    void aLimitBuildsTheNewestKernelsFirstAndTheNextRunTheOthers() throws Exception {
        WorkflowRun first = run(
                "limited", matrix("limited") + build("limited", "limit: 2", "node {\n" + Scripts.PUSH + "}") + TOTALS);
        WorkflowRun second = jenkins.buildAndAssertSuccess(first.getParent());

        assertThat(JenkinsRule.getLog(first))
                .contains("2 images to build for 1 kernel, 2 left for another run by the limit of 2")
                .contains(EL9_4 + " now has [x86_64, aarch64]", "2 built, 0 failed, 2 skipped");
        assertThat(JenkinsRule.getLog(second))
                .contains(EL9_2 + " now has [x86_64, aarch64]", "2 built, 0 failed, 0 skipped");
    }

    @Test
    void aRebuildBuildsAllOrWhatStandsOnAnotherBase() throws Exception {
        String body = "node {\n" + Scripts.PUSH + "}";
        jenkins.assertBuildStatusSuccess(run("first", matrix("again") + build("again", "", body)));
        WorkflowRun all = run("all", matrix("again") + build("again", "rebuild: 'all'", body) + TOTALS);
        WorkflowRun stale = run(
                "stale",
                matrix("again")
                        + "matrix.versions.find { it.kernel == '" + EL9_2 + "' }.stale = ['linux/arm64']\n"
                        + build("again", "rebuild: 'stale'", body)
                        + TOTALS);

        jenkins.assertLogContains("4 built, 0 failed, 0 skipped", jenkins.assertBuildStatusSuccess(all));
        jenkins.assertLogContains("1 built, 0 failed, 0 skipped", jenkins.assertBuildStatusSuccess(stale));
        jenkins.assertLogContains("{ (" + EL9_2 + ".aarch64)", stale);
    }

    @Test
    void anEmulatingBranchBuildsAllArchitecturesOfItsKernel() throws Exception {
        String body =
                """
                echo "${env.DTK_KERNEL} on ${env.DTK_PLATFORM}"
                for (arch in env.DTK_ARCH.split(',')) {
                    withEnv(["DTK_ARCH=$arch", "DTK_TAG=${env.DTK_KERNEL}.$arch",
                             "DTK_PLATFORM=linux/${arch == 'x86_64' ? 'amd64' : 'arm64'}"]) {
                        node { %s }
                    }
                }
                """
                        .formatted(Scripts.PUSH);
        WorkflowRun run = run("emulated", matrix("emulated") + build("emulated", "emulate: true", body) + TOTALS);

        jenkins.assertBuildStatusSuccess(run);
        assertThat(JenkinsRule.getLog(run))
                .contains("[Pipeline] { (" + EL9_4 + ")", EL9_4 + " on linux/amd64,linux/arm64")
                .contains("4 built, 0 failed, 0 skipped");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            useHeadersInDisplayName = true,
            textBlock =
                    """
            a branch fails      | index           | built | says
            before the push     | [x86_64]          | 3     | no agent
            in the push         | [x86_64]          | 3     | script returned exit code 7
            after the push      | [x86_64, aarch64] | 3     | too late
            """)
    void theIndexNamesWhatIsThere(String where, String index, int built, String says) throws Exception {
        String name = where.replace(' ', '-');
        String body =
                switch (where) {
                    case "before the push" -> broken("error 'no agent'") + "node {\n" + Scripts.PUSH + "}";
                    case "in the push" -> "node {\n" + broken("sh 'exit 7'") + Scripts.PUSH + "}";
                    default -> "node {\n" + Scripts.PUSH + "}\n" + broken("error 'too late'");
                };
        WorkflowRun run = run(name, matrix(name) + build(name, "", body) + TOTALS);

        jenkins.assertBuildStatus(Result.UNSTABLE, run);
        assertThat(JenkinsRule.getLog(run))
                .contains(name + ":" + EL9_4 + " now has " + index)
                .contains(name + ":" + EL9_2 + " now has [x86_64, aarch64]")
                .contains("dtk: warning: " + BROKEN + ": " + says)
                .contains(built + " built, 1 failed, 0 skipped");
    }

    @ParameterizedTest(name = "{0}, onFailure {1}")
    @CsvSource({"some, unstable, UNSTABLE", "some, failure, FAILURE", "all, unstable, FAILURE", "all, failure, FAILURE"
    })
    void theBuildEndsAsItsFailuresAndTheParameterSay(String which, String onFailure, String result) throws Exception {
        String name = which + "-" + onFailure;
        String fails = "error 'cannot'\n";
        String body = (which.equals("all") ? fails : broken(fails)) + "node {\n" + Scripts.PUSH + "}";
        WorkflowRun run = run(name, matrix(name) + build(name, "onFailure: '" + onFailure + "'", body));

        jenkins.assertBuildStatus(Result.fromString(result), run);
        assertThat(JenkinsRule.getLog(run)).doesNotContain("\tat ");
    }

    @Test
    void anEmptyMatrixIsNothingToDo() throws Exception {
        WorkflowRun run =
                run("empty", "def matrix = [versions: []]\n" + build("empty", "", "error 'not run'") + TOTALS);

        jenkins.assertBuildStatusSuccess(run);
        assertThat(JenkinsRule.getLog(run))
                .contains("dtk: quay.io/acme/empty lacks nothing", "0 built, 0 failed, 0 skipped");
    }

    @Test
    void theSameKernelTwiceIsAMistakeToldInOneLine() throws Exception {
        WorkflowRun run = run(
                "twice",
                matrix("twice") + "matrix.versions += matrix.versions[0..0]\n" + build("twice", "", "error 'not run'"));

        jenkins.assertBuildStatus(Result.FAILURE, run);
        assertThat(JenkinsRule.getLog(run))
                .contains("ERROR: dtkBuild: the matrix holds kernel " + EL9_2 + " twice")
                .doesNotContain("\tat ");
    }

    private static final String TOTALS =
            "\necho \"${result.built} built, ${result.failed} failed, ${result.skipped} skipped\"\n";

    private static String matrix(String name) {
        return Scripts.matrix("quay.io/acme/" + name);
    }

    private static String build(String name, String more, String body) {
        return "def result = dtkBuild(matrix: matrix, image: 'quay.io/acme/" + name
                + "', registryCredentialsId: 'quay-push'" + (more.isEmpty() ? "" : ", " + more) + ") {\n" + body
                + "\n}\n";
    }

    private static String broken(String command) {
        return "if (env.DTK_TAG == '" + BROKEN + "') { " + command.strip() + " }\n";
    }

    private WorkflowRun run(String name, String script) throws Exception {
        return jenkins.waitForCompletion(
                Scripts.job(jenkins, name, script).scheduleBuild2(0).waitForStart());
    }
}
