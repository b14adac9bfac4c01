package io.jenkins.plugins.dtk.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.plan.BuildAgent.Outcome;
import io.jenkins.plugins.dtk.testing.Parts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An image is built in whatever workspace, shell and environment a Jenkins agent has. */
@Timeout(900)
class AgentWorkspaceTest extends AgentBuildTest {

    private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----\n"
            + "-----BEGIN ENTITLEMENT DATA-----\nAll\n-----END ENTITLEMENT DATA-----\n"
            + "-----BEGIN PRIVATE KEY-----\nTheKey\n-----END PRIVATE KEY-----\n";

    @BeforeAll
    static void needBash() throws Exception {
        Parts.need("bash");
    }

    static Stream<Arguments> workspaces() {
        return Stream.of(
                Arguments.of("commas", "DTK, nightly,src=x", "podman"),
                Arguments.of("commas", "DTK, nightly,src=x", "buildah"),
                Arguments.of("quotes", "it's a \"job\"", "podman"),
                Arguments.of("quotes", "it's a \"job\"", "buildah"),
                Arguments.of("a newline", "two\nlines", "podman"),
                Arguments.of("umlauts", "Größe und Übermaß 試験", "podman"),
                Arguments.of("200 characters", "x".repeat(200), "podman"),
                Arguments.of("what a shell would run", "$(touch PWNED) `id`;&|*?[a]", "podman"),
                Arguments.of("colons and equal signs", "a:b=c:ro,z", "buildah"),
                Arguments.of("a backslash and a percent sign", "50\\% %s", "podman"),
                Arguments.of("all of it", "a, 'b' \"c\"\n$d é : %s @tmp", "buildah"));
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("workspaces")
    @DisplayName("a workspace whose name has")
    void workspace(String what, String name, String builder) throws Exception {
        agent = new BuildAgent(home, name);
        Map<String, String> variables =
                site.variables("DTK_BUILDER", builder, "RHSM_ORG", null, "RHSM_ACTIVATIONKEY", null);
        // As a file: of all that is handed over, that is what has a path in a list.
        variables.put("RHSM_CERTIFICATE", CERTIFICATE);

        assertBuilt(agent.build(variables));
        assertThat(home.resolve("PWNED")).doesNotExist();
    }

    @ParameterizedTest(name = "{0} with {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    dash    | nothing
                    bash    | SHELLOPTS=errexit:nounset:pipefail:noglob:noclobber:allexport
                    bash    | SHELLOPTS=xtrace:verbose:monitor
                    bash    | BASHOPTS=nocaseglob:failglob:nullglob
                    bash    | BASH_ENV=broken
                    bash    | ENV=broken
                    busybox | nothing
                    busybox | ENV=broken
                    """)
    @DisplayName("a shell that is")
    void shell(String shell, String setting) throws Exception {
        agent.link("sh", shell);
        Path broken = Files.writeString(home.resolve("broken"), "echo broken >&2\nexit 3\n");
        Map<String, String> variables = site.variables();
        if (setting.contains("=")) {
            String[] parts = setting.split("=");
            variables.put(parts[0], parts[1].equals("broken") ? broken.toString() : parts[1]);
        }

        Path link = agent.home().resolve("bin/sh");
        Outcome outcome = agent.build(variables, link.toString());
        Files.delete(link);

        assertBuilt(outcome);
        assertThat(outcome.output()).doesNotContain(BuildSite.PASSWORD, BuildSite.ACTIVATION_KEY);
    }

    @ParameterizedTest
    @CsvSource({"podman", "buildah"})
    @DisplayName("a home that cannot be written, with")
    void home(String builder) throws Exception {
        Path readOnly = Files.createDirectory(home.resolve("read-only"));

        Outcome outcome = agent.build(
                site.variables("DTK_BUILDER", builder, "HOME", readOnly.toString()),
                "unshare",
                "--mount",
                "sh",
                "-c",
                "mount -t tmpfs -o ro tmpfs '" + readOnly + "' && exec sh \"$0\"");

        assertBuilt(outcome);
    }

    @Test
    @DisplayName("no home, a umask that lets others write, a folder for temporary files that is not there")
    void bare() throws Exception {

        Outcome outcome = agent.build(
                site.variables("TMPDIR", "/nonexistent"), "sh", "-c", "unset HOME; umask 000; exec sh \"$0\"");

        assertBuilt(outcome);
    }

    private void assertBuilt(Outcome outcome) throws Exception {
        assertThat(outcome.lastLine()).as(outcome.output()).startsWith("dtk: pushed " + site.registry.address());
        assertThat(outcome.exitCode()).isZero();
        assertThat(agent.leftovers()).isEmpty();
        assertThat(site.rhsm.registered()).isEmpty();
    }
}
