package io.jenkins.plugins.dtk.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.build.BuildAgent.Outcome;
import io.jenkins.plugins.dtk.demo.DockerRegistry;
import io.jenkins.plugins.dtk.testing.Parts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user gets from the agent script: real podman and buildah, a real registry. */
class AgentScriptBuildTest {

    private static final String KERNEL = "4.18.0-305.40.1.el8_4";

    @TempDir
    static Path siteHome;

    static BuildSite site;

    @TempDir
    Path home;

    @BeforeAll
    static void start() throws Exception {
        Parts.need("podman", "docker-registry", "busybox", "skopeo");
        site = new BuildSite(siteHome);
    }

    @AfterAll
    static void stop() throws Exception {
        if (site != null) {
            site.close();
        }
    }

    @Test
    void pushesTheImageAndSaysItsDigestOnTheLastLine() throws Exception {
        BuildAgent agent = new BuildAgent(home);

        Outcome outcome = agent.build(site.variables());

        String image = site.variables().get("DTK_IMAGE");
        assertThat(outcome.lastLine())
                .as(outcome.output())
                .matches("dtk: pushed \\Q" + image + ":" + KERNEL + ".x86_64\\E@sha256:[0-9a-f]{64}");
        assertThat(outcome.exitCode()).isZero();
        String digest = outcome.lastLine().substring(outcome.lastLine().indexOf('@'));
        assertThat(PushedImage.read(agent, image + digest).labels())
                .isEqualTo(PushedImage.read(agent, image + ":" + KERNEL + ".x86_64")
                        .labels());
        assertThat(agent.leftovers()).isEmpty();
    }

    @Test
    void labelsTellTheKernelAndWhatTheImageStandsOn() throws Exception {
        BuildAgent agent = new BuildAgent(home);
        Map<String, String> variables = site.variables();

        PushedImage image = built(agent, variables);

        assertThat(image.architecture()).isEqualTo("amd64");
        assertThat(image.labels())
                .containsEntry("name", "driver-toolkit")
                .containsEntry("kernel-version", KERNEL + ".x86_64")
                .containsEntry("kernel-rt-version", "4.18.0-305.40.1.rt7.112.el8_4.x86_64")
                .containsEntry("org.opencontainers.image.version", KERNEL)
                .containsEntry("org.opencontainers.image.base.name", variables.get("DTK_BASE_IMAGE"))
                .containsEntry("org.opencontainers.image.base.digest", variables.get("DTK_BASE_DIGEST"))
                .containsEntry("io.jenkins.plugins.dtk.rhel-version", "8.4")
                .containsEntry("io.jenkins.plugins.dtk.openshift-releases", "4.8.36,4.9.27");
        assertThat(image.annotations())
                .containsEntry("org.opencontainers.image.base.name", variables.get("DTK_BASE_IMAGE"))
                .containsEntry("org.opencontainers.image.base.digest", variables.get("DTK_BASE_DIGEST"));
    }

    @Test
    void theLastLayerTellsTheKernelsAsUnamePrintsThem() throws Exception {
        PushedImage image = built(new BuildAgent(home), site.variables());

        assertThat(image.inLastLayer("etc/driver-toolkit-release.json"))
                .isEqualTo(
                        "{ \"KERNEL_VERSION\": \"4.18.0-305.40.1.el8_4.x86_64\","
                                + " \"RT_KERNEL_VERSION\": \"4.18.0-305.40.1.rt7.112.el8_4.x86_64\", \"RHEL_VERSION\": \"8.4\" }");
        assertThat(image.inLastLayer("etc/driver-toolkit-release.sh"))
                .isEqualTo("KERNEL_VERSION=\"4.18.0-305.40.1.el8_4.x86_64\"\n"
                        + "RT_KERNEL_VERSION=\"4.18.0-305.40.1.rt7.112.el8_4.x86_64\"\nRHEL_VERSION=\"8.4\"");
    }

    @Test
    void nothingOfTheRegistrationStaysInTheLayers() throws Exception {
        int before = site.rhsm.registrations();

        List<List<String>> layers =
                built(new BuildAgent(home), site.variables()).layers();

        assertThat(site.rhsm.registrations()).isEqualTo(before + 1);
        assertThat(site.rhsm.registered()).isEmpty();
        assertThat(layers).hasSize(3);
        assertThat(layers.subList(1, 3)).allSatisfy(layer -> assertThat(layer)
                .noneMatch(name -> name.matches(".*(consumer|\\.pem|redhat\\.repo|rhsm|RHSM).*")));
        assertThat(layers.get(1)).anyMatch(name -> name.contains("usr/src/kernels/" + KERNEL + ".x86_64"));
    }

    @Test
    void fromRhel93OnTheRealTimeKernelIsToldApartByItsEnding() throws Exception {
        String kernel = "5.14.0-427.40.1.el9_4";
        PushedImage image = built(
                new BuildAgent(home),
                site.variables(
                        "DTK_KERNEL",
                        kernel,
                        "DTK_KERNEL_FULL",
                        kernel + ".x86_64",
                        "DTK_KERNEL_RT",
                        kernel,
                        "DTK_RHEL",
                        "9.4",
                        "DTK_TAG",
                        kernel + ".x86_64"));

        assertThat(image.inLastLayer("etc/driver-toolkit-release.json"))
                .contains("\"RT_KERNEL_VERSION\": \"5.14.0-427.40.1.el9_4.x86_64+rt\"");
        assertThat(image.labels()).containsEntry("kernel-rt-version", kernel + ".x86_64+rt");
    }

    @Test
    void withoutRealTimeKernelTheImageNamesNone() throws Exception {
        PushedImage image = built(new BuildAgent(home), site.variables("DTK_KERNEL_RT", ""));

        assertThat(image.inLastLayer("etc/driver-toolkit-release.json")).contains("\"RT_KERNEL_VERSION\": \"\"");
        assertThat(image.labels()).doesNotContainKey("kernel-rt-version");
    }

    @Test
    void buildahBuildsTheSame() throws Exception {
        Parts.need("buildah");
        BuildAgent agent = new BuildAgent(home);

        PushedImage image = built(agent, site.variables("DTK_BUILDER", "buildah", "DTK_TAG", "by-buildah"));

        assertThat(image.labels()).containsEntry("kernel-version", KERNEL + ".x86_64");
        assertThat(image.layers()).hasSize(3);
        assertThat(agent.leftovers()).isEmpty();
        assertThat(site.rhsm.registered()).isEmpty();
    }

    @Test
    void withoutABaseDigestTheTagDecides() throws Exception {
        PushedImage image = built(new BuildAgent(home), site.variables("DTK_BASE_DIGEST", ""));

        assertThat(image.labels()).doesNotContainKey("org.opencontainers.image.base.digest");
    }

    @Test
    void aRegistryWithoutLoginNeedsNoLogin() throws Exception {
        BuildAgent agent = new BuildAgent(home);
        try (DockerRegistry open = DockerRegistry.start()) {
            agent.run(
                    "skopeo",
                    "copy",
                    "--quiet",
                    "--all",
                    "--src-tls-verify=false",
                    "--dest-tls-verify=false",
                    "--src-creds=" + BuildSite.USER + ":" + BuildSite.PASSWORD,
                    "docker://" + site.variables().get("DTK_BASE_IMAGE"),
                    "docker://" + open.address() + "/ubi8/ubi:8.4");

            Outcome outcome = agent.build(site.variables(
                    "DTK_IMAGE", open.address() + "/dtk",
                    "DTK_BASE_IMAGE", open.address() + "/ubi8/ubi:8.4",
                    "DTK_PLAIN_HTTP", "registry.lab:5000 " + open.address(),
                    "DTK_REGISTRY_USER", null,
                    "DTK_REGISTRY_PASSWORD", null));

            assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        }
    }

    @Test
    void buildsAtTheSameTimeOnOneAgentDoNotDisturbEachOther() throws Exception {
        List<BuildAgent> jobs = List.of(new BuildAgent(home), new BuildAgent(home, "second job"));

        Process first = jobs.get(0).start(site.variables("DTK_TAG", "first"));
        Process second = jobs.get(1).start(site.variables("DTK_TAG", "second"));

        assertThat(jobs.get(0).outcome(first).lastLine()).contains(":first@sha256:");
        assertThat(jobs.get(1).outcome(second).lastLine()).contains(":second@sha256:");
        assertThat(jobs.get(0).leftovers()).isEmpty();
        assertThat(site.rhsm.registered()).isEmpty();
    }

    private static PushedImage built(BuildAgent agent, Map<String, String> variables) throws Exception {
        Outcome outcome = agent.build(variables);
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        return PushedImage.read(agent, variables.get("DTK_IMAGE") + ":" + variables.get("DTK_TAG"));
    }
}
