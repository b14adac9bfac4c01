package io.jenkins.plugins.dtk.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.plan.BuildAgent.Outcome;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What goes wrong on an agent ends in one line that says what was tried, what was wrong and what to do; no tag is
 * written, no system stays registered, and nothing is left on the agent.
 */
class AgentScriptFailureTest extends AgentBuildTest {

    /** How a script that stands in front of dnf ends. */
    private static final String REAL_DNF = "exec /usr/bin/dnf \"$@\"\n";

    @AfterEach
    void nothingIsLeftAndNothingIsPublished() throws Exception {
        assertThat(agent.leftovers()).isEmpty();
        assertThat(site.rhsm.registered()).isEmpty();
        assertThat(siteHome.resolve("registry/storage/docker/registry/v2/repositories/acme"))
                .doesNotExist();
    }

    @Test
    void aWrongActivationKey() throws Exception {
        assertThat(lastLine(site.variables("RHSM_ACTIVATIONKEY", "key-of-no-one")))
                .startsWith("dtk: failed: cannot build " + site.variables().get("DTK_IMAGE"))
                .contains(
                        "cannot register with RHSM: None of the activation keys specified exist for this org. (HTTP error code"
                                + " 401: Unauthorized)")
                .endsWith("check RHSM_ORG and RHSM_ACTIVATIONKEY");
    }

    @Test
    void noSubscriptionAtAll() throws Exception {
        assertThat(lastLine(site.variables("RHSM_ORG", null, "RHSM_ACTIVATIONKEY", null)))
                .contains("no repository of RHEL can be read")
                .contains("give RHSM_ORG and RHSM_ACTIVATIONKEY, or build on a subscribed host")
                .contains("rhel-8-for-x86_64-baseos-eus-rpms");
    }

    @Test
    void dnfThatFailsHalfWay() throws Exception {
        int before = site.rhsm.registrations();
        String base = site.baseWithDnf(
                """
                #!/bin/sh
                case "$*" in
                *" install "*gcc*)
                    echo "Error: Error downloading packages: Status code: 404 for gcc-8.5.0-4.el8_4.x86_64.rpm" >&2
                    exit 1
                    ;;
                esac
                """
                        + REAL_DNF);

        assertThat(lastLine(onBase(base)))
                .contains("dnf could not install the packages for 4.18.0-305.40.1.el8_4.x86_64")
                .endsWith("Error: Error downloading packages: Status code: 404 for gcc-8.5.0-4.el8_4.x86_64.rpm");
        assertThat(site.rhsm.registrations()).isEqualTo(before + 1);
    }

    /** In the words of dnf 5: rpm-software-management/dnf5#2406, #515 and #538. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            nothing provides it | Failed to resolve the transaction:;Problem: conflicting requests;  - nothing provides libisl.so needed by gcc-8.5.0-4.el8_4.x86_64 | Failed to resolve the transaction: Problem: conflicting requests - nothing provides libisl.so needed by gcc-8.5.0-4.el8_4.x86_64
            there is no package | Failed to resolve the transaction:;No match for argument: gcc-8.5.0;You can try to add to command line:;  --skip-unavailable to skip unavailable packages | Failed to resolve the transaction: No match for argument: gcc-8.5.0 You can try to add to command line: --skip-unavailable to skip unavailable packages
            a file system is full | Running transaction;Transaction failed: Rpm transaction failed.;  - installing package gcc-8.5.0-4.el8_4.x86_64 needs 61MB more space on the / filesystem;Warning: skipped OpenPGP checks for 3 packages from repository: x | Transaction failed: Rpm transaction failed. - installing package gcc-8.5.0-4.el8_4.x86_64 needs 61MB more space on the / filesystem Warning: skipped OpenPGP checks for 3 packages from repository: x
            """)
    void dnf5(String what, String said, String reason) throws Exception {
        String base = site.baseWithDnf(
                """
                #!/bin/sh
                case "$*" in
                *" install "*gcc*)
                    printf '%s' "SAID" | tr ';' '\\n' >&2
                    exit 1
                    ;;
                esac
                """
                                .replace("SAID", said)
                        + REAL_DNF);

        assertThat(lastLine(onBase(base))).endsWith(reason);
    }

    @Test
    void aFullDisk() throws Exception {
        String base = site.baseWithDnf(
                """
                #!/bin/sh
                case "$*" in
                *" install "*gcc*)
                    echo "Error: Transaction test error: [Errno 28] No space left on device" >&2
                    exit 1
                    ;;
                esac
                """
                        + REAL_DNF);

        assertThat(lastLine(onBase(base))).endsWith("No space left on device");
    }

    @Test
    void aKernelThatNoRepositoryHas() throws Exception {
        String base = site.baseWithDnf(
                """
                #!/bin/sh
                mkdir -p /var/lib/standin/repos
                for id in rhel-8-for-x86_64-baseos-rpms rhocp-4.9-for-rhel-8-x86_64-rpms; do
                    echo kernel-core-4.18.0-305.1.1.el8_4.x86_64 >/var/lib/standin/repos/$id.txt
                done
                """
                        + REAL_DNF);

        assertThat(lastLine(onBase(base)))
                .contains("kernel 4.18.0-305.40.1.el8_4.x86_64 is in none of:"
                        + " rhel-8-for-x86_64-baseos-rpms rhocp-4.9-for-rhel-8-x86_64-rpms ")
                .contains("these could not be read: rhel-8-for-x86_64-baseos-eus-rpms ");
    }

    @Test
    void aKernelOtherThanTheOneAskedFor() throws Exception {
        String base = site.baseWithDnf(
                """
                #!/bin/sh
                /usr/bin/dnf "$@" || exit
                [ ! -f /var/lib/standin/packages ] ||
                    sed -i '/^kernel-headers/s/305.40.1/305.45.1/' /var/lib/standin/packages
                """);

        assertThat(lastLine(onBase(base)))
                .contains("asked for kernel-headers 4.18.0-305.40.1.el8_4.x86_64,"
                        + " but installed is: 4.18.0-305.45.1.el8_4.x86_64");
    }

    @Test
    void aRefusedLogin() throws Exception {
        Outcome outcome = agent.build(site.variables("DTK_REGISTRY_PASSWORD", "not the password"));

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.lastLine())
                .startsWith("dtk: failed: cannot pull the base image " + site.registry.address() + "/ubi8/ubi@sha256:")
                .contains("the registry refused the login: check user and password");
        assertThat(outcome.output()).doesNotContain("not the password");
    }

    @Test
    void aBaseImageThatIsNotThere() throws Exception {
        assertThat(lastLine(onBase(site.registry.address() + "/ubi8/ubi:8.99")))
                .startsWith("dtk: failed: cannot pull the base image " + site.registry.address() + "/ubi8/ubi:8.99: "
                        + "it is not there");
    }

    @Test
    void aBaseImageThatIsNotThereForThisArchitecture() throws Exception {
        String index = site.variables().get("DTK_BASE_IMAGE");
        String digest = PushedImage.read(agent, index).digest();
        String image = index.replace(":8.4", "@" + digest);

        assertThat(lastLine(forS390x(index, "")))
                .startsWith("dtk: failed: cannot pull the base image " + index + ": it is not there for linux/s390x");
        assertThat(lastLine(forS390x(index, digest)))
                .isEqualTo("dtk: failed: cannot use the base image " + image
                        + ": it is there for linux/amd64, not for linux/s390x");
    }

    private static Map<String, String> forS390x(String base, String digest) {
        return site.variables(
                "DTK_ARCH", "s390x",
                "DTK_PLATFORM", "linux/s390x",
                "DTK_KERNEL_FULL", "4.18.0-305.40.1.el8_4.s390x",
                "DTK_BASE_IMAGE", base,
                "DTK_BASE_DIGEST", digest);
    }

    @Test
    void aRegistryThatIsNotReachable() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThat(lastLine(onBase("127.0.0.1:" + port + "/ubi8/ubi:8.4")))
                .startsWith("dtk: failed: cannot pull the base image 127.0.0.1:" + port + "/ubi8/ubi:8.4: "
                        + "the registry did not answer properly: try again later")
                .contains("connection refused");
    }

    @Test
    void aRegistryThatIsNotAllowedOverPlainHttp() throws Exception {
        assertThat(lastLine(site.variables("DTK_PLAIN_HTTP", "registry.lab:5000")))
                .contains("the registry speaks plain HTTP: allow that for it, or give it TLS");
    }

    @Test
    void aBuilderThatIsNotOnTheAgent() throws Exception {
        Path tools = agent.programs(
                "sh", "od", "tr", "dirname", "mktemp", "mkdir", "cat", "rm", "grep", "env", "flock", "find", "id",
                "sed", "setsid");

        assertThat(lastLine(site.variables("PATH", tools.toString(), "DTK_BUILDER", "buildah")))
                .isEqualTo("dtk: failed: this agent has no buildah: install it (dnf install buildah, apt-get install"
                        + " buildah), or choose another builder: podman, buildah or docker");
    }

    @Test
    void aWorkspaceThatCannotBeWritten() throws Exception {
        Path file = Files.writeString(home.resolve("file"), "");

        assertThat(lastLine(site.variables("WORKSPACE_TMP", file.toString())))
                .isEqualTo("dtk: failed: cannot make a folder in " + file
                        + ": check that it is writable and that the disk is not full");
    }

    private static Map<String, String> onBase(String base) {
        return site.variables("DTK_BASE_IMAGE", base, "DTK_BASE_DIGEST", "");
    }

    private String lastLine(Map<String, String> variables) throws Exception {
        Outcome outcome = agent.build(variables);
        assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(1);
        return outcome.lastLine();
    }
}
