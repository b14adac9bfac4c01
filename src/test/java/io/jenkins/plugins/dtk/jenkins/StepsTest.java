package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.embedded.RunOutcome.Result;
import io.jenkins.plugins.dtk.jenkins.PipelineSite.Ended;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a pipeline's author sees of the steps, in real pipelines against a real registry. */
class StepsTest extends PipelineTest {

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
