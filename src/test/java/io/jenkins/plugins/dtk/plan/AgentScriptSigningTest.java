package io.jenkins.plugins.dtk.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.testing.Parts;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a stand-in for cosign, which Debian has no package of: it notes how it was called. */
@DisplayName("With a key to sign with, the agent script")
class AgentScriptSigningTest {

    private static final String KEY = "-----BEGIN ENCRYPTED COSIGN PRIVATE KEY-----\nc2VjcmV0\n-----END";

    @TempDir
    Path siteHome;

    @TempDir
    Path home;

    @AutoClose
    private BuildSite site;

    private BuildAgent agent;

    @BeforeEach
    void start() throws Exception {
        Parts.need("podman", "docker-registry", "busybox", "skopeo");
        site = new BuildSite(siteHome);
        agent = new BuildAgent(home);
    }

    private String note(String name) throws Exception {
        return Files.readString(home.resolve(name)).strip();
    }

    @Test
    void signsWhatItPushedByDigestAndGivesTheKeyToCosignAlone() throws Exception {
        agent.program(
                "cosign",
                "#!/bin/sh\necho \"$*\" >'" + home
                        + "/arguments'\nprintf '%s:%s' \"$COSIGN_PRIVATE_KEY\" \"$COSIGN_PASSWORD\" >'" + home
                        + "/secrets'\ngrep -c auths \"$DOCKER_CONFIG/config.json\" >'" + home + "/login'\n");

        BuildAgent.Outcome outcome = agent.build(site.variables(
                "COSIGN_PRIVATE_KEY",
                KEY,
                "COSIGN_PASSWORD",
                "pass",
                "BUILD_URL",
                "https://jenkins.example/job/dtk/7/"));

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        String image = site.variables().get("DTK_IMAGE");
        assertThat(note("arguments"))
                .matches("sign --yes --key env://COSIGN_PRIVATE_KEY " + image
                        + "@sha256:[0-9a-f]{64} --allow-http-registry");
        assertThat(note("secrets")).isEqualTo(KEY + ":pass");
        assertThat(note("login")).isEqualTo("1");
        assertThat(outcome.output()).doesNotContain("c2VjcmV0");
        String digest = note("arguments").replaceFirst(".*@(sha256:[0-9a-f]+).*", "$1");
        assertThat(outcome.output()).endsWith(site.variables().get("DTK_TAG") + "@" + digest + "\n");
        assertThat(agent.leftovers()).isEmpty();
    }

    @Test
    void failsWhenCosignFails() throws Exception {
        agent.program("cosign", "#!/bin/sh\necho 'Error: decrypt: encrypted: decryption failed' >&2\nexit 1\n");

        BuildAgent.Outcome outcome = agent.build(site.variables("COSIGN_PRIVATE_KEY", KEY));

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output().strip())
                .contains("dtk: failed: cannot sign ")
                .endsWith(", which is pushed: Error: decrypt: encrypted: decryption failed");
    }

    @Test
    void failsBeforeItBuildsWhereThereIsNoCosign() throws Exception {
        BuildAgent.Outcome outcome = agent.build(site.variables("COSIGN_PRIVATE_KEY", KEY));

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output().strip())
                .contains("dtk: failed: this agent has no cosign")
                .doesNotContain("building");
    }
}
