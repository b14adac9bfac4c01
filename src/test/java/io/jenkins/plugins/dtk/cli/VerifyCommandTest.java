package io.jenkins.plugins.dtk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.dtk.testing.Parts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("dtk verify")
class VerifyCommandTest {

    private static final String NODES = "4.18.0-372.64.1.el8_6";
    private static final String ITS_IMAGE = "4.18.0-372.49.1.el8_6";

    @TempDir
    private static Path folder;

    @AutoClose
    private static CommandSite site;

    @BeforeAll
    static void start() throws Exception {
        Parts.need("docker-registry", "skopeo");
        site = new CommandSite(folder, "4.12.26", "4.12.27", "4.14.7", "4.22.11");
    }

    @Test
    @DisplayName("finds the release whose own image is for another kernel than its nodes run, and exits with 1")
    void mismatch() {
        Dtk dtk = site.run("verify", "--releases", "4.12-4.14");

        assertThat(dtk.exit()).as(dtk.err()).isEqualTo(1);
        assertThat(dtk.out())
                .startsWith("RELEASE  ARCH     STREAM  NODE KERNEL            ITS OWN IMAGE\n")
                .contains("4.12.26  x86_64   rhel-8  " + NODES + "  differs: " + ITS_IMAGE + "\n")
                .contains("4.12.26  aarch64  rhel-8  " + NODES + "  differs: " + ITS_IMAGE + "\n")
                .doesNotContain("4.12.27", "4.14.7")
                .endsWith("6 comparisons, 2 mismatches\n");
        assertThat(dtk.err()).isEmpty();
    }

    @Test
    @DisplayName("finds nothing wrong with the others, and exits with 0")
    void right() {
        Dtk dtk = site.run("verify", "--releases", "4.12.27,4.14,4.22");

        assertThat(dtk.exit()).as(dtk.err()).isZero();
        assertThat(dtk.out()).isEqualTo("8 comparisons, no mismatch\n");
    }

    @Test
    @DisplayName("shows what is right on request, RHEL 10 nodes without an image included")
    void all() {
        Dtk dtk = site.run("verify", "--releases", "4.22", "--arch", "x86_64", "--all");

        assertThat(dtk.exit()).as(dtk.err()).isZero();
        assertThat(dtk.out())
                .containsPattern("4\\.22\\.11 +x86_64 +rhel-9 +5\\.14\\.0-687\\S+ +matches\n")
                .containsPattern("4\\.22\\.11 +x86_64 +rhel-10 +6\\.12\\.0-211\\S+ +absent\n");
    }

    private static Dtk driver(String version, String... more) {
        List<String> words = new ArrayList<>(List.of("verify", "--releases", "4.14.7", "--arch", "x86_64"));
        words.addAll(List.of("--image", "quay.io/acme/driver", "--tag", "{version}-{kernel}"));
        words.addAll(List.of("--driver-version", version));
        words.addAll(List.of(more));
        return site.run(words.toArray(String[]::new));
    }

    @Test
    @DisplayName("compares a driver's images, each flavour's with what the image says of itself")
    void drivers() throws Exception {
        String kernel = "5.14.0-284.45.1.el9_2.x86_64";
        String realTime = "5.14.0-284.45.1.rt14.330.el9_2.x86_64";
        site.push("driver", "3.0-" + kernel, "amd64", kernel);
        site.push("driver", "3.0-" + realTime, "amd64", kernel);

        Dtk dtk = driver("3.0", "--flavour", "standard,rt", "--format", "json");
        Dtk missing = driver("3.1");

        assertThat(dtk.exit()).as(dtk.err()).isEqualTo(1);
        JsonNode audit = new ObjectMapper().readTree(dtk.out());
        assertThat(audit.findValuesAsText("answer")).containsExactly("matches", "differs");
        assertThat(dtk.out()).contains("is for kernel " + kernel + ", not " + realTime);
        assertThat(missing.exit()).as(missing.err()).isEqualTo(1);
        assertThat(missing.out()).contains("absent");
    }

    @Test
    @DisplayName("compares the library too: matching, wrong and absent images")
    void library() throws Exception {
        site.push("mixed", NODES + ".x86_64", "amd64", NODES + ".x86_64");
        site.push("mixed", NODES + ".aarch64", "arm64", ITS_IMAGE + ".aarch64");

        Dtk dtk = site.run(
                "verify",
                "--releases",
                "4.12.26,4.14",
                "--library-only",
                "--image",
                "quay.io/acme/mixed",
                "--format",
                "json");

        assertThat(dtk.exit()).as(dtk.err()).isEqualTo(1);
        assertThat(dtk.out().lines()).hasSize(1);
        JsonNode audit = new ObjectMapper().readTree(dtk.out());
        assertThat(audit.at("/mismatches").asInt()).isEqualTo(3);
        assertThat(audit.at("/unknown").asInt()).isZero();
        assertThat(audit.findValuesAsText("answer")).containsExactly("matches", "differs", "absent", "absent");
        assertThat(audit.at("/findings/1/library/why").asText())
                .isEqualTo("the image under " + NODES + ".aarch64 is for kernel " + ITS_IMAGE);
        assertThat(audit.at("/findings/0").has("payload")).isFalse();
        assertThat(audit.at("/findings/0/build").asText()).isEqualTo("412.86.202307180849-0");
    }

    @Test
    @DisplayName("reads the same file in an image of OpenShift's own that was copied into the library")
    void copied() throws Exception {
        Dtk before = site.run("verify", "--releases", "4.14.7", "--arch", "x86_64", "--format", "json");
        JsonNode payload = new ObjectMapper().readTree(before.out()).at("/findings/0/payload");
        site.copy(
                payload.at("/image").asText(), "copied:" + payload.at("/kernel").asText() + ".x86_64");

        Dtk dtk = site.run(
                "verify", "--releases", "4.14.7", "--arch", "x86_64", "--image", "quay.io/acme/copied", "--all");

        assertThat(dtk.exit()).as(dtk.err()).isZero();
        assertThat(dtk.out()).containsPattern("4\\.14\\.7 .* matches +matches\n");
    }

    @Test
    @DisplayName("says that it could not tell, and exits with 3, where the library refuses")
    void refused() throws Exception {
        Dtk dtk = site.run(
                "verify",
                "--releases",
                "4.14.7",
                "--image",
                "quay.io/acme/mixed",
                "--registry-auth",
                site.login("wrong.json", "Pa55-that-is-wrong").toString());

        assertThat(dtk.exit()).isEqualTo(3);
        assertThat(dtk.out())
                .contains("could not tell: Tried to read the manifest of quay.io/acme/mixed:")
                .endsWith("2 comparisons, no mismatch, 2 is unknown\n")
                .doesNotContain("Pa55");
    }

    @Test
    @DisplayName("goes on where a release cannot be read, and lists a mismatch before what it could not tell")
    void unreadableRelease() throws Exception {
        Dtk dtk = site.run("verify", "--releases", "4.14.7", "--arch", "x86_64,ppc64le");
        assertThat(dtk.exit()).as(dtk.out() + dtk.err()).isZero();

        Dtk secretless = site.runWith(site.login("none.json", "Pa55-that-is-wrong"), "verify", "--releases", "4.14.7");
        assertThat(secretless.exit()).isEqualTo(3);
        assertThat(secretless.out()).contains("could not tell: release 4.14.7 (x86_64): ");
        assertThat(secretless.out()).endsWith("0 comparisons, no mismatch, 2 is unknown\n");
    }

    @Test
    @DisplayName("needs the network once: what payloads and their images say is remembered")
    void offline() {
        Dtk first = site.run("verify", "--releases", "4.12");
        Dtk again = site.run("verify", "--releases", "4.12", "--offline");
        assertThat(again.exit()).as(again.err()).isEqualTo(1);
        assertThat(again.out()).isEqualTo(first.out());
    }

    @Test
    @DisplayName("could not tell anything where the update graph does not answer")
    void noGraph() {
        Dtk dtk = Dtk.run("verify", "--graph-url", "http://127.0.0.1:1/graph", "--cache", folder.toString());
        assertThat(dtk.exit()).isEqualTo(3);
        assertThat(dtk.err()).startsWith("dtk: ").contains("127.0.0.1:1/graph").hasLineCount(1);
    }
}
