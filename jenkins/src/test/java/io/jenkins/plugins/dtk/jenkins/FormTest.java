package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;

/** What is written into a form comes back from it as it was. */
class FormTest extends JenkinsTest {

    private StepConfigTester forms;

    @BeforeAll
    void forms() {
        forms = new StepConfigTester(jenkins);
    }

    @Test
    void aFormThatWasLeftEmptyGivesTheStepWithItsDefaults() throws Exception {
        jenkins.assertEqualDataBoundBeans(new DtkMatrixStep(), forms.configRoundTrip(new DtkMatrixStep()));
        jenkins.assertEqualDataBoundBeans(new DtkVerifyStep(), forms.configRoundTrip(new DtkVerifyStep()));
        jenkins.assertEqualDataBoundBeans(new DtkImageStep(), forms.configRoundTrip(new DtkImageStep()));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "DtkMatrixStep, releases, dtkMatrix(",
        "DtkVerifyStep, releases, dtkVerify(",
        "DtkVerifyStep, onMismatch, dtkVerify(",
        "DtkBuildStep, limit, dtkBuild(",
        "DtkTagExistsStep, platforms, dtkTagExists(",
    })
    void theHelpOfAFieldHasAnExampleAlsoWhereTwoStepsShareIt(String step, String field, String example)
            throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            String address = "descriptor/" + getClass().getPackageName() + "." + step + "/help/" + field;

            assertThat(client.goTo(address).asNormalizedText()).contains(example);
        }
    }

    @Test
    void dtkMatrix() throws Exception {
        DtkMatrixStep step = new DtkMatrixStep();
        step.setReleases("4.14+");
        step.setArchitectures(List.of("aarch64", "s390x"));
        step.setChannel("stable");
        step.setPreReleases(true);
        step.setPullSecretId("openshift-pull-secret");
        step.setImage("quay.io/acme/driver-toolkit");
        step.setRegistryCredentialsId("quay-push");
        step.setBaseImage("registry.example.com/ubi{major}/ubi:{rhel}");
        step.setOnUnreadable("skip");
        step.setDiscovery("tags");
        step.setVerifyLayers(true);

        jenkins.assertEqualDataBoundBeans(step, forms.configRoundTrip(step));
    }

    @Test
    void dtkTagExists() throws Exception {
        DtkTagExistsStep step = new DtkTagExistsStep("quay.io/acme/driver-toolkit", "5.14.0-427.61.1.el9_4");
        step.setPlatforms(List.of("linux/amd64", "linux/arm64"));
        step.setBaseDigest("sha256:0000000000000000000000000000000000000000000000000000000000000000");
        step.setRegistryCredentialsId("quay-push");

        jenkins.assertEqualDataBoundBeans(step, forms.configRoundTrip(step));
    }

    @Test
    void dtkVerify() throws Exception {
        DtkVerifyStep step = new DtkVerifyStep();
        step.setReleases("4.14+");
        step.setArchitectures(List.of("x86_64", "s390x"));
        step.setChannel("stable");
        step.setPreReleases(true);
        step.setPullSecretId("openshift-pull-secret");
        step.setImage("quay.io/acme/driver-toolkit");
        step.setRegistryCredentialsId("quay-push");
        step.setDiscovery("both");
        step.setLibraryOnly(true);
        step.setOnMismatch("unstable");
        step.setOnUnknown("report");

        jenkins.assertEqualDataBoundBeans(step, forms.configRoundTrip(step));
    }

    @Test
    void dtkBuild() throws Exception {
        DtkBuildStep step = new DtkBuildStep("{\"versions\":[]}", "quay.io/acme/driver-toolkit");
        step.setRegistryCredentialsId("quay-push");
        step.setRhsmOrgId("rhsm-org");
        step.setRhsmActivationKeyId("rhsm-activation-key");
        step.setBuilder("buildah");
        step.setRhsmCertificateId("rhsm-certificate");
        step.setRhsm("per-run");
        step.setExtraPackages("elfutils-devel");
        step.setExtraRepositories("https://rpms.example.com/el9/");
        step.setRebuild("stale");
        step.setLimit(50);
        step.setEmulate(true);
        step.setFailFast(true);
        step.setOnFailure("failure");

        jenkins.assertEqualDataBoundBeans(step, forms.configRoundTrip(step));
    }

    @Test
    void theGlobalConfiguration() throws Exception {
        DtkConfiguration configuration = DtkConfiguration.get();
        configuration.setGraphUrl("https://graph.example.com/graph");
        configuration.setReleaseRepository("mirror.example.com/openshift/release");
        configuration.setChannel("stable");
        configuration.setBaseImage("registry.example.com/ubi{major}/ubi:{rhel}");
        configuration.setRequestsPerSecond("20");
        configuration.setRegistryMirrors(List.of("quay.io=mirror.lan:5000/quay"));
        configuration.setPlainHttpRegistries(List.of("a.lan:5000", "b.lan:5000"));
        configuration.setUnverifiedTlsRegistries(List.of("c.lan:5000"));
        configuration.setCacheFolder("/var/cache/driver-toolkit");
        configuration.setRhsmUrl("https://satellite.lan/rhsm");
        configuration.setRegistryLocations(List.of("quay.io=mirror.example.com/quay"));
        String certificate = certificate();
        configuration.setTrustedCertificates(certificate);
        jenkins.configRoundtrip();

        assertThat(DtkConfiguration.get().getGraphUrl()).isEqualTo("https://graph.example.com/graph");
        assertThat(configuration.getReleaseRepository()).isEqualTo("mirror.example.com/openshift/release");
        assertThat(configuration.getChannel()).isEqualTo("stable");
        assertThat(configuration.getBaseImage()).isEqualTo("registry.example.com/ubi{major}/ubi:{rhel}");
        assertThat(configuration.getRegistryMirrors()).containsExactly("quay.io=mirror.lan:5000/quay");
        assertThat(configuration.getRequestsPerSecond()).isEqualTo("20");
        assertThat(configuration.getUnverifiedTlsRegistries()).containsExactly("c.lan:5000");
        assertThat(configuration.getRhsmUrl()).isEqualTo("https://satellite.lan/rhsm");
        assertThat(configuration.getCacheFolder()).isEqualTo("/var/cache/driver-toolkit");
        assertThat(configuration.getPlainHttpRegistries()).containsExactly("a.lan:5000", "b.lan:5000");
        assertThat(configuration.getRegistryLocations()).containsExactly("quay.io=mirror.example.com/quay");
        assertThat(configuration.getTrustedCertificates().lines()).containsExactlyElementsOf(certificate.lines().toList());
    }

    /** The one of the configuration as code. */
    private static String certificate() throws IOException {
        try (InputStream yaml = FormTest.class.getResourceAsStream("configuration-as-code.yaml")) {
            String text = new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
            return text.substring(text.indexOf("-----BEGIN")).replaceAll("(?m)^ +", "").strip();
        }
    }
}
