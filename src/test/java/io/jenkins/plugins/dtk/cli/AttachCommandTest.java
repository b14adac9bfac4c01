package io.jenkins.plugins.dtk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.dtk.demo.DockerRegistry;
import io.jenkins.plugins.dtk.testing.Commands;
import io.jenkins.plugins.dtk.testing.ImageFolder;
import io.jenkins.plugins.dtk.testing.Parts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("dtk attach")
class AttachCommandTest {

    @Test
    @DisplayName("attaches the packages to an image once, as SPDX that skopeo finds by the digest of the image")
    void attaches(@TempDir Path folder) throws Exception {
        Parts.need("docker-registry", "skopeo");
        Path rpms = Files.writeString(
                folder.resolve("rpms"),
                "kernel-devel-5.14.0-427.61.1.el9_4.x86_64\ngcc-c++-11.4.1-3.el9.x86_64\ngpg-pubkey-fd431d51-4ae0493b\n");
        try (DockerRegistry registry = DockerRegistry.start()) {
            String image = registry.address() + "/acme/dtk:1";
            ImageFolder.push(folder.resolve("image"), false, "amd64", Map.of(), image, null);
            String[] attach = {"attach", image, "--packages", rpms.toString(), "--plain-http", registry.address()};
            Dtk first = Dtk.run(attach);
            Dtk second = Dtk.run(attach);
            assertThat(first.exit()).as(first.err()).isZero();
            assertThat(first.out())
                    .startsWith("application/spdx+json sha256:")
                    .endsWith(" is attached to " + image + "\n");
            assertThat(second.out()).isEqualTo(first.out());

            JsonNode spdx = attached(image, folder.resolve("copy"), first.out().split(" ")[1]);
            assertThat(spdx.path("spdxVersion").asText()).isEqualTo("SPDX-2.3");
            assertThat(spdx.path("packages").findValuesAsText("name")).containsExactly("gcc-c++", "kernel-devel");
            assertThat(spdx.path("packages").findValuesAsText("referenceLocator"))
                    .containsExactly(
                            "pkg:rpm/gcc-c%2B%2B@11.4.1-3.el9?arch=x86_64",
                            "pkg:rpm/kernel-devel@5.14.0-427.61.1.el9_4?arch=x86_64");
        }
    }

    private static JsonNode attached(String image, Path copy, String digest) throws Exception {
        String repository = image.substring(0, image.lastIndexOf(':'));
        Commands.run(
                "skopeo", "copy", "--src-tls-verify=false", "docker://" + repository + "@" + digest, "dir:" + copy);
        JsonNode manifest =
                new ObjectMapper().readTree(copy.resolve("manifest.json").toFile());
        String layer = manifest.path("layers").path(0).path("digest").asText();
        return new ObjectMapper().readTree(copy.resolve(layer.substring(7)).toFile());
    }

    @Test
    @DisplayName("refuses in one line what is no list of packages, before it asks the registry")
    void refuses(@TempDir Path folder) throws Exception {
        Path rpms = Files.writeString(folder.resolve("rpms"), "rpm: command not found\n");
        Dtk dtk = Dtk.run("attach", "127.0.0.1:1/acme/dtk:1", "--packages", rpms.toString());
        assertThat(dtk.exit()).isEqualTo(1);
        assertThat(dtk.err()).contains("--packages: not a package: 'rpm: command not found'");
        assertThat(dtk.err().lines()).hasSize(1);
    }
}
