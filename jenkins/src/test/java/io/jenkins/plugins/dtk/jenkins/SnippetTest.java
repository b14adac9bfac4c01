package io.jenkins.plugins.dtk.jenkins;

import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the Snippet Generator writes for a step is the shortest pipeline that gives this step again. */
class SnippetTest extends JenkinsTest {

    private SnippetizerTester snippets;

    @BeforeAll
    void snippets() {
        snippets = new SnippetizerTester(jenkins);
    }

    @Test
    void dtkMatrix() throws Exception {
        snippets.assertRoundTrip(new DtkMatrixStep(), "dtkMatrix()");
        DtkMatrixStep step = new DtkMatrixStep();
        step.setReleases("4.14+");
        step.setArchitectures(List.of("x86_64"));
        step.setPullSecretId("openshift-pull-secret");
        step.setImage("quay.io/acme/driver-toolkit");
        step.setPreReleases(true);
        snippets.assertRoundTrip(
                step,
                "dtkMatrix architectures: ['x86_64'], image: 'quay.io/acme/driver-toolkit', preReleases: true,"
                        + " pullSecretId: 'openshift-pull-secret', releases: '4.14+'");
    }

    @Test
    void dtkTagExists() throws Exception {
        DtkTagExistsStep step = new DtkTagExistsStep("quay.io/acme/driver-toolkit", "5.14.0-427.61.1.el9_4");
        snippets.assertRoundTrip(
                step, "dtkTagExists image: 'quay.io/acme/driver-toolkit', tag: '5.14.0-427.61.1.el9_4'");
        step.setPlatforms(List.of("linux/amd64", "linux/arm64"));
        step.setRegistryCredentialsId("quay-push");
        snippets.assertRoundTrip(
                step,
                "dtkTagExists image: 'quay.io/acme/driver-toolkit', platforms: ['linux/amd64', 'linux/arm64'],"
                        + " registryCredentialsId: 'quay-push', tag: '5.14.0-427.61.1.el9_4'");
    }

    @Test
    void dtkVerify() throws Exception {
        snippets.assertRoundTrip(new DtkVerifyStep(), "dtkVerify()");
        DtkVerifyStep step = new DtkVerifyStep();
        step.setReleases("4.14+");
        step.setArchitectures(List.of("x86_64", "aarch64"));
        step.setPullSecretId("openshift-pull-secret");
        step.setImage("quay.io/acme/driver-toolkit");
        step.setOnMismatch("unstable");
        snippets.assertRoundTrip(
                step,
                "dtkVerify architectures: ['x86_64', 'aarch64'], image: 'quay.io/acme/driver-toolkit',"
                        + " onMismatch: 'unstable', pullSecretId: 'openshift-pull-secret', releases: '4.14+'");
    }

    @Test
    void dtkReport() throws Exception {
        snippets.assertRoundTrip(new DtkReportStep(), "dtkReport()");
    }

    @Test
    void dtkBuild() throws Exception {
        DtkBuildStep step = new DtkBuildStep(Map.of("versions", List.of()), "quay.io/acme/driver-toolkit");
        step.setRegistryCredentialsId("quay-push");
        snippets.assertRoundTrip(
                step,
                "dtkBuild(image: 'quay.io/acme/driver-toolkit', matrix: [versions: []],"
                        + " registryCredentialsId: 'quay-push') {\n    // some block\n}");
        step.setRegistryCredentialsId(null);
        step.setFailFast(true);
        step.setLimit(50);
        step.setRebuild("stale");
        step.setEmulate(true);
        step.setOnFailure("failure");
        step.setRhsm("per-run");
        snippets.assertRoundTrip(
                step,
                "dtkBuild(emulate: true, failFast: true, image: 'quay.io/acme/driver-toolkit', limit: 50,"
                        + " matrix: [versions: []], onFailure: 'failure', rebuild: 'stale',"
                        + " rhsm: 'per-run') {\n    // some block\n}");
    }

    @Test
    void dtkImage() throws Exception {
        snippets.assertRoundTrip(new DtkImageStep(), "dtkImage()");
    }
}
