package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.embedded.RunOutcome.Result;
import io.jenkins.plugins.dtk.jenkins.PipelineSite.Ended;
import io.jenkins.plugins.dtk.testing.Parts;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The images of a driver in a pipeline")
class DriverStepsTest {

    private static final String EL9_2 = "5.14.0-284.45.1.el9_2";
    private static final String EL9_4 = "5.14.0-427.61.1.el9_4";

    @AutoClose
    private static PipelineSite site;

    @BeforeAll
    static void openShift(@TempDir Path folder) throws IOException {
        Parts.need("docker-registry", "skopeo");
        site = new PipelineSite(folder, "4.12.26", "4.14.7", "4.18.6", "4.20.0-rc.3");
    }

    private static String matrix(String image, String more) {
        return "def matrix = dtkMatrix(releases: '4.12.26,4.14.7,4.18.6', pullSecretId: 'openshift-pull-secret',"
                + " architectures: ['x86_64', 'aarch64'], version: '3.0.0', tag: ['{version}-{kernel}']"
                + (image.isEmpty() ? "" : ", image: 'quay.io/acme/" + image + "'") + more + ")\n";
    }

    /** As a vendor's own command: pushes without a check. */
    private static String pushAnyImage() {
        return StepsTest.pushAnyImage().replace("$DTK_BASE_IMAGE", "$DTK_TOOLKIT");
    }

    private static String build(String image, String more, String body) {
        return "def result = dtkBuild(matrix: matrix, image: 'quay.io/acme/" + image
                + "', registryCredentialsId: 'quay-push', pullSecretId: 'openshift-pull-secret'" + more + ") { " + body
                + " }\n";
    }

    @Test
    @DisplayName(
            "each kernel, architecture and flavour is a target with its tags and its toolkit by digest, or why not")
    void targets() throws IOException {
        Ended run = site.run(matrix("", ", flavours: ['standard', 'rt', '64k']")
                + "matrix.targets.each { echo \"${it.kernel} ${it.flavour} ${it.arch} ${it.tags} '${it.state}'"
                + " ${it.toolkit.replaceAll('@sha256:.{64}', '@digest')} ${it.releases} ${it.why}\" }");

        assertThat(run.result()).as(run.log()).isEqualTo(Result.SUCCESS);
        assertThat(run.log())
                .contains("5.14.0-427.61.1.el9_4.x86_64+rt rt x86_64 [3.0.0-5.14.0-427.61.1.el9_4.x86_64_rt] 'unknown'"
                        + " quay.io/openshift-release-dev/ocp-v4.0-art-dev@digest [4.18.6]")
                .contains("5.14.0-427.61.1.el9_4.aarch64+64k 64k aarch64 [3.0.0-5.14.0-427.61.1.el9_4.aarch64_64k]")
                .contains("5.14.0-284.45.1.rt14.330.el9_2.x86_64 rt x86_64")
                .contains("4.18.0-372.64.1.el8_6.x86_64 standard x86_64 [3.0.0-4.18.0-372.64.1.el8_6.x86_64]"
                        + " 'no toolkit'  [4.12.26] the Driver Toolkit of release 4.12.26 (x86_64) is for kernel"
                        + " 4.18.0-372.49.1.el8_6");
    }

    @Test
    @DisplayName("what is missing is built, each in a branch of its own; the next night has nothing to do")
    void nights() throws IOException {
        String options = ", flavours: 'standard,rt', exclude: ['" + EL9_2 + "': 'too old']";
        String body =
                "node { sh 'echo \"$DTK_KERNEL_FULL $DTK_FLAVOUR $DTK_ARCH $DTK_VERSION $DTK_TAGS $DTK_OPENSHIFT $DTK_BUILT\"'\n"
                        + "sh 'echo \"${DTK_TOOLKIT%@*}@$(echo \"${DTK_TOOLKIT#*@}\" | wc -c)\"'\n"
                        + pushAnyImage() + " }";
        String outcomes = "result.kernels.each { k -> k.archs.each { echo \"${k.kernel} ${it.key}: ${it.value.outcome}"
                + " ${it.value.tags}\" } }";

        Ended first = site.run(matrix("nights", options) + build("nights", "", body) + outcomes);
        Ended second = site.run(matrix("nights", options) + build("nights", "", "error 'not run'") + outcomes);

        assertThat(first.result()).as(first.log()).isEqualTo(Result.SUCCESS);
        assertThat(first.log())
                .contains("[" + EL9_4 + ".x86_64+rt] " + EL9_4 + ".x86_64+rt rt x86_64 3.0.0 3.0.0-" + EL9_4
                        + ".x86_64_rt 4.18 localhost/nights:3.0.0-" + EL9_4 + ".x86_64_rt")
                .contains("[" + EL9_4 + ".aarch64] " + site.registry().address()
                        + "/openshift-release-dev/ocp-v4.0-art-dev@72")
                .contains(EL9_4 + "+rt linux/amd64: built [3.0.0-" + EL9_4 + ".x86_64_rt]")
                .contains(EL9_4 + " linux/arm64: built")
                .contains(EL9_2 + " linux/amd64: excluded")
                .contains("4.18.0-372.64.1.el8_6 linux/amd64: no toolkit");
        assertThat(second.result()).as(second.log()).isEqualTo(Result.SUCCESS);
        assertThat(second.log())
                .containsPattern("dtk: .*there 4")
                .contains("nothing to build")
                .contains(EL9_2 + " linux/amd64: excluded");
    }

    @Test
    @DisplayName(
            "an own command's compile error is news in the first night and known in the next; a new version is built")
    void ownCommand() throws IOException {
        String body =
                """
                node {
                    if (env.DTK_ARCH == 'aarch64') {
                        sh 'echo "acme_nic.c:112:9: error: unknown type name"; echo "make: *** [all] Error 2"; exit 2'
                    }
                    %s
                }
                """
                        .formatted(pushAnyImage());
        String options = ", exclude: ['" + EL9_2 + "': 'too old']";

        Ended first = site.run(matrix("own", options) + build("own", "", body));
        Ended second = site.run(matrix("own", options) + build("own", "", body)
                + "result.kernels.each { k -> k.archs.each { echo \"${k.kernel} ${it.key}: ${it.value.outcome}"
                + " ${it.value.known} ${it.value.reason}\" } }");
        Ended newer = site.run(
                matrix("own", options).replace("3.0.0", "3.0.1") + build("own", "", body.replace("exit 2", "exit 0")));

        assertThat(first.result()).as(first.log()).isEqualTo(Result.UNSTABLE);
        assertThat(first.log()).contains(EL9_4 + ".aarch64: acme_nic.c:112:9: error: unknown type name");
        assertThat(second.result()).as(second.log()).isEqualTo(Result.SUCCESS);
        assertThat(second.log())
                .contains("does not compile (known) 1")
                .contains(EL9_4 + " linux/arm64: does not compile true acme_nic.c:112:9: error: unknown type name");
        assertThat(newer.log()).contains("[" + EL9_4 + ".aarch64] acme_nic.c:112:9");
    }

    @Test
    @DisplayName("with coming releases are a preflight: what will not compile is news once, before anyone runs it")
    void preflight() throws IOException {
        String coming = "5.14.0-570.49.1.el9_6";
        String body = "node { if (env.DTK_KERNEL.startsWith('5.14.0-570')) {"
                + " sh 'echo \"acme_nic.c:112:9: error: too few arguments\"; exit 2' }\n" + pushAnyImage() + " }";
        String today = matrix("preflight", "")
                .replace("4.12.26,4.14.7,4.18.6", "4.18+")
                .replace("'aarch64'", "");
        String tomorrow = today.replace("version:", "preReleases: true, version:");
        String outcomes = "result.kernels.each { k -> k.archs.each { echo \"${k.kernel} ${it.key}: ${it.value.outcome}"
                + " ${it.value.known} ${it.value.reason}\" } }";

        Ended before = site.run(today + build("preflight", "", body) + outcomes);
        Ended accident = site.run(tomorrow + build("preflight", "", "error 'the disk is full'"));
        Ended first = site.run(tomorrow + build("preflight", "", body) + outcomes);
        Ended second = site.run(tomorrow + build("preflight", "", body) + outcomes);

        assertThat(before.result()).as(before.log()).isEqualTo(Result.SUCCESS);
        assertThat(before.log()).contains(EL9_4 + " linux/amd64: built").doesNotContain(coming);
        assertThat(accident.result()).as("an agent's failure").isEqualTo(Result.FAILURE);
        assertThat(first.result()).as(first.log()).isEqualTo(Result.UNSTABLE);
        assertThat(first.log())
                .contains("missing 1, there 1")
                .contains(coming + ".x86_64: acme_nic.c:112:9: error: too few arguments")
                .contains(coming + " linux/amd64: does not compile false");
        assertThat(second.result()).as(second.log()).isEqualTo(Result.SUCCESS);
        assertThat(second.log())
                .contains("nothing to build, does not compile (known) 1")
                .contains(coming + " linux/amd64: does not compile true acme_nic.c:112:9: error: too few arguments");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("A mistake gets one line that says what is wrong")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            a pattern without a kernel  | dtkMatrix(tag: ['{version}'], version: '1')                       | it has no {kernel}, so all kernels would get one tag
            no version                  | dtkMatrix(tag: ['{version}-{kernel}'])                            | needs the driver's version, which is missing
            an unknown flavour          | dtkMatrix(tag: ['{kernel}'], flavours: ['debug'])                 | not a flavour of kernels: 'debug'
            two libraries               | dtkMatrix(tag: ['{kernel}'], toolkit: ['quay.io/a/b', 'quay.io/c/d']) | names more than one library
            no kernel to leave out      | dtkMatrix(tag: '{kernel}', exclude: [latest: 'old'])                     | exclude: not a kernel version: 'latest'
            no pattern                  | dtkMatrix(version: '1')                                           | name the pattern of its tags too
            a base image                | dtkMatrix(tag: ['{kernel}'], baseImage: 'quay.io/a/b:{rhel}')     | 'baseImage' is for the images of toolkits
            a target that is no kernel  | dtkBuild(matrix: [targets: [[kernel: 'x']]], image: 'quay.io/a/b') { } | not a kernel version: 'x'
            a target without tags       | dtkBuild(matrix: [targets: [[kernel: '5.14.0-427.61.1.el9_4.x86_64']]], image: 'quay.io/a/b') { } | has no 'tags'
            a subscription              | dtkBuild(matrix: [targets: []], image: 'quay.io/a/b', extraPackages: 'x') { } | are for the images of toolkits
            """)
    void mistakes(String what, String call, String message) throws IOException {
        Ended run = site.run(call);

        assertThat(run.result()).isEqualTo(Result.FAILURE);
        assertThat(run.error()).contains(message);
        assertThat(run.log()).doesNotContain("\tat ");
    }
}
