package io.jenkins.plugins.dtk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.testing.Parts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("dtk build for several architectures under one tag")
class DriverIndexTest {

    private static final String KERNEL = "5.14.0-427.61.1.el9_4";

    @TempDir
    private static Path folder;

    @AutoClose
    private static CommandSite site;

    @BeforeAll
    static void start() throws Exception {
        Parts.need("docker-registry", "skopeo");
        site = new CommandSite(folder, "4.17.22");
        Files.writeString(folder.resolve("Containerfile"), "FROM scratch\n");
    }

    private static Dtk build(String repository, String indexTag, String... more) {
        List<String> all = new ArrayList<>(List.of("build", "--image", "quay.io/acme/" + repository));
        all.addAll(List.of("--releases", "4.17.22", "--tag", "{version}-{kernel}", "--driver-version", "3.0"));
        all.addAll(List.of(
                "--index-tag",
                indexTag,
                "--containerfile",
                folder.resolve("Containerfile").toString()));
        all.addAll(List.of("--logs", folder.resolve("logs").toString()));
        all.addAll(List.of(more));
        return site.run(all.toArray(String[]::new));
    }

    private static ImageIndex index(String repository) throws Exception {
        return (ImageIndex) site.client().manifest(site.repository(repository).withTag("3.0-" + KERNEL));
    }

    @Test
    @DisplayName("publishes an index of what is there, and asks nothing of one that is there")
    void joins() throws Exception {
        site.push("nic", "3.0-" + KERNEL + ".x86_64", "amd64", KERNEL + ".x86_64");
        site.push("nic", "3.0-" + KERNEL + ".aarch64", "arm64", KERNEL + ".aarch64");

        Dtk first = build("nic", "{version}-{nvr}", "--arch", "x86_64,aarch64");
        Digest digest = index("nic").digest();
        Dtk second = build("nic", "{version}-{nvr}", "--arch", "x86_64,aarch64");

        assertThat(first.exit()).as(first.out() + first.err()).isZero();
        assertThat(first.err()).contains("index 3.0-" + KERNEL + " now has [x86_64, aarch64]");
        assertThat(index("nic").manifests())
                .extracting(entry -> entry.platform().toString())
                .containsExactly("linux/amd64", "linux/arm64");
        assertThat(second.exit()).isZero();
        assertThat(second.err()).doesNotContain("now has");
        assertThat(index("nic").digest()).isEqualTo(digest);
        site.inspect("nic:3.0-" + KERNEL, "arm64");
    }

    @Test
    @DisplayName("builds again, on request, what was built with a toolkit of no release that ships its kernel")
    void stale() throws Exception {
        String toolkit = "quay.io/openshift-release-dev/ocp-v4.0-art-dev@sha256:" + "0".repeat(64);
        site.push("stale", "3.0-" + KERNEL + ".x86_64", "amd64", Map.of("io.jenkins.plugins.dtk.toolkit", toolkit));
        site.push("stale", "3.0-" + KERNEL + ".aarch64", "arm64", KERNEL + ".aarch64");

        Dtk missing = build("stale", "{version}-{nvr}", "--arch", "x86_64,aarch64", "--dry-run");
        Dtk stale = build("stale", "{version}-{nvr}", "--arch", "x86_64,aarch64", "--dry-run", "--rebuild", "stale");

        assertThat(missing.out()).as(missing.err()).isEqualTo("2 images: there 2\n");
        assertThat(stale.out())
                .as(stale.err())
                .contains("it would be built: the toolkit " + toolkit
                        + " that it was built with is of no release that ships its kernel")
                .endsWith("2 images: there 1, left 1\n");
    }

    @Test
    @DisplayName("leaves an image that has the tag of an index, and says so")
    void image() throws Exception {
        site.push("single", "3.0-" + KERNEL + ".x86_64", "amd64", KERNEL + ".x86_64");
        site.push("single", "3.0-" + KERNEL, "amd64", KERNEL + ".x86_64");
        Dtk single = build("single", "{version}-{nvr}", "--arch", "x86_64");
        site.push("taken", "3.0-" + KERNEL + ".x86_64", "amd64", KERNEL + ".x86_64");
        Dtk taken = build("taken", "{version}-{kernel}", "--arch", "x86_64");

        assertThat(single.exit()).as(single.err()).isEqualTo(1);
        assertThat(single.out()).contains("3.0-" + KERNEL + " is an image already, and stays; use another tag");
        assertThat(taken.exit()).isEqualTo(2);
        assertThat(taken.err()).contains("the tag '3.0-" + KERNEL + ".x86_64' would be both an image's and an index's");
    }

    @Test
    @DisplayName("refuses an index with two images for one architecture")
    void flavours() {
        Dtk dtk = build("nic", "{version}-{nvr}", "--arch", "x86_64", "--flavour", "standard,rt");

        assertThat(dtk.exit()).isEqualTo(2);
        assertThat(dtk.err()).contains("would have two images for x86_64");
    }
}
