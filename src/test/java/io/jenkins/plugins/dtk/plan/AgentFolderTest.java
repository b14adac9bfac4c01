package io.jenkins.plugins.dtk.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.plan.BuildAgent.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A build obeys what an earlier build of this user left beside it, when that is dead, and nothing else that lies there. */
@Timeout(900)
class AgentFolderTest {

    private static final String ID = "0123456789ab";

    @TempDir
    Path home;

    private BuildAgent agent;
    private Path beside;
    private Path folder;

    @BeforeEach
    void aDeadBuildBesideTheNext() throws Exception {
        agent = new BuildAgent(home);
        agent.program("podman", "#!/bin/sh\necho \"$*\" >>'" + home + "/calls'\n");
        agent.program("evil", "#!/bin/sh\ntouch '" + home + "/EVIL'\n");
        beside = Files.createDirectories(home.resolve("workspace of a job@tmp"));
        folder = Files.createDirectory(beside.resolve("dtk.abcdefgh"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        Files.createFile(folder.resolve("lock"));
        Files.createFile(folder.resolve("alive"));
        owner("podman", bootOfThisMachine());
    }

    private void owner(String builder, String boot) throws Exception {
        Files.writeString(
                folder.resolve("owner"),
                "builder=%s\nid=%s\nsystem=dtk-4.18.0-1.el8.x86_64-%s\nimage=quay.io/acme/dtk:1\nboot=%s\n"
                        .formatted(builder, ID, ID, boot));
    }

    private static String bootOfThisMachine() throws Exception {
        return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    }

    /** A build that ends at once, because its kernel is malformed: it cleans up after others first. */
    private Outcome nextBuild() throws Exception {
        Map<String, String> variables = new TreeMap<>(Map.of("DTK_ARCH", "x86_64", "DTK_KERNEL", "none"));
        Outcome outcome = agent.build(variables);
        assertThat(outcome.lastLine()).startsWith("dtk: failed: DTK_KERNEL is malformed");
        return outcome;
    }

    private void assertLeftAlone() {
        assertThat(folder.resolve("lock")).exists();
        assertThat(home.resolve("calls")).doesNotExist();
        assertThat(home.resolve("EVIL")).doesNotExist();
    }

    @Test
    @DisplayName("a dead build of this user is cleaned up after")
    void ours() throws Exception {
        nextBuild();

        assertThat(folder).doesNotExist();
        assertThat(home.resolve("calls")).content().contains("rmi localhost/dtk-" + ID);
    }

    @Test
    @DisplayName("a folder that another user made is left alone")
    void otherUser() throws Exception {
        agent.run("chown", "-R", "65534", folder.toString());

        nextBuild();

        assertLeftAlone();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"rwxrwx---", "rwx----w-", "rwxrwxrwx"})
    @DisplayName("a folder that others can write is left alone")
    void writable(String mode) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));

        nextBuild();

        assertLeftAlone();
    }

    @Test
    @DisplayName("a link to a folder is left alone, as is what it leads to")
    void link() throws Exception {
        Path elsewhere = Files.createDirectories(home.resolve("elsewhere"));
        folder = Files.move(folder, elsewhere.resolve("dtk.hgfedcba"));
        Files.createSymbolicLink(beside.resolve("dtk.abcdefgh"), folder);

        nextBuild();

        assertLeftAlone();
    }

    @ParameterizedTest(name = "builder={0}")
    @CsvSource({"evil", "../../bin/evil", "podman;evil", "podman evil", "''"})
    @DisplayName("a note that is malformed is not obeyed")
    void malformed(String builder) throws Exception {
        owner(builder, bootOfThisMachine());
        Path other = Files.createDirectory(home.resolve("dtk.12345678"));
        Files.writeString(folder.resolve("owner"), "context=" + other + "\n", java.nio.file.StandardOpenOption.APPEND);

        nextBuild();

        assertThat(home.resolve("calls")).doesNotExist();
        assertThat(home.resolve("EVIL")).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    @DisplayName("a build that lives on is left alone, whether its process can be seen or not")
    void alive() throws Exception {
        Process holder =
                new ProcessBuilder("flock", folder.resolve("lock").toString(), "sh", "-c", "echo held; cat").start();
        try {
            assertThat(holder.getInputStream().read()).isEqualTo('h');

            nextBuild();

            assertLeftAlone();
        } finally {
            holder.destroy();
            holder.waitFor();
        }
    }

    @Test
    @DisplayName("a build on another machine that gave a sign of life is left alone")
    void otherMachine() throws Exception {
        owner("podman", "00000000-1111-2222-3333-444444444444");

        nextBuild();

        assertLeftAlone();
    }

    @Test
    @DisplayName("a build that gives no sign of life since its machine was started anew is cleaned up after")
    void rebooted() throws Exception {
        owner("podman", "00000000-1111-2222-3333-444444444444");
        Files.setLastModifiedTime(
                folder.resolve("alive"), FileTime.from(Instant.now().minusSeconds(3600)));

        nextBuild();

        assertThat(folder).doesNotExist();
        assertThat(home.resolve("calls")).exists();
    }

    @Test
    @DisplayName("a cache folder that another user owns is refused in one line")
    void cacheOfAnotherUser() throws Exception {
        Path cache = Files.createDirectory(home.resolve("their cache"));
        agent.run("chown", "65534", cache.toString());
        Map<String, String> variables = variables();
        variables.put("DTK_CACHE", cache.toString());

        assertThat(agent.build(variables).lastLine())
                .isEqualTo("dtk: failed: the cache folder " + cache + " belongs to another user, or can be written by"
                        + " others: set DTK_CACHE to a folder of this user's own, or unset it");
    }

    @Test
    @DisplayName("two builds that share a folder and a host name, but no process table, do not end each other")
    void containers() throws Exception {
        agent.program("podman", BUILDER);
        Files.createFile(home.resolve("open"));
        String[] container = {"unshare", "--pid", "--fork", "--kill-child", "--mount-proc", "sh"};
        Map<String, String> slow = variables();
        slow.put("GATE", home.resolve("gate").toString());
        Map<String, String> fast = variables();
        fast.put("GATE", home.resolve("open").toString());

        Process first = agent.start(slow, container);
        while (!Files.exists(home.resolve("gate.reached"))) {
            assertThat(first.waitFor(50, TimeUnit.MILLISECONDS)).isFalse();
        }
        Path firstLog = home.resolve("log of the first");
        Files.move(agent.log(), firstLog);
        Outcome outcome;
        try {
            outcome = agent.build(fast, container);
        } finally {
            Files.createFile(home.resolve("gate"));
        }

        assertThat(outcome.lastLine()).as(outcome.output()).startsWith("dtk: pushed ");
        assertThat(first.waitFor()).as(Files.readString(firstLog)).isZero();
        assertThat(Files.readString(firstLog)).contains("dtk: pushed ");
    }

    /** A builder whose builds wait until the file $GATE is there. */
    private static final String BUILDER =
            """
            #!/bin/sh
            case $1 in
            inspect) echo amd64 ;;
            build)
                touch "$GATE.reached"
                until [ -e "$GATE" ]; do sleep 0.1; done
                ;;
            push)
                for option in "$@"; do
                    [ "$before" != --digestfile ] || echo sha256:0 >"$option"
                    before=$option
                done
                ;;
            esac
            """;

    private static Map<String, String> variables() {
        return new TreeMap<>(Map.of(
                "DTK_KERNEL", "4.18.0-305.40.1.el8_4",
                "DTK_KERNEL_FULL", "4.18.0-305.40.1.el8_4.x86_64",
                "DTK_RHEL", "8.4",
                "DTK_ARCH", "x86_64",
                "DTK_PLATFORM", "linux/amd64",
                "DTK_IMAGE", "registry.lab/acme/dtk",
                "DTK_TAG", "4.18.0-305.40.1.el8_4.x86_64",
                "DTK_BASE_IMAGE", "registry.lab/ubi8/ubi:8.4"));
    }
}
