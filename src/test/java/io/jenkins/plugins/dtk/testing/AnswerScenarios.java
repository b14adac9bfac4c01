package io.jenkins.plugins.dtk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.demo.OpenShiftWorld;
import io.jenkins.plugins.dtk.demo.Truth;
import io.jenkins.plugins.dtk.kernel.Architecture;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the steps that only read return, and what dtkVerify makes of a build, beside {@link #THREE_RELEASES}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public interface AnswerScenarios extends PipelineDriver {

    String KERNEL = "5.14.0-284.45.1.el9_2";

    /** Where the site's registry listens, {@code HOST:PORT}. */
    String registry();

    /** The {@code user:password} that may push there. */
    String login();

    @BeforeAll
    default void pushLibraries(@TempDir Path folder) throws Exception {
        push(folder, "right", "x86_64", "amd64", KERNEL);
        push(folder, "right", "aarch64", "arm64", KERNEL);
        push(folder, "wrong", "x86_64", "amd64", "5.14.0-284.40.1.el9_2");
    }

    private void push(Path folder, String library, String architecture, String goName, String kernel) throws Exception {
        ImageFolder.push(
                folder.resolve(library + architecture),
                false,
                goName,
                Map.of("kernel-version", kernel + "." + architecture),
                registry() + "/acme/" + library + ":" + KERNEL + "." + architecture,
                login());
    }

    private Ran verify(String arguments) throws Exception {
        return ended(
                "def audit = dtkVerify(pullSecretId: 'openshift-pull-secret', " + arguments + ")\n"
                        + "echo \"went on with ${audit.mismatches} and ${audit.unknown}\"\n"
                        + "for (f in audit.findings) { echo \"${f.release} ${f.arch} ${f.payload?.answer} ${f.library?.answer}\" }");
    }

    private static void assertEnded(Ran run, String result) {
        assertThat(run.result()).as(run.log()).isEqualTo(result);
    }

    @Test
    default void aReleaseWhoseImageIsForAnotherKernelThanItsNodesRunFailsTheBuild() throws Exception {
        Ran run = verify("releases: '4.12-4.14'");

        assertEnded(run, "FAILURE");
        assertThat(run.error())
                .isEqualTo("ERROR: dtkVerify: 2 of 4 comparisons found an image for another kernel, or none; the first:"
                        + " release 4.12.26 (x86_64), rhel-8, kernel 4.18.0-372.64.1.el8_6");
        assertThat(run.log())
                .contains("4.12.26  x86_64   rhel-8  4.18.0-372.64.1.el8_6  differs: 4.18.0-372.49.1.el8_6")
                .doesNotContain("went on", "4.14.7");
    }

    @Test
    default void orMakesItUnstableAndReturnsWhatThePipelineCanWalk() throws Exception {
        Ran run = verify("releases: '4.12-4.14', onMismatch: 'unstable'");

        assertEnded(run, "UNSTABLE");
        assertThat(run.log())
                .contains("dtk: warning: 2 of 4 comparisons found an image for another kernel")
                .contains("went on with 2 and 0")
                .contains("4.12.26 x86_64 differs null", "4.12.26 aarch64 differs null")
                .contains("4.14.7 x86_64 matches null", "4.14.7 aarch64 matches null");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            all match                     | releases: '4.14'                                                      | 0 and 0 | 4.14.7 x86_64 matches null
            found by tags, all match      | releases: '4.14', discovery: 'tags'                                   | 0 and 0 | 4.14.7 aarch64 matches null
            mismatches are but reported   | releases: '4.12', onMismatch: 'report'                                | 2 and 0 | 4.12.26 x86_64 differs null
            the library has all           | releases: '4.14', image: 'quay.io/acme/right'                         | 0 and 0 | 4.14.7 aarch64 matches matches
            the library alone             | releases: '4.14', image: 'quay.io/acme/right', libraryOnly: true      | 0 and 0 | 4.14.7 aarch64 null matches
            its own login                 | releases: '4.14', image: 'quay.io/acme/right', registryCredentialsId: 'quay-push' | 0 and 0 | 4.14.7 x86_64 matches matches
            a library with wrong images   | releases: '4.14', image: 'quay.io/acme/wrong', onMismatch: 'report'   | 2 and 0 | 4.14.7 x86_64 matches differs
            a library that lacks images   | releases: '4.14', image: 'quay.io/acme/wrong', onMismatch: 'report'   | 2 and 0 | 4.14.7 aarch64 matches absent
            a login is refused, but reported | releases: '4.14', image: 'quay.io/acme/right', registryCredentialsId: 'quay-wrong', onUnknown: 'report' | 0 and 2 | 4.14.7 x86_64 matches unknown
            no login, but reported        | releases: '4.14', image: 'REGISTRY/acme/none', onUnknown: 'report'    | 0 and 2 | 4.14.7 x86_64 matches unknown
            """)
    default void aBuildStaysGreenWhereNothingIsWrongOrThatIsLeftToThePipeline(
            String what, String arguments, String counts, String finding) throws Exception {
        Ran run = verify(arguments.replace("REGISTRY", registry()));

        assertEnded(run, "SUCCESS");
        assertThat(run.log()).contains("went on with " + counts).contains(finding);
    }

    @Test
    default void aLibraryWithoutImagesIsAMismatch() throws Exception {
        Ran run = verify("releases: '4.14', image: 'quay.io/acme/none', onUnknown: 'report'");

        assertEnded(run, "FAILURE");
        assertThat(run.error()).startsWith("ERROR: dtkVerify: 2 of 2 comparisons found");
    }

    @Test
    default void aLibraryThatRefusesIsNeverRightAndNeverLacksImages() throws Exception {
        String refused = "releases: '4.14', image: 'quay.io/acme/right', registryCredentialsId: 'quay-wrong'";
        Ran run = verify(refused);

        assertEnded(run, "FAILURE");
        assertThat(run.error())
                .startsWith("ERROR: dtkVerify: 2 is unknown; the first: Tried to read the manifest of"
                        + " quay.io/acme/right:" + KERNEL + " but failed because: ")
                .contains("refused the credentials");
        assertThat(run.log()).doesNotContain("not-the-password");
        assertEnded(verify(refused + ", onUnknown: 'unstable'"), "UNSTABLE");
    }

    @Test
    default void theMatrixIsPlainMapsAndListsThatThePipelineCanWalk() throws Exception {
        Ran run = ended(
                """
                def matrix = dtkMatrix(releases: '4.12+', pullSecretId: 'openshift-pull-secret',
                                       baseImage: 'quay.io/openshift-release-dev/ocp-release:4.14.7-multi')
                for (version in matrix.versions) {
                    echo "${version.kernel} ${version.rhel} ${version.archs} ${version.releases}"
                }
                """);

        assertEnded(run, "SUCCESS");
        List<Truth.Row> rows = OpenShiftWorld.of(THREE_RELEASES)
                .truth(release -> true, List.of(Architecture.X86_64, Architecture.AARCH64))
                .rows();
        assertThat(rows).hasSize(4).allSatisfy(row -> assertThat(run.log())
                .contains(row.kernel() + " " + row.rhel() + " linux/amd64,linux/arm64 " + row.releases()));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            of one     | true  | '4.22.11-x86_64'
            of both    | true  | '4.22.11-multi', platforms: ['linux/amd64', 'linux/arm64']
            of another | false | '4.22.11-multi', platforms: ['linux/s390x']
            of none    | false | '4.22.12-multi'
            """,
            quoteCharacter = '`')
    default void aTagIsThereOrNotForThesePlatforms(String what, boolean there, String tag) throws Exception {
        Ran run = ended("echo \"there: ${dtkTagExists(image: 'quay.io/openshift-release-dev/ocp-release',"
                + " registryCredentialsId: 'quay-push', tag: " + tag + ")}\"");

        assertThat(run.log()).contains("there: " + there);
    }
}
