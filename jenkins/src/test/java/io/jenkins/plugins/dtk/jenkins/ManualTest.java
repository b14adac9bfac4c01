package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import groovy.lang.GroovyShell;
import hudson.model.Result;
import hudson.tasks.Mailer;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousStepExecution;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * What the manual shows does what it says: in the sandbox, with the steps of other plugins. Only the build of an image
 * is another: one that takes no time, and fails for aarch64.
 */
class ManualTest extends SiteTest {

    private static final Path MANUAL = Path.of("..", "docs");

    @TempDir
    private static Path folder;

    ManualTest() {
        super("4.17.22");
    }

    @BeforeAll
    void agent() throws Exception {
        jenkins.jenkins.setLabelString("podman x86_64 aarch64");
    }

    @Test
    void failedImagesAreMailedAndPostedWithTheirReasons() throws Exception {
        try (MailServer mails = new MailServer()) {
            mails.use(Mailer.descriptor());
            Slack.MESSAGES.clear();
            WorkflowRun run = run("mail", afterABuild(0, "mailed"));

            jenkins.assertBuildStatus(Result.UNSTABLE, run);
            assertThat(mails.received())
                    .contains("Subject: Driver Toolkit: mail #1", "5.14.0-427.61.1.el9_4 linux/arm64 on ")
                    .contains("job/mail/1/driver-toolkit/");
            assertThat(Slack.MESSAGES).singleElement().asString().startsWith("mail #1: http");
        }
    }

    @Test
    void aDeclarativePipelineSaysInItsPostHowManyImagesFailed() throws Exception {
        Slack.MESSAGES.clear();
        WorkflowRun run = run("post", afterABuild(1, "posted"));

        jenkins.assertBuildStatus(Result.UNSTABLE, run);
        assertThat(Slack.MESSAGES).singleElement().asString().startsWith("1 images failed, 1 were built: http");
    }

    @Test
    void aBuildHasADescriptionTestResultsAndATableOfItsImages() throws Exception {
        String report = afterABuild(3, "described")
                .replaceAll("(?m)^ *junit .*$", "archiveArtifacts artifacts: 'driver-toolkit.xml'");
        WorkflowRun run = run(
                "described",
                Scripts.matrix("quay.io/acme/described") + report + example("after-a-build.md", "groovy", 2));

        jenkins.assertBuildStatus(Result.UNSTABLE, run);
        assertThat(run.getDescription()).isEqualTo("quay.io/acme/described: 1 failed, 1 built");
        assertThat(artifact(run, "driver-toolkit.md"))
                .contains("| 5.14.0-427.61.1.el9\\_4 | 4.17.22 | built | failed: no space left | published |");
        assertThat(artifact(run, "driver-toolkit.xml"))
                .contains("name=\"5.14.0-427.61.1.el9_4.aarch64\"", "message=\"failed: no space left\"");
    }

    private static String artifact(WorkflowRun run, String name) throws Exception {
        try (InputStream content = run.getArtifactManager().root().child(name).open()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theConfigurationAsCodeIsRead() throws Exception {
        SiteSetup setup = site.setup();
        Path file = Files.writeString(folder.resolve("jenkins.yaml"), example("install.md", "yaml", 0));
        ConfigurationAsCode.get().configure(file.toString());

        DtkConfiguration configuration = DtkConfiguration.get();
        assertThat(configuration.getChannel()).isEqualTo("stable");
        assertThat(configuration.getRegistryLocations())
                .containsExactly(
                        "quay.io=mirror.example.com/quay", "registry.access.redhat.com=mirror.example.com/redhat");
        assertThat(configuration.getUnverifiedTlsRegistries()).containsExactly("lab.example.com:5000");
        setup.apply();
    }

    @Test
    void theJenkinsForContributorsHasAJobToLookAtAndTheExample() throws Exception {
        Path home = jenkins.jenkins.getRootDir().toPath();
        Files.copy(Path.of("..", "Jenkinsfile.example"), home.resolve("Jenkinsfile.example"));
        new GroovyShell(jenkins.jenkins.getPluginManager().uberClassLoader)
                .evaluate(Path.of("src", "run", "init.groovy.d", "exampleJobs.groovy")
                        .toFile());
        site.setup().apply();

        assertThat(jenkins.jenkins.getItem("driver-toolkit")).isInstanceOf(WorkflowJob.class);
        jenkins.waitUntilNoActivity();
        WorkflowRun run = jenkins.jenkins
                .getItemByFullName("look", WorkflowJob.class)
                .getBuildByNumber(1);
        assertThat(JenkinsRule.getLog(run)).contains("5.14.0-570.122.1.el9_6.x86_64 would be built", "localhost:5000");
    }

    private static String afterABuild(int number, String library) throws Exception {
        return example("after-a-build.md", "groovy", number)
                .replace("acme/driver-toolkit'", "acme/" + library + "'")
                .replace(
                        "dtkImage()",
                        "if (env.DTK_ARCH == 'aarch64') { error 'no space left' }\n" + Scripts.PUSH);
    }

    private static String example(String page, String language, int number) throws Exception {
        List<MatchResult> blocks = Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$")
                .matcher(Files.readString(MANUAL.resolve(page)))
                .results()
                .toList();
        return blocks.get(number).group(1);
    }

    /** The step of the Slack plugin, with the parameters that the manual gives it. */
    public static final class Slack extends Step {
        static final Queue<String> MESSAGES = new ConcurrentLinkedQueue<>();

        private String message;

        @DataBoundConstructor
        public Slack() {}

        @DataBoundSetter
        public void setChannel(String channel) {}

        @DataBoundSetter
        public void setColor(String color) {}

        @DataBoundSetter
        public void setMessage(String message) {
            this.message = message;
        }

        @Override
        public StepExecution start(StepContext context) {
            return new Execution(context, message);
        }

        private static final class Execution extends SynchronousStepExecution<Void> implements Serializable {
            private static final long serialVersionUID = 1L;
            private final String message;

            Execution(StepContext context, String message) {
                super(context);
                this.message = message;
            }

            @Override
            protected Void run() {
                MESSAGES.add(message);
                return null;
            }
        }

        @TestExtension
        public static final class DescriptorImpl extends StepDescriptor {
            @Override
            public String getFunctionName() {
                return "slackSend";
            }

            @Override
            public Set<? extends Class<?>> getRequiredContext() {
                return Set.of();
            }
        }
    }
}
