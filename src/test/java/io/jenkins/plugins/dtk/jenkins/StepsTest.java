package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.embedded.RunOutcome.Result;
import io.jenkins.plugins.dtk.jenkins.PipelineSite.Ended;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a pipeline's author sees of the steps, in real pipelines against a real registry. */
class StepsTest extends TwoReleasesTest {

    private static final String MATRIX =
            "def matrix = dtkMatrix(releases: '4.14.7,4.18.6', architectures: ['x86_64', 'aarch64'],"
                    + " pullSecretId: 'openshift-pull-secret', image: 'quay.io/acme/IMAGE', baseImage: 'quay.io/openshift-release-dev/ocp-release:4.14.7-multi')\n";

    @Test
    void matrixIsPlainMapsAndListsThatAPipelineCanFilter() throws IOException {
        Ended run = site.run(matrix("filter")
                + "def newest = matrix.versions.findAll { it.rhel == '9.4' }\n"
                + "echo \"${newest*.kernel} for ${newest[0].archs}, missing ${newest[0].missing}\"");

        assertThat(run.result()).as(run.log()).isEqualTo(Result.SUCCESS);
        assertThat(run.log())
                .contains("[5.14.0-427.61.1.el9_4] for linux/amd64,linux/arm64, missing [linux/amd64, linux/arm64]");
    }

    @Test
    void everyMissingImageGetsABranchWithItsVariablesAndMaskedSecrets() throws IOException {
        Ended run = site.run(matrix("branches") + build("branches", "")
                + "{ node(env.DTK_ARCH) { sh 'echo \"$DTK_PLATFORM $DTK_TAG rt=$DTK_KERNEL_RT key=$RHSM_ACTIVATIONKEY"
                + " $(printf %s:%s \"$DTK_REGISTRY_USER\" \"$DTK_REGISTRY_PASSWORD\" | base64)\"' } }");

        assertThat(run.log())
                .contains("[5.14.0-284.45.1.el9_2.x86_64] linux/amd64 5.14.0-284.45.1.el9_2.x86_64"
                        + " rt=5.14.0-284.45.1.rt14.330.el9_2 key=**** ****")
                .contains("[5.14.0-284.45.1.el9_2.aarch64] linux/arm64 5.14.0-284.45.1.el9_2.aarch64 rt= key=****")
                .contains("[5.14.0-427.61.1.el9_4.x86_64] linux/amd64")
                .contains("[5.14.0-427.61.1.el9_4.aarch64] linux/arm64")
                .doesNotContain(PipelineSite.KEY)
                .doesNotContain(PipelineSite.PASSWORD);
    }

    @Test
    void aBranchThatPushedNothingHasFailedAndNoIndexIsPublished() throws IOException {
        Ended run = site.run(matrix("nothing") + build("nothing", "") + "{ echo 'built nothing' }\n");

        assertThat(run.result()).isEqualTo(Result.FAILURE);
        assertThat(run.error()).contains("its branch ended well but pushed no image");
        assertThat(site.run("echo \"${dtkTagExists(image: 'quay.io/acme/nothing', tag: '5.14.0-427.61.1.el9_4',"
                                + " registryCredentialsId: 'quay-push')}\"")
                        .log())
                .contains("false");
    }

    @Test
    void whatARunCameToIsReportedForOtherToolsAlsoAfterAFailure() throws IOException {
        Ended run = site.run(matrix("reported") + "try {\n" + build("reported", "")
                + "{ node { if (env.DTK_ARCH == 'aarch64') { error 'no disk' } } } } finally {\n"
                + "def report = dtkReport(); currentBuild.description = report.summary\n"
                + "echo \"${currentBuild.description}\\n${report.markdown}\\n${report.junit}\" }");

        assertThat(run.result()).isEqualTo(Result.FAILURE);
        assertThat(run.log())
                .contains("quay.io/acme/reported: 4 failed\n## quay.io/acme/reported")
                .contains("failed: its branch ended well but pushed no image | failed: no disk")
                .contains("name=\"5.14.0-427.61.1.el9_4.aarch64\" time=");
    }

    @Test
    void aReportOfNothingIsAnError() throws IOException {
        assertThat(site.run("dtkReport()").error())
                .endsWith("dtkReport: no dtkBuild has begun in this build; call it after one");
    }

    @Test
    void theSecondNightBuildsOnlyWhatTheFirstLeftAndAThirdNothing() throws IOException {
        String broken = "{ node { if (env.DTK_ARCH == 'aarch64') { error 'no agent' }\n" + pushAnyImage() + " } }";
        String whole = "{ node { echo \"building ${env.DTK_TAG}\"\n" + pushAnyImage() + " } }";
        site.run(matrix("nights") + build("nights", "") + broken);

        Ended second = site.run(matrix("nights") + build("nights", "") + whole);
        Ended third = site.run(matrix("nights") + build("nights", "") + whole);

        assertThat(second.result()).as(second.log()).isEqualTo(Result.SUCCESS);
        assertThat(second.log())
                .contains("building 5.14.0-427.61.1.el9_4.aarch64")
                .doesNotContain(".x86_64");
        assertThat(third.log()).contains("quay.io/acme/nights lacks nothing").doesNotContain("building 5");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            a range that is none             | dtkMatrix(releases: '4.x')                                        | not a range of releases: '4.x'
            an unknown architecture          | dtkMatrix(architectures: ['sparc'])                               | unknown architecture 'sparc'
            an unknown channel               | dtkMatrix(channel: 'beta')                                        | not a channel: 'beta'
            a release that does not exist    | dtkMatrix(releases: '4.14.99', pullSecretId: 'openshift-pull-secret') | release 4.14.99 does not exist
            no credential of that ID         | dtkMatrix(pullSecretId: 'nope')                                   | there is no credential with the ID 'nope'
            a pull secret that is no JSON    | dtkMatrix(pullSecretId: 'rhsm-org')                               | credential 'rhsm-org'
            an image with a tag              | dtkMatrix(image: 'quay.io/acme/dtk:latest')                       | with a tag or digest
            an image without a host          | dtkTagExists(image: 'acme/dtk', tag: 'x')                         | 'image' is not an image reference
            a tag that is none               | dtkTagExists(image: 'quay.io/acme/dtk', tag: 'a b')               | which is no image tag
            a registry that is not there     | dtkTagExists(image: '127.0.0.1:1/acme/dtk', tag: 'x')             | cannot connect to 127.0.0.1:1
            a login that is refused          | dtkTagExists(image: 'quay.io/acme/dtk', tag: 'x', registryCredentialsId: 'wrong') | refused the credentials
            a user and password that is none | dtkTagExists(image: 'quay.io/acme/dtk', tag: 'x', registryCredentialsId: 'rhsm-org') | is of the wrong kind
            no matrix                        | dtkBuild(matrix: [:], image: 'quay.io/acme/dtk') { }              | it has no list 'versions'
            a matrix of another library      | dtkBuild(matrix: [versions: [[rhel: '9.2', kernel: '5.14.0-284.45.1.el9_2', archs: 'linux/amd64', baseImage: 'quay.io/a/b:1']]], image: 'quay.io/acme/dtk') { } | does not say what the library lacks
            half of the RHSM credentials     | dtkBuild(matrix: [versions: []], image: 'quay.io/acme/dtk', rhsmOrgId: 'rhsm-org') { } | go together
            an unknown builder               | dtkBuild(matrix: [versions: []], image: 'quay.io/acme/dtk', builder: 'kaniko') { } | use podman, buildah or docker
            two ways to a subscription       | dtkBuild(matrix: [versions: []], image: 'quay.io/acme/dtk', rhsmOrgId: 'a', rhsmActivationKeyId: 'b', rhsmCertificateId: 'c') { } | rhsmOrgId and rhsmCertificateId exclude each other
            a certificate that is none       | dtkBuild(matrix: [versions: []], image: 'quay.io/acme/dtk', rhsmCertificateId: 'rhsm-org') { } | rhsmCertificateId: credential 'rhsm-org' holds no certificate with its private key in PEM
            a run's system and a certificate | dtkBuild(matrix: [versions: []], image: 'quay.io/acme/dtk', rhsm: 'per-run', rhsmCertificateId: 'c') { } | rhsm: 'per-run' and rhsmCertificateId exclude each other
            a run's system without a key     | dtkBuild(matrix: [versions: []], image: 'quay.io/acme/dtk', rhsm: 'per-run') { } | give it rhsmOrgId and rhsmActivationKeyId
            an unknown way to register       | dtkBuild(matrix: [versions: []], image: 'quay.io/acme/dtk', rhsm: 'once') { } | use per-image or per-run
            an extra package that is none    | dtkBuild(matrix: [versions: []], image: 'quay.io/acme/dtk', extraPackages: '-y') { } | 'extraPackages' has the item '-y'
            an unknown way to rebuild        | dtkBuild(matrix: [versions: []], image: 'quay.io/acme/dtk', rebuild: 'always') { } | use one of missing, stale, all
            a limit below zero               | dtkBuild(matrix: [versions: []], image: 'quay.io/acme/dtk', limit: -1) { } | 'limit' is -1
            an unknown policy                | dtkBuild(matrix: [versions: []], image: 'quay.io/acme/dtk', incomplete: 'drop') { } | use publish or hold
            an unknown outcome of failures   | dtkBuild(matrix: [versions: []], image: 'quay.io/acme/dtk', onFailure: 'ignore') { } | use unstable or failure
            """)
    void aMistakeGetsOneLineThatSaysWhatIsWrong(String what, String call, String message) throws IOException {
        Ended run = site.run(call, Map.of("wrong", "pusher:not-the-password"));

        assertThat(run.result()).isEqualTo(Result.FAILURE);
        assertThat(run.error()).contains(message);
        assertThat(run.log()).doesNotContain("\tat ").doesNotContain("not-the-password");
    }

    static String matrix(String image) {
        return MATRIX.replace("IMAGE", image);
    }

    static String build(String image, String more) {
        return "dtkBuild(matrix: matrix, image: 'quay.io/acme/" + image + "', registryCredentialsId: 'quay-push',"
                + " rhsmOrgId: 'rhsm-org', rhsmActivationKeyId: 'rhsm-activation-key'" + more + ")\n";
    }

    /**
     * Any image of the right platform will do: what is in it is the business of other tests. A second try, as the
     * builder has more of them: a registry may answer 500 where two branches push the same layer at the same moment.
     */
    static String pushAnyImage() {
        String push =
                "skopeo copy -q --src-tls-verify=false --dest-tls-verify=false --override-arch ${DTK_PLATFORM#linux/}"
                        + " --src-creds \"$DTK_REGISTRY_USER:$DTK_REGISTRY_PASSWORD\""
                        + " --dest-creds \"$DTK_REGISTRY_USER:$DTK_REGISTRY_PASSWORD\""
                        + " docker://$DTK_BASE_IMAGE docker://$DTK_IMAGE:$DTK_TAG";
        return "sh '" + push + " || { sleep 1; " + push + "; }'";
    }

    @Test
    void someFailuresMakeTheBuildUnstableAndTheResultNamesEachReason() throws IOException {
        Ended run = site.run(
                matrix("reasons") + "def result = " + build("reasons", "")
                        + "{ node { if (env.DTK_TAG == '5.14.0-427.61.1.el9_4.aarch64') {"
                        + " sh 'echo \"dtk: failed: the disk is full: free space on this agent\"; exit 1' }\n"
                        + pushAnyImage() + " } }\n"
                        + "def arm = result.kernels.find { it.kernel == '5.14.0-427.61.1.el9_4' }.archs['linux/arm64']\n"
                        + "echo \"${result.built} built, ${result.failed} failed: ${arm.status}, ${arm.reason}, ${arm.duration > 0}\"");

        assertThat(run.result()).as(run.log()).isEqualTo(Result.UNSTABLE);
        assertThat(run.log())
                .contains("3 built, 1 failed: failed, the disk is full: free space on this agent, true")
                .contains("dtk: warning: 5.14.0-427.61.1.el9_4.aarch64: the disk is full");
    }

    @Test
    void aStepThatNeedsAnAgentSaysSoInEachBranch() throws IOException {
        Ended run = site.run(matrix("nowhere") + build("nowhere", "") + "{ dtkImage() }");

        assertThat(run.error())
                .contains(
                        "Perhaps you forgot to surround the dtkImage step with a step that provides this, such as: node")
                .doesNotContain("class hudson");
    }

    @Test
    void aDtkBuildInAnotherIsRefused() throws IOException {
        Ended run = site.run(matrix("nested") + build("nested", "") + "{ " + build("nested", "") + "{ } }");

        assertThat(run.error())
                .endsWith(": dtkBuild stands in the block of another dtkBuild; call one after the other");
    }

    @Test
    void aKernelThatLacksAnArchitectureIsHeldBackAndPublishedByTheNightThatCompletesIt() throws IOException {
        String build = "def result = " + build("held", ", incomplete: 'hold'");
        String print = "echo result.kernels.collect { \"${it.kernel} is ${it.index}\" }.join(', ')\n";
        Ended first = site.run(matrix("held") + build
                + "{ node { if (env.DTK_TAG == '5.14.0-427.61.1.el9_4.aarch64') { error 'no agent' }\n"
                + pushAnyImage() + " } }\n" + print
                + "echo \"there: ${dtkTagExists(image: 'quay.io/acme/held', tag: '5.14.0-427.61.1.el9_4',"
                + " registryCredentialsId: 'quay-push')}\"");
        Ended second = site.run(matrix("held") + build + "{ node { echo \"building ${env.DTK_TAG}\"\n" + pushAnyImage()
                + " } }\n" + print);

        assertThat(first.result()).as(first.log()).isEqualTo(Result.UNSTABLE);
        assertThat(first.log())
                .contains("5.14.0-284.45.1.el9_2 is published, 5.14.0-427.61.1.el9_4 is held")
                .contains("there: false");
        assertThat(second.result()).as(second.log()).isEqualTo(Result.SUCCESS);
        assertThat(second.log())
                .contains("building 5.14.0-427.61.1.el9_4.aarch64", "5.14.0-427.61.1.el9_4 is published")
                .doesNotContain("building 5.14.0-427.61.1.el9_4.x86_64");
    }

    @Test
    void imagesThatBringNoListOfPackagesAlongAreLeftAsTheyAreAndCounted() throws IOException {
        Ended run = site.run(matrix("lists") + build("lists", ", sbom: true") + "{ node {\n" + pushAnyImage() + " } }");

        assertThat(run.result()).as(run.log()).isEqualTo(Result.SUCCESS);
        assertThat(run.log()).contains("dtk: lists of packages are attached to 0 of 2 images of 5.14.0-427.61.1.el9_4");
    }

    @Test
    void whatCannotBeFollowedInAFileOfMirrorsIsSaidOnceInEachRun() throws IOException {
        String asked = "dtkTagExists(image: 'quay.io/acme/mirrored', tag: 'x', registryCredentialsId: 'quay-push')\n";
        site.mirror("[[registry]]\nlocation = \"quay.io/a\"\n[[registry.mirror]]\npull-from-mirror = \"all\"\n");
        try {
            for (Ended run : List.of(site.run(asked + asked), site.run(asked))) {
                assertThat(run.result()).as(run.log()).isEqualTo(Result.SUCCESS);
                assertThat(run.log().lines().filter(line -> line.startsWith("dtk: warning: registry mirrors: ")))
                        .as(run.log())
                        .singleElement()
                        .asString()
                        .endsWith("a mirror of 'quay.io/a' without a location is passed over");
            }
        } finally {
            site.mirror(null);
        }
    }

    @Test
    void theResultNamesWhatASignerOfTheIndexesNeeds() throws IOException {
        Ended run = site.run(matrix("signed") + "def result = " + build("signed", "") + "{ node {\n" + pushAnyImage()
                + " } }\n"
                + "node { for (kernel in result.kernels.findAll { it.index == 'published' }) {\n"
                + "sh \"echo cosign sign ${result.image}@${kernel.digest}\" } }");

        assertThat(run.log()
                        .lines()
                        .filter(line -> line.matches("cosign sign quay.io/acme/signed@sha256:[0-9a-f]{64}")))
                .as(run.log())
                .hasSize(2)
                .allMatch(line -> run.log().contains(" (" + line.substring(line.indexOf("sha256:")) + ")"));
    }
}
