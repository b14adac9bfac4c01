package io.jenkins.plugins.dtk.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.plan.BuildAgent.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the agent script calls docker: a stand-in for the program notes the calls. */
class AgentScriptDockerTest {

    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    @TempDir
    Path home;

    private BuildAgent agent;
    private Path calls;

    @BeforeEach
    void aDockerThatNotesItsCalls() throws Exception {
        agent = new BuildAgent(home);
        calls = home.resolve("calls");
        agent.program(
                "docker",
                """
                #!/bin/sh
                echo "$*" >>"%1$s"
                case "$1 $2" in
                "buildx build")
                    echo "secrets: $RHSM_ORG $RHSM_ACTIVATIONKEY" >>"%1$s"
                    [ -z "$FAILURE" ] || { echo "#8 12.3 dtk: failed: $FAILURE"; exit 1; }
                    ;;
                "push "*)
                    echo "login: $(cat "$DOCKER_CONFIG/config.json")" >>"%1$s"
                    echo "beside: $(ls "$DOCKER_CONFIG")" >>"%1$s"
                    echo "4.18.0-305.40.1.el8_4.x86_64: digest: %2$s size: 1234"
                    ;;
                esac
                """
                        .formatted(calls, DIGEST));
    }

    @Test
    void buildsLoadsTagsPushesAndRemoves() throws Exception {
        Outcome outcome = agent.build(variables());

        String image = "registry.lab/acme/dtk:4.18.0-305.40.1.el8_4.x86_64";
        assertThat(outcome.lastLine()).as(outcome.output()).isEqualTo("dtk: pushed " + image + "@" + DIGEST);
        List<String> made = Files.readAllLines(calls);
        assertThat(made)
                .anyMatch(call -> call.startsWith("buildx build --load --provenance=false")
                        && call.contains("--platform linux/amd64")
                        && call.contains("--build-arg BASE=registry.lab/ubi8/ubi@" + DIGEST)
                        && call.contains("--secret id=RHSM_ORG,type=env,env=RHSM_ORG"))
                .contains("push " + image, "rmi " + image)
                .contains("secrets: an-organisation a-key")
                .contains("login: {\"auths\":{\"registry.lab\":{\"auth\":\"cm9ib3Q6cGFzc3dvcmQ=\"}},"
                        + "\"credHelpers\":{\"registry.lab\":\"\",\"registry.lab/acme/dtk\":\"\"}}");
    }

    @Test
    void itsArgumentsHoldNoSecret() throws Exception {
        agent.build(variables());

        assertThat(Files.readAllLines(calls))
                .filteredOn(call -> !call.startsWith("secrets: ") && !call.startsWith("login: "))
                .hasSizeGreaterThan(4)
                .noneMatch(call ->
                        call.contains("an-organisation") || call.contains("a-key") || call.contains("password"));
    }

    @Test
    void aFailureInsideTheBuildIsTheReasonGiven() throws Exception {
        Map<String, String> variables = variables();
        variables.put("FAILURE", "kernel 4.18.0-305.40.1.el8_4.x86_64 is in none of: baseos");

        Outcome outcome = agent.build(variables);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.lastLine())
                .isEqualTo("dtk: failed: cannot build registry.lab/acme/dtk:4.18.0-305.40.1.el8_4.x86_64:"
                        + " kernel 4.18.0-305.40.1.el8_4.x86_64 is in none of: baseos");
        assertThat(Files.readAllLines(calls)).noneMatch(call -> call.startsWith("push"));
    }

    @Test
    void theLoginStandsBesideWhatTheUserConfigured() throws Exception {
        Path own = Files.createDirectories(home.resolve(".docker/cli-plugins")).getParent();
        Files.createDirectories(own.resolve("contexts/meta"));
        Files.writeString(own.resolve("cli-plugins/docker-buildx"), "");
        Files.writeString(
                own.resolve("config.json"),
                """
                {
                    "auths": {"ghcr.io": {"auth": "b3RoZXI="}, "registry.lab": {"auth": "b2xk"}},
                    "credsStore": "desktop", "currentContext": "rootless",
                    "credHelpers": {"gcr.io": "gcloud", "registry.lab": "secretservice"},
                    "proxies": {"default": {"httpProxy": "http://proxy.lab:3128", "noProxy": "a,\\"b\\""}}
                }
                """);

        Outcome outcome = agent.build(variables());

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(Files.readString(calls).replaceAll("\\s", ""))
                .contains(
                        "login:{\"credsStore\":\"desktop\",\"currentContext\":\"rootless\",\"proxies\":{\"default\":"
                                + "{\"httpProxy\":\"http://proxy.lab:3128\",\"noProxy\":\"a,\\\"b\\\"\"}},"
                                + "\"auths\":{\"ghcr.io\":{\"auth\":\"b3RoZXI=\"},"
                                + "\"registry.lab\":{\"auth\":\"cm9ib3Q6cGFzc3dvcmQ=\"}},"
                                + "\"credHelpers\":{\"gcr.io\":\"gcloud\",\"registry.lab\":\"\",\"registry.lab/acme/dtk\":\"\"}}")
                .contains("beside:cli-pluginsconfig.jsoncontexts");
        assertThat(Files.readString(own.resolve("config.json"))).doesNotContain("cm9ib3Q6cGFzc3dvcmQ=");
        assertThat(own.resolve("cli-plugins/docker-buildx")).exists();
        assertThat(agent.besideWorkspace()).isEmpty();
    }

    @Test
    void aConfigurationThatIsNoJsonIsToldInOneLine() throws Exception {
        Path file = Files.createDirectories(home.resolve(".docker")).resolve("config.json");
        Files.writeString(file, "{\"auths\": ");

        assertThat(agent.build(variables()).lastLine())
                .isEqualTo("dtk: failed: cannot read " + file
                        + ", docker's configuration of this user: it is no JSON object");
    }

    private static Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>(Map.of(
                "DTK_KERNEL", "4.18.0-305.40.1.el8_4",
                "DTK_KERNEL_FULL", "4.18.0-305.40.1.el8_4.x86_64",
                "DTK_RHEL", "8.4",
                "DTK_ARCH", "x86_64",
                "DTK_PLATFORM", "linux/amd64",
                "DTK_IMAGE", "registry.lab/acme/dtk",
                "DTK_TAG", "4.18.0-305.40.1.el8_4.x86_64",
                "DTK_BASE_IMAGE", "registry.lab/ubi8/ubi:8.4",
                "DTK_BASE_DIGEST", DIGEST,
                "DTK_BUILDER", "docker"));
        variables.putAll(Map.of(
                "RHSM_ORG", "an-organisation",
                "RHSM_ACTIVATIONKEY", "a-key",
                "DTK_REGISTRY_USER", "robot",
                "DTK_REGISTRY_PASSWORD", "password"));
        return variables;
    }
}
