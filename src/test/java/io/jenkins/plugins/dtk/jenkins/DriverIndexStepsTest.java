package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.embedded.RunOutcome.Result;
import io.jenkins.plugins.dtk.jenkins.PipelineSite.Ended;
import io.jenkins.plugins.dtk.testing.Commands;
import io.jenkins.plugins.dtk.testing.ImageFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The images of a driver that are there, in a pipeline")
class DriverIndexStepsTest extends PipelineTest {

    private static final String KERNEL = "5.14.0-427.61.1.el9_4";
    private static final String OLD = "5.14.0-284.45.1.el9_2";
    private static final String INDEX = ", index: ['{version}-{nvr}']";
    private static final String FAIL_ON_ARM = "if (env.DTK_ARCH == 'aarch64') { error 'no agent for it' }\n";

    private static String matrix(String image, String more) {
        return "def matrix = dtkMatrix(releases: '4.14.7,4.18.6', pullSecretId: 'openshift-pull-secret',"
                + " architectures: ['x86_64', 'aarch64'], version: '3.0.0', tag: ['{version}-{kernel}'],"
                + " image: 'quay.io/acme/" + image + "'" + more + ")\n";
    }

    private static String build(String image, String more, String body) {
        return "def result = dtkBuild(matrix: matrix, image: 'quay.io/acme/" + image
                + "', registryCredentialsId: 'quay-push', pullSecretId: 'openshift-pull-secret'" + more + ") { node {\n"
                + body + StepsTest.pushAnyImage().replace("$DTK_BASE_IMAGE", "$DTK_TOOLKIT") + " } }\n"
                + "result.kernels.each { echo \"${it.kernel}: index ${it.index} ${it.digest ? 'by digest' : ''}\" }\n";
    }

    private Ended night(String image, String matrix, String build, String body) throws IOException {
        return site.run(matrix(image, matrix) + build(image, build, body));
    }

    /** Pushes an image with labels; returns its digest. */
    private String push(String image, String tag, String goName, Map<String, String> labels) throws Exception {
        String name = site.registry().address() + "/acme/" + image + ":" + tag;
        String login = PipelineSite.USER + ":" + PipelineSite.PASSWORD;
        ImageFolder.push(Files.createTempDirectory(folder, "image"), false, goName, labels, name, login);
        return Commands.run(
                        "skopeo",
                        "inspect",
                        "--tls-verify=false",
                        "--creds",
                        login,
                        "--format={{.Digest}}",
                        "docker://" + name)
                .strip();
    }

    @Test
    @DisplayName("are joined under one tag for each kernel: of what is there, and whole as soon as the rest is")
    void joined() throws IOException {
        Ended first = night("joined", INDEX, "", FAIL_ON_ARM);
        Ended second = night("joined", INDEX, "", "");
        Ended third = night("joined", INDEX, "", "error 'not run'\n");

        assertThat(first.result()).as(first.log()).isEqualTo(Result.UNSTABLE);
        assertThat(first.log())
                .contains("dtk: index 3.0.0-" + KERNEL + " now has [x86_64] (sha256:")
                .contains(KERNEL + ": index published by digest");
        assertThat(second.result()).as(second.log()).isEqualTo(Result.SUCCESS);
        assertThat(second.log())
                .contains("missing 2, there 2")
                .contains("dtk: index 3.0.0-" + KERNEL + " now has [x86_64, aarch64] (sha256:")
                .contains("dtk: index 3.0.0-" + OLD + " now has [x86_64, aarch64] (sha256:");
        assertThat(third.result()).as(third.log()).isEqualTo(Result.SUCCESS);
        assertThat(third.log())
                .contains("quay.io/acme/joined lacks nothing")
                .as("the list of tags, by which the registry asks for a login, and each index")
                .containsPattern("there 4 \\([1-4] requests\\)");
    }

    @Test
    @DisplayName("are joined without a build when the index is wanted later, or does not name one of them")
    void later() throws Exception {
        night("later", "", "", "");

        Ended wanted = night("later", INDEX, "", "error 'not run'\n");
        push("later", "3.0.0-" + KERNEL, "amd64", Map.of()); // in place of the index
        Ended taken = night("later", INDEX, "", "error 'not run'\n");
        Ended other = night("later", ", index: ['{version}-{nvr}-all']", "", "error 'not run'\n");

        assertThat(wanted.result()).as(wanted.log()).isEqualTo(Result.SUCCESS);
        assertThat(wanted.log())
                .contains("untagged 4", "0 images to build for 0 kernels, 2 kernels to join")
                .contains("dtk: index 3.0.0-" + KERNEL + " now has [x86_64, aarch64]");
        assertThat(taken.error()).contains("/acme/later:3.0.0-" + KERNEL + " is an image already, and stays");
        assertThat(other.result()).as(other.log()).isEqualTo(Result.SUCCESS);
    }

    @Test
    @DisplayName("wait for each other where the index shall be whole or as it was")
    void held() throws IOException {
        Ended first = night("held", INDEX, ", incomplete: 'hold'", FAIL_ON_ARM);
        Ended second = night("held", INDEX, ", incomplete: 'hold'", "");

        assertThat(first.log())
                .contains("index 3.0.0-" + KERNEL + " stays as it is: there is no image for [aarch64]")
                .contains(KERNEL + ": index none");
        assertThat(second.result()).as(second.log()).isEqualTo(Result.SUCCESS);
        assertThat(second.log())
                .contains("missing 2, untagged 2", "index 3.0.0-" + KERNEL + " now has [x86_64, aarch64]");
    }

    @Test
    @DisplayName("are left for other nights by the limit, the newest kernels first")
    void limited() throws IOException {
        Ended first = night("limited", INDEX, ", limit: 3", "");
        Ended second = night("limited", INDEX, ", limit: 3", "");

        assertThat(first.result()).as(first.log()).isEqualTo(Result.SUCCESS);
        assertThat(first.log())
                .contains("3 images to build for 2 kernels, 1 left for another run by the limit of 3")
                .contains("index 3.0.0-" + KERNEL + " now has [x86_64, aarch64]")
                .contains("index 3.0.0-" + OLD + " now has [x86_64]");
        assertThat(second.log()).contains("1 image to build", "index 3.0.0-" + OLD + " now has [x86_64, aarch64]");
    }

    @Test
    @DisplayName("are stale when their toolkit is of no release that ships their kernel, or for another kernel")
    void stale() throws Exception {
        String toolkit = "io.jenkins.plugins.dtk.toolkit";
        String own = site.run(matrix("stale", "") + "matrix.targets.each { if (it.kernel == '" + KERNEL
                        + ".aarch64') { echo \"TOOLKIT=${it.toolkit}\" } }")
                .log()
                .lines()
                .filter(line -> line.startsWith("TOOLKIT="))
                .findFirst()
                .orElseThrow()
                .substring("TOOLKIT=".length());
        String library = push("stale-toolkits", "x", "amd64", Map.of("kernel-version", KERNEL + ".x86_64"));
        push("stale", "3.0.0-" + KERNEL + ".aarch64", "arm64", Map.of(toolkit, own));
        push(
                "stale",
                "3.0.0-" + KERNEL + ".x86_64",
                "amd64",
                Map.of(toolkit, "quay.io/openshift-release-dev/ocp-v4.0-art-dev@sha256:" + "0".repeat(64)));
        push(
                "stale",
                "3.0.0-" + OLD + ".x86_64",
                "amd64",
                Map.of(toolkit, "quay.io/acme/stale-toolkits@" + library, "kernel-version", OLD + ".x86_64"));
        push("stale", "3.0.0-" + OLD + ".aarch64", "arm64", Map.of());
        String look = ", stale: true, toolkit: ['release', 'quay.io/acme/stale-toolkits']";

        Ended seen = site.run(matrix("stale", look) + "matrix.targets.each { echo \"${it.kernel}: ${it.stale}.\" }");
        Ended quiet = night("stale", look, "", "error 'not run'\n");
        Ended built = night("stale", look, ", rebuild: 'stale'", "echo \"again ${env.DTK_KERNEL_FULL}\"\n");

        assertThat(seen.log())
                .contains(KERNEL + ".aarch64: .", OLD + ".aarch64: .")
                .contains(KERNEL + ".x86_64: the toolkit quay.io/openshift-release-dev/ocp-v4.0-art-dev@sha256:000")
                .contains("that it was built with is of no release that ships its kernel.")
                .contains(OLD + ".x86_64: the toolkit quay.io/acme/stale-toolkits@" + library
                        + " that it was built with is for kernel " + KERNEL)
                .contains("there 4, stale 2");
        assertThat(quiet.log()).contains("quay.io/acme/stale lacks nothing");
        assertThat(built.result()).as(built.log()).isEqualTo(Result.SUCCESS);
        assertThat(built.log().lines().filter(line -> line.contains("again ")).toList())
                .hasSize(2)
                .allMatch(line -> line.endsWith(".x86_64"));
    }

    @Test
    @DisplayName("cannot share the tag of an index with others")
    void mistakes() throws IOException {
        for (List<String> mistake : List.of(
                List.of(", index: ['{version}-{kernel}']", "would be both an image's and an index's"),
                List.of(", index: ['{nvr}'], flavours: ['standard', '64k']", "would have two images for aarch64"),
                List.of(", index: ['{version}']", "it has no {kernel}"))) {
            assertThat(site.run(matrix("wrong", mistake.get(0))).error()).contains(mistake.get(1));
        }
        assertThat(site.run("dtkMatrix(index: ['{nvr}'])").error())
                .contains("are for the images of a driver: name the pattern of its tags too");
    }
}
