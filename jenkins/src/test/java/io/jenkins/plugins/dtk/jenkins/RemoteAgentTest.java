package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.testing.Parts;
import io.jenkins.plugins.dtk.testing.SecretSearch;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** dtkImage on an agent in a process of its own, that connects to the controller as agents do. */
class RemoteAgentTest {

    private static final String KERNEL = "5.14.0-427.61.1.el9_4";

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension().withTimeout(1200);

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @TempDir
    private Path folder;

    @AutoClose
    private OpenShiftSite site;

    @BeforeEach
    void start() throws Throwable {
        Parts.need("podman", "docker-registry");
        Parts.needArm64();
        site = OpenShiftSite.withShell(folder, "4.17.22");
        AgentJob.connect(controller, agents);
        String script = Scripts.matrix(OpenShiftSite.LIBRARY)
                + Scripts.buildWithoutNode(
                        OpenShiftSite.LIBRARY,
                        """
                        node('podman') {
                            sh 'echo "the key is $RHSM_ACTIVATIONKEY"'
                            withEnv(['CONTAINERS_STORAGE_CONF=%s', 'BUILDAH_ISOLATION=chroot']) {
                                dtkImage()
                            }
                        }
                        """
                                .formatted(Storage.in(folder)));
        controller.runRemotely(AgentJob::start, site.setup(), script);
    }

    @Test
    void anImageIsBuiltThereAndItsSecretsAreMaskedInItsLog() throws Throwable {
        assertEndsWell();
    }

    @Test
    void aControllerThatIsKilledWhileTheAgentBuildsTakesTheWorkOfTheAgentUp() throws Throwable {
        controller.runRemotely(AgentJob::awaitAnImageInTheMaking);
        controller.stopJenkinsForcibly();
        assertThat(agents.isAlive(AgentJob.AGENT)).isTrue();
        controller.startJenkins();

        assertEndsWell();
    }

    private void assertEndsWell() throws Throwable {
        String log = controller.runRemotely(RemoteAgentTest::logOfTheEnd);

        assertThat(log)
                .contains("Running on " + AgentJob.AGENT)
                .contains("the key is ****")
                .containsOnlyOnce(KERNEL + " now has [x86_64, aarch64]")
                .doesNotContain(site.setup().all());
        assertThat(site.rhsm().registrations()).as("each image was built once").isEqualTo(2);
        assertThat(site.rhsm().registered()).as("systems that RHSM still knows").isEmpty();
        assertThat(new SecretSearch(site.setup().cores())
                        .filesWithSecrets(controller.getHome().toPath()))
                .isEmpty();
    }

    private static String logOfTheEnd(JenkinsRule jenkins) throws Throwable {
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(AgentJob.run(jenkins, 1)));
        return JenkinsRule.getLog(AgentJob.run(jenkins, 1));
    }
}
