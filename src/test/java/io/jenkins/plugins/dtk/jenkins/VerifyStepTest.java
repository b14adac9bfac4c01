package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.embedded.RunOutcome.Result;
import io.jenkins.plugins.dtk.jenkins.PipelineSite.Ended;
import io.jenkins.plugins.dtk.testing.ImageFolder;
import io.jenkins.plugins.dtk.testing.Parts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The step dtkVerify")
class VerifyStepTest {

    private static final String KERNEL = "5.14.0-284.45.1.el9_2";

    @TempDir
    private static Path folder;

    @AutoClose
    private static PipelineSite site;

    @BeforeAll
    static void openShift() throws Exception {
        Parts.need("docker-registry", "skopeo");
        site = new PipelineSite(folder.resolve("site"), "4.12.26", "4.14.7");
        push("right", "x86_64", "amd64", KERNEL);
        push("right", "aarch64", "arm64", KERNEL);
        push("wrong", "x86_64", "amd64", "5.14.0-284.40.1.el9_2");
    }

    private static void push(String library, String architecture, String goName, String kernel) throws Exception {
        ImageFolder.push(
                folder.resolve(library + architecture),
                false,
                goName,
                Map.of("kernel-version", kernel + "." + architecture),
                site.registry().address() + "/acme/" + library + ":" + KERNEL + "." + architecture,
                PipelineSite.USER + ":" + PipelineSite.PASSWORD);
    }

    private static Ended verify(String arguments) throws IOException {
        return site.run(
                "def audit = dtkVerify(pullSecretId: 'openshift-pull-secret', " + arguments + ")\n"
                        + "echo \"went on with ${audit.mismatches} and ${audit.unknown}\"\n"
                        + "audit.findings.each { echo \"${it.release} ${it.arch} ${it.payload?.answer} ${it.library?.answer}\" }",
                Map.of("wrong", PipelineSite.USER + ":not-the-password"));
    }

    @Test
    @DisplayName("fails the build at a release whose own image is for another kernel than its nodes run")
    void mismatch() throws IOException {
        Ended run = verify("releases: '4.12+'");

        assertThat(run.result()).isEqualTo(Result.FAILURE);
        assertThat(run.error())
                .isEqualTo("ERROR: dtkVerify: 2 of 4 comparisons found an image for another kernel, or none; the first:"
                        + " release 4.12.26 (x86_64), rhel-8, kernel 4.18.0-372.64.1.el8_6");
        assertThat(run.log())
                .contains("4.12.26  x86_64   rhel-8  4.18.0-372.64.1.el8_6  differs: 4.18.0-372.49.1.el8_6")
                .doesNotContain("went on", "4.14.7");
    }

    @Test
    @DisplayName("makes the build unstable instead, and returns what it found")
    void unstable() throws IOException {
        Ended run = verify("releases: '4.12+', onMismatch: 'unstable'");

        assertThat(run.result()).isEqualTo(Result.UNSTABLE);
        assertThat(run.log())
                .contains("dtk: warning: 2 of 4 comparisons found an image for another kernel")
                .contains("went on with 2 and 0")
                .contains("4.12.26 aarch64 differs null")
                .contains("4.14.7 aarch64 matches null");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("leaves a build green where nothing is wrong, or where that is left to the pipeline")
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
            a login is refused, but reported | releases: '4.14', image: 'quay.io/acme/right', registryCredentialsId: 'wrong', onUnknown: 'report' | 0 and 2 | 4.14.7 x86_64 matches unknown
            """)
    void green(String what, String arguments, String counts, String finding) throws IOException {
        Ended run = verify(arguments);

        assertThat(run.result()).as(run.log()).isEqualTo(Result.SUCCESS);
        assertThat(run.log()).contains("went on with " + counts).contains(finding);
    }

    @Test
    @DisplayName("never takes a library that refuses for one that is right, or for one that lacks images")
    void unknown() throws IOException {
        String refused = "releases: '4.14', image: 'quay.io/acme/right', registryCredentialsId: 'wrong'";
        Ended run = verify(refused);

        assertThat(run.result()).isEqualTo(Result.FAILURE);
        assertThat(run.error())
                .startsWith("ERROR: dtkVerify: 2 is unknown; the first: Tried to read the manifest of"
                        + " quay.io/acme/right:" + KERNEL + " but failed because: ")
                .contains("refused the credentials");
        assertThat(run.log()).doesNotContain("not-the-password");
        assertThat(verify(refused + ", onUnknown: 'unstable'").result()).isEqualTo(Result.UNSTABLE);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("reports a mistake in one line")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            a range that is none       | dtkVerify(releases: '4.x')                 | ERROR: dtkVerify: not a range of releases: '4.x'
            an unknown architecture    | dtkVerify(architectures: ['sparc'])        | ERROR: dtkVerify: unknown architecture 'sparc'
            an unknown outcome         | dtkVerify(onMismatch: 'ignore')            | ERROR: dtkVerify: 'onMismatch' is 'ignore'; use failure, unstable or report
            another unknown outcome    | dtkVerify(onUnknown: 'ignore')             | ERROR: dtkVerify: 'onUnknown' is 'ignore'; use failure, unstable or report
            an unknown way to find     | dtkVerify(discovery: 'guess')              | ERROR: dtkVerify: 'discovery' is 'guess'; use graph, tags or both
            the library alone, unnamed | dtkVerify(libraryOnly: true)               | ERROR: dtkVerify: 'image' is missing
            an image with a tag        | dtkVerify(image: 'quay.io/acme/dtk:1')     | ERROR: dtkVerify: 'image' is 'quay.io/acme/dtk:1', with a tag or digest
            no such release            | dtkVerify(releases: '4.14.99', pullSecretId: 'openshift-pull-secret') | ERROR: dtkVerify: release 4.14.99 does not exist
            no credential of that ID   | dtkVerify(pullSecretId: 'nope')            | ERROR: pullSecretId: there is no credential with the ID 'nope'
            """)
    void mistakes(String what, String call, String message) throws IOException {
        Ended run = site.run(call);

        assertThat(run.result()).isEqualTo(Result.FAILURE);
        assertThat(run.error()).startsWith(message);
        assertThat(run.log()).doesNotContain("\tat ");
    }
}
