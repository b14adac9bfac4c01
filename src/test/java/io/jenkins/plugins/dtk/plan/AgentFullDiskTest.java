package io.jenkins.plugins.dtk.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.plan.BuildAgent.Outcome;
import io.jenkins.plugins.dtk.testing.SmallDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However full a disk of the agent is, the last line says so, or that the image is pushed; and nothing is left. */
@Timeout(900)
class AgentFullDiskTest extends AgentBuildTest {

    private Path temporary;

    @BeforeEach
    void newTemporaryFolder() throws Exception {
        temporary = Files.createDirectory(home.resolve("temporary"));
    }

    /** Builds with a /var/tmp of its own, where builders usually have their temporary files. */
    private Outcome build(Map<String, String> variables) throws Exception {
        String own = "mount --bind '" + temporary + "' /var/tmp && exec sh \"$0\"";
        return agent.build(variables, "unshare", "--mount", "sh", "-c", own);
    }

    @ParameterizedTest(name = "{0} KiB of it")
    @ValueSource(ints = {4, 48, 64, 72, 80, 100, 400})
    @DisplayName("the workspace's disk has")
    void workspace(int kibibytes) throws Exception {
        try (SmallDisk disk = SmallDisk.mount(Files.createDirectory(agent.workspaceTmp()), kibibytes << 10)) {
            Outcome outcome = build(site.variables());

            assertEnd(outcome, "(check that .*the disk is not full|the disk is full).*");
            assertThat(agent.besideWorkspace()).as(outcome.output()).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0} has {1} KiB")
    @CsvSource({"podman, 512", "podman, 2500", "podman, 4000", "buildah, 512", "buildah, 2500", "buildah, 4000"})
    @DisplayName("the disk of the images of")
    void storage(String builder, int kibibytes) throws Exception {
        try (SmallDisk disk = SmallDisk.mount(Files.createDirectory(home.resolve("storage")), kibibytes << 10)) {
            assertEnd(build(site.variables("DTK_BUILDER", builder)), "the disk is full.*");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"podman", "buildah"})
    @DisplayName("/tmp and /var/tmp are full: that does not matter to")
    void temporary(String builder) throws Exception {
        String full = "for folder in /tmp /var/tmp; do mount -t tmpfs -o size=4k,mode=1777 tmpfs $folder &&"
                + " head -c 4096 /dev/zero >$folder/full; done; exec sh /mnt/agent.sh";
        Outcome outcome = agent.build(
                site.variables(
                        "DTK_BUILDER",
                        builder,
                        "WORKSPACE_TMP",
                        "/mnt/workspace@tmp",
                        "HOME",
                        "/mnt",
                        "CONTAINERS_STORAGE_CONF",
                        "/mnt/storage-mnt.conf"),
                "unshare",
                "--mount",
                "sh",
                "-c",
                "mount --bind '" + home + "' /mnt && sed 's," + home
                        + ",/mnt,' /mnt/storage.conf >/mnt/storage-mnt.conf && " + full);

        assertThat(outcome.lastLine()).as(outcome.output()).startsWith("dtk: pushed ");
    }

    private void assertEnd(Outcome outcome, String reason) throws Exception {
        assertThat(outcome.lastLine())
                .as(outcome.output())
                .matches("dtk: (pushed .*@sha256:[0-9a-f]{64}|failed: .*" + reason + ")");
        assertThat(outcome.exitCode()).isEqualTo(outcome.lastLine().startsWith("dtk: pushed ") ? 0 : 1);
        assertThat(site.rhsm.registered()).isEmpty();
        assertThat(temporary).isEmptyDirectory();
    }
}
