package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.model.ItemGroup;
import hudson.model.Label;
import hudson.model.Node;
import hudson.security.ACL;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.SecretSource;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The files of docs/example-controller, as they stand, make a controller that has all that the example job names. */
@WithJenkins
class ExampleControllerTest {

    private static final String EXAMPLE = "/io/jenkins/plugins/dtk/jenkins/example-controller/";

    @Test
    void hasTheAgentsTheCredentialsTheConfigurationAndTheJob(JenkinsRule jenkins) throws Exception {
        ConfigurationAsCode.get()
                .configure(ExampleControllerTest.class
                        .getResource(EXAMPLE + "jenkins.yaml")
                        .toString());
        WorkflowJob job;
        try (InputStream config =
                ExampleControllerTest.class.getResourceAsStream(EXAMPLE + "jobs/driver-toolkit/config.xml")) {
            job = (WorkflowJob) jenkins.jenkins.createProjectFromXML("driver-toolkit", config);
        }

        assertThat(((CpsFlowDefinition) job.getDefinition()).getScript()).isEqualToIgnoringWhitespace(example());
        for (String architecture : List.of("x86_64", "aarch64")) {
            assertThat(Label.parseExpression("podman && " + architecture).getNodes())
                    .as(architecture)
                    .extracting(Node::getNumExecutors)
                    .containsExactly(2);
        }
        assertThat(credentials(StringCredentials.class))
                .extracting(StringCredentials::getId, secret -> secret.getSecret().getPlainText())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("openshift-pull-secret", "the OPENSHIFT_PULL_SECRET"),
                        org.assertj.core.groups.Tuple.tuple("rhsm-org", "the RHSM_ORG"),
                        org.assertj.core.groups.Tuple.tuple("rhsm-activation-key", "the RHSM_ACTIVATION_KEY"));
        assertThat(credentials(StandardUsernamePasswordCredentials.class))
                .singleElement()
                .satisfies(login -> {
                    assertThat(login.getId()).isEqualTo("quay-push");
                    assertThat(login.getUsername()).isEqualTo("the REGISTRY_USER");
                });
        assertThat(DtkConfiguration.get().getChannel()).isEqualTo("stable");
        assertThat(DtkConfiguration.get().getRequestsPerSecond()).isEqualTo("20");
    }

    private static <C extends com.cloudbees.plugins.credentials.common.IdCredentials> List<C> credentials(
            Class<C> type) {
        return CredentialsProvider.lookupCredentialsInItemGroup(
                type, (ItemGroup<?>) jenkins.model.Jenkins.get(), ACL.SYSTEM2, List.of());
    }

    private static String example() throws Exception {
        try (InputStream in = ExampleControllerTest.class.getResourceAsStream("Jenkinsfile.example")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Stands in for the place where a controller has its secrets. */
    @TestExtension
    public static final class Secrets extends SecretSource {
        @Override
        public Optional<String> reveal(String secret) {
            return Optional.of("the " + secret);
        }
    }
}
