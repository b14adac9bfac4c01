package io.jenkins.plugins.dtk.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.plan.BuildAgent.Outcome;
import io.jenkins.plugins.dtk.testing.Parts;
import io.jenkins.plugins.dtk.testing.SecretSearch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The agent script with docker's own daemon and BuildKit, against a real registry. */
@Timeout(900)
class DockerBuildKitTest {

    private static final String KEY = "TheKeyOfARegisteredSystem";
    private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----\n"
            + "-----BEGIN ENTITLEMENT DATA-----\n" + "WhatItMayUse\n".repeat(18_000)
            + "-----END ENTITLEMENT DATA-----\n"
            + "-----BEGIN PRIVATE KEY-----\n" + KEY + "\n-----END PRIVATE KEY-----\n";

    @TempDir
    private static Path home;

    private static BuildSite site;
    private static DockerDaemon docker;
    private static BuildAgent agent;

    @BeforeAll
    static void start() throws Exception {
        Parts.need("docker-registry", "skopeo", "busybox");
        docker = DockerDaemon.start(Files.createDirectory(home.resolve("docker")));
        site = new BuildSite(Files.createDirectory(home.resolve("site")));
        agent = new BuildAgent(Files.createDirectory(home.resolve("agent")));
        docker.useOn(agent);
    }

    @AfterAll
    static void noSecretIsInAnyImageOrLog() throws Exception {
        if (docker != null) {
            docker.close();
        }
        if (site != null) {
            site.close();
            assertThat(new SecretSearch(
                                    List.of(BuildSite.ORGANISATION, BuildSite.ACTIVATION_KEY, BuildSite.PASSWORD, KEY))
                            .filesWithSecrets(home))
                    .isEmpty();
        }
    }

    @Test
    void theImageIsBuiltWithTheSecretsPushedAndRemovedAndTheSystemUnregistered() throws Exception {
        Map<String, String> variables = site.variables("DTK_BUILDER", "docker");
        int before = site.rhsm.registrations();

        assertBuilt(variables);

        assertThat(site.rhsm.registrations()).isEqualTo(before + 1);
        assertThat(site.rhsm.registered()).isEmpty();
    }

    @Test
    void aCertificateThatIsTooLongForAVariableReachesTheBuild() throws Exception {
        Map<String, String> variables = site.variables(
                "RHSM_ORG", null, "RHSM_ACTIVATIONKEY", null, "DTK_BUILDER", "docker", "DTK_TAG", "certified");
        variables.putAll(new SubscriptionCertificate(CERTIFICATE).variables());
        int before = site.rhsm.registrations();

        assertBuilt(variables);

        assertThat(site.rhsm.registrations()).isEqualTo(before);
    }

    private static void assertBuilt(Map<String, String> variables) throws Exception {
        Outcome outcome = agent.build(variables);
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output()).containsPattern("dtk: built in [0-9]+ s, [0-9.]+[MG]B unpacked");
        PushedImage image = PushedImage.read(agent, variables.get("DTK_IMAGE") + ":" + variables.get("DTK_TAG"));
        assertThat(image.labels()).containsEntry("kernel-version", variables.get("DTK_KERNEL_FULL"));
        assertThat(image.layers()).allSatisfy(layer -> assertThat(layer)
                .noneMatch(name -> name.matches(".*(\\.pem|run/secrets/RHSM.*)")));
        assertThat(agent.run("sh", "-c", "docker images --quiet").strip()).isEmpty();
        assertThat(agent.run("sh", "-c", "docker ps --all --quiet").strip()).isEmpty();
    }
}
