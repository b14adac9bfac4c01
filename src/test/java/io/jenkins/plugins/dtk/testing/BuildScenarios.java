package io.jenkins.plugins.dtk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What dtkBuild builds and how it ends, as its parameters and its branches have it. A test class that implements this
 * runs all of it with its own engine, beside an OpenShift of 4.14.7 and of one release with kernel {@link #EL9_4}.
 */
public interface BuildScenarios extends PipelineDriver {

    String EL9_2 = "5.14.0-284.45.1.el9_2";
    String EL9_4 = "5.14.0-427.61.1.el9_4";
    String BROKEN = EL9_4 + ".aarch64";
    String TOTALS = "\necho \"${result.built} built, ${result.failed} failed, ${result.skipped} skipped\"\n";

    /** The line that computes {@code matrix} for {@code quay.io/acme/} with this name. */
    String matrix(String name);

    /** The steps that push any image where that of the branch belongs. */
    String push();

    /** What the log has where a branch of this name runs. */
    String branch(String name);

    private String body() {
        return "node {\necho \"building ${env.DTK_TAG}\"\n" + push() + "\n}\n";
    }

    private static String broken(String command) {
        return "if (env.DTK_TAG == '" + BROKEN + "') { " + command + " }\n";
    }

    private static String build(String name, String more, String body) {
        return "def result = dtkBuild(matrix: matrix, image: 'quay.io/acme/" + name
                + "', registryCredentialsId: 'quay-push'" + more + ") {\n" + body + "\n}\n" + TOTALS;
    }

    private Ran run(String name, String more, String body) throws Exception {
        return ended(matrix(name) + build(name, more, body));
    }

    private static void assertEnded(Ran run, String result) {
        assertThat(run.result()).as(run.log()).isEqualTo(result);
        assertThat(run.log()).doesNotContain("\tat ");
    }

    @Test
    default void withFailFastTheFirstFailureEndsTheOtherBranches() throws Exception {
        Ran run = run("fast", ", failFast: true", broken("error 'this one is broken'") + "sleep 600");

        assertEnded(run, "FAILURE");
        assertThat(run.log())
                .contains("ERROR: dtkBuild: " + BROKEN
                        + ": this one is broken; 3 branches were ended before it was done");
    }

    @Test
    default void aLimitBuildsTheNewestKernelsFirstAndTheNextRunTheOthers() throws Exception {
        Ran first = run("limited", ", limit: 2", body());
        Ran second = run("limited", ", limit: 2", body());

        assertEnded(first, "SUCCESS");
        assertThat(first.log())
                .contains("2 images to build for 1 kernel, 2 left for another run by the limit of 2")
                .contains("building " + EL9_4 + ".x86_64", EL9_4 + " now has [x86_64, aarch64]")
                .contains("2 built, 0 failed, 2 skipped")
                .doesNotContain("building " + EL9_2);
        assertEnded(second, "SUCCESS");
        assertThat(second.log())
                .contains("building " + EL9_2 + ".aarch64", EL9_2 + " now has [x86_64, aarch64]")
                .contains("2 built, 0 failed, 0 skipped")
                .doesNotContain("building " + EL9_4);
    }

    @Test
    default void aRebuildBuildsAllOrWhatStandsOnAnotherBase() throws Exception {
        assertEnded(run("again", "", body()), "SUCCESS");
        Ran all = run("again", ", rebuild: 'all'", body());
        String stale = "matrix.versions.find { it.kernel == '" + EL9_2 + "' }.stale = ['linux/arm64']\n";
        Ran one = ended(matrix("again") + stale + build("again", ", rebuild: 'stale'", body()));

        assertEnded(all, "SUCCESS");
        assertThat(all.log()).contains("dtk: 4 images to build for 2 kernels").contains("4 built, 0 failed, 0 skipped");
        assertEnded(one, "SUCCESS");
        assertThat(one.log()).contains(branch(EL9_2 + ".aarch64"), "1 built, 0 failed, 0 skipped");
    }

    @Test
    default void anEmulatingBranchBuildsAllArchitecturesOfItsKernel() throws Exception {
        String each =
                """
                echo "${env.DTK_KERNEL} on ${env.DTK_PLATFORM}"
                for (arch in env.DTK_ARCH.split(',')) {
                    withEnv(["DTK_ARCH=$arch", "DTK_TAG=${env.DTK_KERNEL}.$arch",
                             "DTK_PLATFORM=linux/${arch == 'x86_64' ? 'amd64' : 'arm64'}"]) {
                        node { %s }
                    }
                }
                """;
        Ran failed = run("emulated", ", emulate: true", "error 'seen enough'");
        Ran run = run("emulated", ", emulate: true", each.formatted(push()));

        assertThat(failed.log()).contains(EL9_4 + ".x86_64, " + BROKEN + ": seen enough");
        assertEnded(run, "SUCCESS");
        assertThat(run.log())
                .contains(branch(EL9_4), EL9_4 + " on linux/amd64,linux/arm64")
                .contains("4 built, 0 failed, 0 skipped");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            useHeadersInDisplayName = true,
            textBlock =
                    """
            a branch fails      | index             | arm64 | says
            before the push     | [x86_64]          | false | no agent
            in the push         | [x86_64]          | false | script returned exit code 7
            after the push      | [x86_64, aarch64] | true  | too late
            """)
    default void oneFailedBranchHidesNoOtherAndTheIndexNamesWhatIsThere(
            String where, String index, boolean arm64, String says) throws Exception {
        String name = where.replace(' ', '-');
        String body =
                switch (where) {
                    case "before the push" -> broken("error 'no agent'") + body();
                    case "in the push" -> "node {\n" + broken("sh 'exit 7'") + push() + "\n}";
                    default -> body() + broken("error 'too late'");
                };
        Ran run = run(name, "", body);
        Ran asked = ended(there(name, "linux/amd64") + there(name, "linux/arm64"));

        assertEnded(run, "UNSTABLE");
        assertThat(run.log())
                .contains("quay.io/acme/" + name + ":" + EL9_4 + " now has " + index)
                .contains("quay.io/acme/" + name + ":" + EL9_2 + " now has [x86_64, aarch64]")
                .contains("dtk: warning: " + BROKEN + ": " + says)
                .contains("3 built, 1 failed, 0 skipped");
        assertThat(asked.log()).contains("[linux/amd64] there: true", "[linux/arm64] there: " + arm64);
    }

    private static String there(String name, String platform) {
        return "echo \"[" + platform + "] there: ${dtkTagExists(image: 'quay.io/acme/" + name + "', tag: '" + EL9_4
                + "', platforms: ['" + platform + "'], registryCredentialsId: 'quay-push')}\"\n";
    }

    @ParameterizedTest(name = "{0}, onFailure {1}")
    @CsvSource({"some, unstable, UNSTABLE", "some, failure, FAILURE", "all, unstable, FAILURE", "all, failure, FAILURE"
    })
    default void theBuildEndsAsItsFailuresAndTheParameterSay(String which, String onFailure, String result)
            throws Exception {
        String name = which + "-" + onFailure;
        String fails = "error 'cannot'\n";
        String body = (which.equals("all") ? fails : broken(fails)) + body();
        Ran run = run(name, ", onFailure: '" + onFailure + "'", body);

        assertEnded(run, result);
        assertThat(run.log()).contains(BROKEN + ": cannot");
        if (name.equals("some-failure")) {
            assertThat(run.log()).contains("(3 other images were built and published)");
        }
    }

    @Test
    default void anEmptyMatrixIsNothingToDo() throws Exception {
        Ran run = ended("def matrix = [versions: []]\n" + build("empty", "", "error 'not run'"));

        assertEnded(run, "SUCCESS");
        assertThat(run.log()).contains("dtk: quay.io/acme/empty lacks nothing", "0 built, 0 failed, 0 skipped");
    }

    @Test
    default void theSameKernelTwiceIsAMistakeToldInOneLine() throws Exception {
        String twice = "matrix.versions += matrix.versions[0..0]\n";
        Ran run = ended(matrix("twice") + twice + build("twice", "", "error 'not run'"));

        assertEnded(run, "FAILURE");
        assertThat(run.log()).contains("ERROR: dtkBuild: the matrix holds kernel " + EL9_2 + " twice");
    }
}
