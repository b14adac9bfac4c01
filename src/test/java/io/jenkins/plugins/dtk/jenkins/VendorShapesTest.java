package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.demo.OpenShiftWorld;
import io.jenkins.plugins.dtk.embedded.RunOutcome.Result;
import io.jenkins.plugins.dtk.jenkins.PipelineSite.Ended;
import io.jenkins.plugins.dtk.plan.BuildAgent;
import io.jenkins.plugins.dtk.testing.ModuleSources;
import io.jenkins.plugins.dtk.testing.Parts;
import io.jenkins.plugins.dtk.testing.RealKernel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of docs/vendors.md, each with a Containerfile of our own that takes the arguments of the vendor's. */
@DisplayName("The drivers of vendors, as their page has them")
class VendorShapesTest {

    private static final String KERNEL = "5.14.0-427.61.1.el9_4.x86_64";

    @TempDir
    private static Path folder;

    private static PipelineSite site;
    private static BuildAgent agent;
    private static String page;

    @BeforeAll
    static void start() throws Exception {
        Parts.need("docker-registry", "skopeo", "podman", "gcc");
        page = Files.readString(Path.of("docs/vendors.md"));
        site = new PipelineSite(folder, OpenShiftWorld.of("4.18.6").withToolkitsFor("5.14.0-427.13.1.el9_4"));
        agent = BuildAgent.forLargeImages(Files.createDirectories(folder.resolve("agent")));
        RealKernel kernel = RealKernel.standard();
        Path source = Files.createDirectories(folder.resolve("source"));
        RealKernel.sources(source, "acme", ModuleSources.SIMPLE);
        kernel.compile(source);
        Files.writeString(Files.createDirectories(source.resolve("sources")).resolve("ofed"), "sources");
        toolkit(kernel);
        site.agent(agent.storage(), source);
    }

    /** With the table of Debian's kernel, under the name of another. */
    private static void toolkit(RealKernel kernel) throws Exception {
        Path context = Files.createDirectories(folder.resolve("toolkit"));
        Files.copy(kernel.headers().resolve("Module.symvers"), context.resolve("symvers"));
        Files.writeString(
                context.resolve("Containerfile"),
                "FROM scratch\nCOPY symvers /usr/src/kernels/" + KERNEL
                        + "/Module.symvers\nCOPY Containerfile /toolkit\n" + "LABEL kernel-version=" + KERNEL + "\n");
        String image = site.registry().address() + "/acme/driver-toolkit:" + KERNEL;
        agent.run("podman", "build", "--tag", image, context.toString());
        agent.run("podman", "push", "--tls-verify=false", "--creds=" + login(), image);
        agent.run("podman", "rmi", image);
    }

    @AfterAll
    static void stop() throws Exception {
        if (site != null) {
            site.close();
        }
        if (agent != null) {
            agent.run("podman", "rmi", "--all", "--force");
        }
    }

    private static String login() {
        return PipelineSite.USER + ":" + PipelineSite.PASSWORD;
    }

    /** The vendor's toolkit argument, then those that its build says what it got of. */
    private static String containerfile(String toolkit, String arguments) {
        StringBuilder steps = new StringBuilder("ARG " + toolkit + "\nFROM ${" + toolkit + "} AS toolkit\n");
        steps.append("FROM scratch AS precompiled\nARG KERNEL_FULL_VERSION\n");
        StringBuilder said = new StringBuilder();
        for (String argument : arguments.split(" ")) {
            steps.append("ARG ").append(argument).append('\n');
            said.append(" ${").append(argument).append('}');
        }
        steps.append("COPY acme.ko /opt/lib/modules/${KERNEL_FULL_VERSION}/extra/\n")
                .append("COPY --from=toolkit /toolkit /built-in\n")
                .append("LABEL said=\"")
                .append(said.toString().strip())
                .append("\"\n");
        return steps.toString();
    }

    private static String example(String vendor) {
        String section = page.substring(page.indexOf("\n## " + vendor + "\n"));
        String start = "```groovy\n";
        String example = section.substring(section.indexOf(start) + start.length());
        return example.substring(0, example.indexOf("```"));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("get the tags and the build arguments that they use")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            AWS Neuron        | neuron      | DTK_AUTO             | DRIVER_VERSION                                                                | 2.21                                                                 | 2.21-KERNEL
            NVIDIA GPU        | gpu         | DRIVER_TOOLKIT_IMAGE | KERNEL_VERSION KERNEL_VERSION_NOARCH BUILD_ARCH TARGET_ARCH OS_TAG DRIVER_VERSION | KERNEL 5.14.0-427.61.1.el9_4 x86_64 x86_64 rhcos4.18 570.133.20  | 570.133.20-KERNEL-rhcos4.18 570.133.20-KERNEL-rhel9.4
            NVIDIA NIC        | doca-driver | D_BASE_IMAGE         | D_OS D_ARCH D_KERNEL_VER D_DOCA_VERSION D_OFED_VERSION                        | rhcos4.18 x86_64 KERNEL 2.9.1 24.10-1.1.4.0-0                        | doca2.9.1-24.10-1.1.4.0-0-KERNEL-rhcos4.18-amd64
            AMD GPU           | amdgpu      | DTK_AUTO             | KERNEL_VERSION DRIVERS_VERSION RHEL_VERSION REPO_URL SOURCE_IMAGE_REPO        | KERNEL 7.0 9.4 https://repo.radeon.com quay.io/acme/amdgpu-source    | coreos-9.4-KERNEL-7.0
            Intel GPU         | intel-gpu   | DTK_AUTO             | KERNEL_FULL_VERSION                                                           | KERNEL                                                               | 3.0.0-KERNEL 3.0.0-5.14.0-427.61.1.el9_4
            IBM Storage Scale | scale       | DTK_AUTO             | IBM_SCALE KERNEL_FULL_VERSION                                                 | quay.io/acme/scale-sources:5.2.3 KERNEL                              | KERNEL
            """)
    void shape(String vendor, String image, String toolkit, String arguments, String said, String tags)
            throws Exception {
        String steps = containerfile(toolkit, arguments);
        Files.writeString(
                folder.resolve("source/Containerfile"),
                vendor.equals("NVIDIA NIC")
                        ? steps + "COPY --from=sources ofed /ofed\nFROM scratch AS later\n"
                        : steps);

        Ended night = site.run(example(vendor).replace("dtkImage(", "dtkImage(fit: 'symbols', "));
        Ended next = site.run(example(vendor));

        assertThat(night.result()).as(night.log()).isEqualTo(Result.SUCCESS);
        for (String tag : tags.replace("KERNEL", KERNEL).split(" ")) {
            assertThat(agent.run(
                            "skopeo",
                            "inspect",
                            "--tls-verify=false",
                            "--creds=" + login(),
                            "docker://" + site.registry().address() + "/acme/" + image + ":" + tag))
                    .contains("\"said\": \"" + said.replace("KERNEL", KERNEL) + "\"");
        }
        assertThat(next.log()).contains("there 1", "lacks nothing");
    }
}
