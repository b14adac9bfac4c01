package io.jenkins.plugins.dtk.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.testing.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandInBaseTest {

    private static final Path BUSYBOX = Path.of("/bin/busybox");

    @Test
    void itIsAnIndexOfTwoPlatformsWithTheToolsOfUbi(@TempDir Path folder) throws Exception {
        Parts.need("docker-registry", "skopeo", "tar", "busybox");
        try (DockerRegistry registry = DockerRegistry.start()) {
            Map<String, String> digests = base().rhsm("http://127.0.0.1:1")
                    .file("etc/standin/needs-registration", "")
                    .publish(registry.access(), List.of("8.6", "10.2"));
            String image = "docker://" + registry.address() + "/ubi10/ubi:10.2";
            byte[] index = Shell.bytes("skopeo", "inspect", "--raw", "--tls-verify=false", image);
            assertThat(Digests.of(index)).isEqualTo(digests.get("10.2"));
            JsonNode json = new ObjectMapper().readTree(index);
            assertThat(json.get("manifests").findValuesAsText("architecture")).containsExactly("amd64", "arm64");

            Path root = unpack(image, folder);
            assertThat(Files.readString(root.resolve("etc/os-release"))).contains("ID=\"rhel\"", "VERSION_ID=\"10.2\"");
            assertThat(Files.readString(root.resolve("etc/standin/rhsm-url"))).isEqualTo("http://127.0.0.1:1\n");
            assertThat(root.resolve("etc/standin/needs-registration")).exists();
            assertThat(Files.readSymbolicLink(root.resolve("etc/rhsm-host"))).hasToString("/run/secrets/rhsm");
            assertThat(root.resolve("usr/bin/dnf")).isExecutable();
            assertThat(root.resolve("usr/bin/rpm")).isExecutable();
            assertThat(root.resolve("usr/sbin/subscription-manager")).isExecutable();
            assertThat(Shell.text(root.resolve("bin/sh").toString(), "-c", "echo from inside"))
                    .isEqualTo("from inside");
        }
    }

    @Test
    void eachAppletIsOneThatBusyboxHas(@TempDir Path folder) throws Exception {
        Parts.need("docker-registry", "skopeo", "tar", "busybox");
        try (DockerRegistry registry = DockerRegistry.start()) {
            base().publish(registry, List.of("9.6"));
            Path root = unpack("docker://" + registry.address() + "/ubi9/ubi:9.6", folder);
            List<String> known =
                    Shell.text(BUSYBOX.toString(), "--list").lines().toList();
            try (Stream<Path> links = Files.list(root.resolve("usr/bin"))) {
                List<String> applets = links.filter(Files::isSymbolicLink)
                        .map(link -> link.getFileName().toString())
                        .toList();
                assertThat(applets).hasSizeGreaterThan(80);
                assertThat(known).containsAll(applets);
            }
        }
    }

    @Test
    void aMissingBusyboxIsToldWithWhatFetchesIt(@TempDir Path empty) {
        assertThatThrownBy(() -> StandInBase.of(empty).publish(RegistryAccess.open("127.0.0.1:1"), List.of("9.6")))
                .isInstanceOf(IOException.class)
                .hasMessage("no busybox of x86_64 for the stand-in base image: cannot read "
                        + empty.resolve("busybox-x86_64") + " ('src/demo/sh/fetch-busybox.sh FOLDER' fetches it)");
    }

    /** This machine's busybox for both: here only the amd64 one is run. */
    private static StandInBase base() {
        return StandInBase.of(Map.of(Architecture.X86_64, BUSYBOX, Architecture.AARCH64, BUSYBOX));
    }

    private static Path unpack(String image, Path folder) throws Exception {
        Path copy = folder.resolve("copy");
        Path root = Files.createDirectory(folder.resolve("root"));
        Shell.bytes("skopeo", "copy", "--quiet", "--src-tls-verify=false", image, "dir:" + copy);
        JsonNode manifest =
                new ObjectMapper().readTree(copy.resolve("manifest.json").toFile());
        for (String digest : manifest.get("layers").findValuesAsText("digest")) {
            Shell.bytes(
                    "tar",
                    "-xzf",
                    copy.resolve(digest.substring("sha256:".length())).toString(),
                    "-C",
                    root.toString());
        }
        return root;
    }
}
