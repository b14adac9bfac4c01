package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.dtk.demo.OpenShiftWorld;
import io.jenkins.plugins.dtk.demo.StandInBase;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.testing.Commands;
import io.jenkins.plugins.dtk.testing.ModuleSources;
import io.jenkins.plugins.dtk.testing.Parts;
import io.jenkins.plugins.dtk.testing.RealKernel;
import io.jenkins.plugins.dtk.testing.SecretSearch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** On an agent in a process of its own, with podman, gcc and a module that is compiled for Debian's kernel. */
@DisplayName("The images of a driver in a real Jenkins")
class DriverJobTest {

    private static final String GOOD = "5.14.0-427.61.1.el9_4.x86_64";
    private static final String BROKEN = "5.14.0-427.26.1.el9_4.x86_64";

    private static final String CONTAINERFILE =
            """
            ARG DTK_AUTO
            FROM ${DTK_AUTO} AS builder
            FROM scratch
            ARG KERNEL_FULL_VERSION
            COPY acme.ko /opt/lib/modules/${KERNEL_FULL_VERSION}/extra/
            """;

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension().withTimeout(1800);

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @TempDir
    private Path folder;

    @AutoClose
    private OpenShiftSite site;

    @BeforeEach
    void start() throws Throwable {
        Parts.need("podman", "docker-registry", "gcc");
        RealKernel kernel = RealKernel.standard();
        Path source = Files.createDirectories(folder.resolve("source"));
        RealKernel.sources(source, "acme", ModuleSources.SIMPLE);
        kernel.compile(source);
        Files.writeString(source.resolve("Containerfile"), CONTAINERFILE);
        Files.writeString(source.resolve("old.c"), "int acme(void)\n{\n    return not_in_this_kernel;\n}\n");
        Path program = Files.writeString(folder.resolve("program"), "no program");
        site = new OpenShiftSite(
                folder,
                StandInBase.of(Map.of(Architecture.X86_64, program, Architecture.AARCH64, program)),
                OpenShiftWorld.of("4.16.3", "4.18.6").withToolkitsFor("5.14.0-427.13.1.el9_4"));
        toolkit(kernel, GOOD);
        toolkit(kernel, BROKEN);
        AgentJob.connect(controller, agents);
    }

    /** With the table of Debian's kernel, under the name of another. */
    private void toolkit(RealKernel kernel, String name) throws Exception {
        Path context = Files.createDirectories(folder.resolve("toolkit"));
        Files.copy(
                kernel.headers().resolve("Module.symvers"),
                context.resolve("symvers"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(
                context.resolve("Containerfile"),
                "FROM scratch\nCOPY symvers /usr/src/kernels/" + name + "/Module.symvers\nLABEL kernel-version=" + name
                        + "\n");
        String image = site.registry().address() + "/acme/driver-toolkit:" + name;
        podman("build", "--tag", image, context.toString());
        podman("push", "--tls-verify=false", "--creds", SiteSetup.USER + ":" + site.setup().password(), image);
        podman("rmi", image);
    }

    private void podman(String... arguments) throws Exception {
        String[] command = new String[arguments.length + 4];
        command[0] = "env";
        command[1] = "CONTAINERS_STORAGE_CONF=" + Storage.in(folder);
        command[2] = "BUILDAH_ISOLATION=chroot";
        command[3] = "podman";
        System.arraycopy(arguments, 0, command, 4, arguments.length);
        Commands.run(command);
    }

    /** The vendor's own compiler fails on one kernel. */
    private String script() throws Exception {
        return """
                def matrix = dtkMatrix(releases: '4.16+', architectures: ['x86_64'], image: 'quay.io/acme/acme-nic',
                                       pullSecretId: 'openshift-pull-secret', version: '3.0.0',
                                       toolkit: ['release', 'quay.io/acme/driver-toolkit'], tag: ['{version}-{kernel}'])
                def result = dtkBuild(matrix: matrix, image: 'quay.io/acme/acme-nic', registryCredentialsId: 'quay-push',
                                      pullSecretId: 'openshift-pull-secret') {
                    node('podman') {
                        sh 'cp -r %1$s/. .'
                        if (env.DTK_KERNEL_FULL == '%2$s') { sh 'gcc -c old.c' }
                        withEnv(['CONTAINERS_STORAGE_CONF=%3$s', 'BUILDAH_ISOLATION=chroot']) {
                            dtkImage(context: '.', fit: 'symbols')
                        }
                    }
                }
                result.kernels.each { k -> k.archs.each { echo "${k.kernel}: ${it.value.outcome}, known ${it.value.known}" } }
                """
                .formatted(folder.resolve("source"), BROKEN, Storage.in(folder));
    }

    @Test
    @DisplayName("a compile error is news in the first night; the next is green, and lists it")
    void nights() throws Throwable {
        controller.runRemotely(AgentJob::start, site.setup(), script());
        String first = controller.runRemotely(DriverJobTest::unstableEnd);
        String second = controller.runRemotely(DriverJobTest::nextNight);
        String page = controller.runRemotely(DriverJobTest::page);

        assertThat(first)
                .contains("dtk: warning: " + BROKEN + ": old.c:3:12: error: ")
                .contains(GOOD + " is 3.0.0-" + GOOD)
                .contains("5.14.0-427.26.1.el9_4: does not compile, known false");
        assertThat(second)
                .contains("nothing to build, does not compile (known) 1")
                .contains("5.14.0-427.26.1.el9_4: does not compile, known true")
                .doesNotContain("Running on");
        assertThat(page).contains("5.14.0-427.26.1.el9_4", "does not compile", "old.c:3:12: error:");
        assertThat(first + second).doesNotContain(site.setup().all());
        assertThat(new SecretSearch(site.setup().cores())
                        .filesWithSecrets(controller.getHome().toPath()))
                .isEmpty();
    }

    @Test
    @DisplayName("a controller that is killed in the middle answers whether the modules fit when it is back")
    void killed() throws Throwable {
        controller.runRemotely(AgentJob::start, site.setup(), script());
        controller.runRemotely(AgentJob::awaitAnImageInTheMaking);
        controller.stopJenkinsForcibly();
        assertThat(agents.isAlive(AgentJob.AGENT)).isTrue();
        controller.startJenkins();

        assertThat(controller.runRemotely(DriverJobTest::unstableEnd)).contains(GOOD + " is 3.0.0-" + GOOD);
    }

    private static String unstableEnd(JenkinsRule jenkins) throws Throwable {
        WorkflowRun run = jenkins.waitForCompletion(AgentJob.run(jenkins, 1));
        jenkins.assertBuildStatus(Result.UNSTABLE, run);
        return JenkinsRule.getLog(run);
    }

    private static String nextNight(JenkinsRule jenkins) throws Throwable {
        return JenkinsRule.getLog(jenkins.buildAndAssertSuccess(AgentJob.job(jenkins)));
    }

    private static String page(JenkinsRule jenkins) throws Throwable {
        try (JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            return client.getPage(AgentJob.run(jenkins, 2), "driver-toolkit").asNormalizedText();
        }
    }
}
