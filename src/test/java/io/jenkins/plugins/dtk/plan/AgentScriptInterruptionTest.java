package io.jenkins.plugins.dtk.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.plan.BuildAgent.Outcome;
import io.jenkins.plugins.dtk.testing.Parts;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A build that is stopped leaves nothing behind, in RHSM, in the registry or on the agent. */
class AgentScriptInterruptionTest {

    private static final String SLOW_DNF =
            """
            #!/bin/sh
            case "$*" in
            *" install "*) echo "downloading for long"; exec sleep 600 ;;
            esac
            exec /usr/bin/dnf "$@"
            """;

    @TempDir
    Path siteHome;

    @TempDir
    Path home;

    @AutoClose
    private BuildSite site;

    private BuildAgent agent;

    @BeforeEach
    void start() throws Exception {
        Parts.need("podman", "docker-registry", "busybox");
        site = new BuildSite(siteHome);
        agent = new BuildAgent(home);
    }

    @Test
    @Timeout(900)
    void stoppedWhileItInstallsItUnregisters() throws Exception {
        Process script = slowBuild();
        List<String> registered = site.rhsm.registered();

        script.destroy();
        Outcome outcome = agent.outcome(script);

        assertThat(registered).hasSize(1);
        assertThat(site.rhsm.registered()).isEmpty();
        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.lastLine())
                .isEqualTo("dtk: failed: stopped by SIGTERM while building "
                        + site.variables().get("DTK_IMAGE") + ":4.18.0-305.40.1.el8_4.x86_64; nothing was pushed");
        assertThat(agent.leftovers()).isEmpty();
        assertThat(siteHome.resolve("registry/storage/docker/registry/v2/repositories/acme"))
                .doesNotExist();
    }

    @Test
    @Timeout(900)
    void stoppedWhileARegistryKeepsItWaiting() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String base = "127.0.0.1:" + silent.getLocalPort() + "/ubi8/ubi:8.4";
            Process script = agent.start(site.variables("DTK_BASE_IMAGE", base, "DTK_BASE_DIGEST", ""));
            try (Socket waiting = silent.accept()) {
                script.destroy();

                Outcome outcome = agent.outcome(script);

                assertThat(waiting.isBound()).isTrue();
                assertThat(outcome.lastLine())
                        .isEqualTo("dtk: failed: stopped by SIGTERM while pulling the base image " + base
                                + "; nothing was pushed");
            }
        }
        assertThat(agent.leftovers()).isEmpty();
    }

    /** Nothing of it can clean up: that is left to its guard, which is no child of it and in a session of its own. */
    @Test
    @Timeout(900)
    void aBuildThatIsKilledWithAllItsProcessesLeavesNothingAndNoSystemRegistered() throws Exception {
        Process script = slowBuild();
        assertThat(site.rhsm.registered()).hasSize(1);
        assertThat(agent.leftovers()).hasSizeGreaterThan(2);

        List<ProcessHandle> all = Stream.concat(script.descendants(), Stream.of(script.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        agent.outcome(script);

        awaitNoLeftovers();
        assertThat(site.rhsm.registered()).isEmpty();
    }

    /** As when the agent was switched off: the guard is gone too. */
    @Test
    @Timeout(900)
    void theNextBuildOfTheJobCleansUpAfterOneWithoutAGuard() throws Exception {
        Process script = slowBuild();
        // Each second the guard forks a shell, which looks like the guard until it is the program sleep.
        List<ProcessHandle> guard = ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("dtk-guard.sh " + home))
                        .isPresent())
                .toList();
        assertThat(guard).isNotEmpty();
        end(guard);
        end(Stream.concat(script.descendants(), Stream.of(script.toHandle())).toList());
        agent.outcome(script);
        assertThat(agent.leftovers()).hasSizeGreaterThan(2);

        Outcome next = agent.build(site.variables());

        assertThat(next.exitCode()).as(next.output()).isZero();
        assertThat(agent.leftovers()).isEmpty();
        assertThat(site.rhsm.registered()).isEmpty();
    }

    private static void end(List<ProcessHandle> processes) {
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }

    /** The guard's last deed is to remove the build's folder. podman cannot list images while others go. */
    private void awaitNoLeftovers() throws Exception {
        while (!agent.besideWorkspace().isEmpty()) {
            Thread.sleep(100);
        }
        assertThat(agent.leftovers()).isEmpty();
    }

    @Test
    @Timeout(900)
    void aBuilderThatIsKilledLeavesNoContainer() throws Exception {
        Process script = slowBuild();

        ProcessHandle builder = script.descendants()
                .filter(process -> process.info().commandLine().orElse("").matches(".*podman build .*"))
                .findFirst()
                .orElseThrow();
        List<ProcessHandle> below = builder.descendants().toList();
        builder.destroyForcibly();
        Outcome outcome = agent.outcome(script);
        below.forEach(ProcessHandle::destroyForcibly);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.lastLine())
                .startsWith("dtk: failed: cannot build ")
                .endsWith("podman was killed (exit code 137); give the agent enough memory");
        assertThat(site.rhsm.registrations()).isEqualTo(1);
        assertThat(site.rhsm.registered()).isEmpty();
        assertThat(agent.leftovers()).isEmpty();
    }

    private Process slowBuild() throws Exception {
        String base = site.baseWithDnf(SLOW_DNF);
        Process script = agent.start(site.variables("DTK_BASE_IMAGE", base, "DTK_BASE_DIGEST", ""));
        while (!Files.exists(agent.log()) || !Files.readString(agent.log()).contains("downloading for long")) {
            assertThat(script.waitFor(50, TimeUnit.MILLISECONDS))
                    .as("the build ended before it installed anything")
                    .isFalse();
        }
        return script;
    }
}
