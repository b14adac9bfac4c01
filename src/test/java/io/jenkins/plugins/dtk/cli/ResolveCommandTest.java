package io.jenkins.plugins.dtk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.testing.Commands;
import io.jenkins.plugins.dtk.testing.Parts;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("dtk resolve")
class ResolveCommandTest {

    private static final String KERNEL = "5.14.0-284.45.1.el9_2";
    private static final String IMAGE = "quay.io/acme/driver-toolkit";

    @TempDir
    private static Path folder;

    @AutoClose
    private static CommandSite site;

    @BeforeAll
    static void start() throws Exception {
        Parts.need("docker-registry", "skopeo");
        site = new CommandSite(folder, "4.12.26", "4.14.7", "4.22.11");
        site.pushKernel("driver-toolkit", KERNEL);
        pushFlavours();
    }

    private static String digest(String tag) throws Exception {
        return site.client()
                .head(site.repository("driver-toolkit").withTag(tag))
                .orElseThrow()
                .digest()
                .toString();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("names the image by tag and by digest")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            4.14.7 --arch aarch64                          | .aarch64
            4.14.7                                         | .x86_64
            5.14.0-284.45.1.el9_2.aarch64                  | .aarch64
            5.14.0-284.45.1.el9_2 --arch arm64             | .aarch64
            5.14.0-284.45.1.el9_2                          | ''
            """)
    void there(String asked, String suffix) throws Exception {
        Dtk dtk = site.run(("resolve " + asked + " --image " + IMAGE).split(" "));

        assertThat(dtk.exit()).as(dtk.err()).isZero();
        String digest = digest(KERNEL + suffix);
        assertThat(dtk.out()).isEqualTo(IMAGE + ":" + KERNEL + suffix + " " + IMAGE + "@" + digest + "\n");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("names for a flavour an image that is for it, and never another flavour's")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            5.14.0-427.61.1.el9_4.x86_64+rt       | toolkits | 0 | quay.io/acme/toolkits:5.14.0-427.61.1.el9_4.x86_64 quay.io/
            5.14.0-427.61.1.el9_4+rt              | toolkits | 0 | quay.io/acme/toolkits:5.14.0-427.61.1.el9_4.x86_64 quay.io/
            5.14.0-427.61.1.el9_4.aarch64+64k     | toolkits | 0 | quay.io/acme/toolkits:5.14.0-427.61.1.el9_4.aarch64 quay.io/
            5.14.0-284.45.1.rt14.330.el9_2.x86_64 | toolkits | 0 | quay.io/acme/toolkits:5.14.0-284.45.1.el9_2.x86_64 quay.io/
            5.14.0-427.26.1.el9_4.x86_64+rt       | toolkits | 1 | the registry has no quay.io/acme/toolkits:5.14.0-427.26.1.el9_4.x86_64_rt, and quay.io/acme/toolkits:5.14.0-427.26.1.el9_4.x86_64 is for the standard kernel alone
            5.14.0-427.61.1.el9_4.x86_64+rt       | drivers  | 0 | quay.io/acme/drivers:5.14.0-427.61.1.el9_4.x86_64_rt quay.io/
            5.14.0-427.61.1.el9_4.aarch64+64k     | drivers  | 1 | the registry has no quay.io/acme/drivers:5.14.0-427.61.1.el9_4.aarch64_64k, and quay.io/acme/drivers:5.14.0-427.61.1.el9_4.aarch64 is for the standard kernel alone
            5.14.0-570.1.1.el9_6.x86_64+rt        | drivers  | 1 | the registry has no quay.io/acme/drivers:5.14.0-570.1.1.el9_6.x86_64_rt, and neither quay.io/acme/drivers:5.14.0-570.1.1.el9_6.x86_64 nor
            5.14.0-427.61.1.el9_4.aarch64+rt-64k  | toolkits | 2 | real-time kernels are for x86_64 only
            5.14.0-427.61.1.el9_4.x86_64+rt       | silent   | 3 | quay.io/acme/silent@sha256:
            """)
    void flavours(String asked, String repository, int exit, String said) {
        Dtk dtk = site.run("resolve", asked, "--image", "quay.io/acme/" + repository);

        assertThat(dtk.exit()).as(dtk.err()).isEqualTo(exit);
        assertThat(dtk.out() + dtk.err()).contains(said);
    }

    @ParameterizedTest(name = "{0} {1}")
    @DisplayName("names a driver's image by the vendor's tags, the newest version, of this flavour alone")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            5.14.0-427.61.1.el9_4.x86_64    | --tag {version}-{kernel}                          | 0 | :10.0-5.14.0-427.61.1.el9_4.x86_64 quay.io/
            5.14.0-427.61.1.el9_4.x86_64    | --tag {version}-{kernel} --driver-version 9.1     | 0 | :9.1-5.14.0-427.61.1.el9_4.x86_64 quay.io/
            5.14.0-427.61.1.el9_4.x86_64+rt | --tag {version}-{kernel}                          | 0 | :9.1-5.14.0-427.61.1.el9_4.x86_64_rt quay.io/
            5.14.0-427.61.1.el9_4.x86_64+rt | --tag {version}-{kernel} --driver-version 10.0    | 1 | quay.io/acme/vendor has no image of the driver for kernel 5.14.0-427.61.1.el9_4.x86_64+rt
            4.14.7                          | --tag {version}-{kernel}                          | 2 | it takes a kernel as 'uname -r' prints it
            """)
    void vendor(String asked, String options, int exit, String said) {
        Dtk dtk = site.run(("resolve " + asked + " --image quay.io/acme/vendor " + options).split(" "));

        assertThat(dtk.exit()).as(dtk.err()).isEqualTo(exit);
        assertThat(dtk.out() + dtk.err()).contains(said);
    }

    private static void pushFlavours() throws Exception {
        String kernel = "5.14.0-427.61.1.el9_4";
        String amd = kernel + ".x86_64";
        String arm = kernel + ".aarch64";
        site.push("toolkits", amd, "amd64", Map.of("kernel-version", amd, "kernel-rt-version", amd + "+rt"));
        site.push("toolkits", arm, "arm64", Map.of("kernel-version", arm, "kernel-64k-version", arm + "+64k"));
        String old = "5.14.0-284.45.1.el9_2.x86_64";
        site.push(
                "toolkits",
                old,
                "amd64",
                Map.of("kernel-version", old, "kernel-rt-version", "5.14.0-284.45.1.rt14.330.el9_2.x86_64"));
        String other = "5.14.0-427.26.1.el9_4.x86_64";
        site.push(
                "toolkits",
                other,
                "amd64",
                Map.of("kernel-version", other, "io.jenkins.plugins.dtk.rhel-version", "9.4"));
        String toolkit = "io.jenkins.plugins.dtk.toolkit";
        site.push("drivers", amd, "amd64", Map.of("kernel-version", amd, toolkit, "any"));
        site.push("drivers", amd + "_rt", "amd64", Map.of("kernel-version", amd + "+rt", toolkit, "any"));
        site.push("drivers", arm, "arm64", Map.of("kernel-version", arm, toolkit, "any"));
        site.push("vendor", "9.1-" + amd, "amd64", amd);
        site.push("vendor", "10.0-" + amd, "amd64", amd);
        site.push("vendor", "9.1-" + amd + "_rt", "amd64", amd + "+rt");
        site.push("silent", amd, "amd64", Map.of());
    }

    @Test
    @DisplayName("says what the nodes of a release run")
    void nodes() {
        assertThat(site.run("resolve", "4.14.7", "--image", IMAGE).err())
                .isEqualTo("dtk: release 4.14.7 (x86_64), rhel-9: nodes run kernel " + KERNEL + "\n");
    }

    @Test
    @DisplayName("falls back to the multi-arch image where the library has no tag for the architecture alone")
    void indexOnly() throws Exception {
        site.copyAll(IMAGE + ":" + KERNEL, "indexes:" + KERNEL);
        Dtk dtk = site.run("resolve", KERNEL + ".aarch64", "--image", "quay.io/acme/indexes");

        assertThat(dtk.exit()).as(dtk.err()).isZero();
        assertThat(dtk.out())
                .isEqualTo("quay.io/acme/indexes:" + KERNEL + " quay.io/acme/indexes@" + digest(KERNEL) + "\n");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("says plainly that there is none")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            4.12.26                                | the registry has neither quay.io/acme/driver-toolkit:4.18.0-372.64.1.el8_6.x86_64 nor linux/amd64 in 4.18.0-372.64.1.el8_6
            5.14.0-284.45.1.el9_2.s390x            | the registry has neither quay.io/acme/driver-toolkit:5.14.0-284.45.1.el9_2.s390x nor linux/s390x in 5.14.0-284.45.1.el9_2
            5.14.0-1.el9_2                         | the registry has no quay.io/acme/driver-toolkit:5.14.0-1.el9_2
            """)
    void absent(String asked, String said) {
        Dtk dtk = site.run("resolve", asked, "--image", IMAGE);
        assertThat(dtk.exit()).as(dtk.err()).isEqualTo(1);
        assertThat(dtk.out()).isEqualTo(said + "\n");
    }

    @Test
    @DisplayName("never takes a registry that refuses for one that has no image")
    void refused() throws Exception {
        Dtk dtk = site.run(
                "resolve",
                KERNEL,
                "--image",
                IMAGE,
                "--registry-auth",
                site.login("wrong.json", "Pa55-that-is-wrong").toString());
        assertThat(dtk.exit()).isEqualTo(3);
        assertThat(dtk.out()).isEmpty();
        assertThat(dtk.err()).startsWith("dtk: Tried to look up " + IMAGE).doesNotContain("Pa55");
    }

    @Test
    @DisplayName("could not tell of a release that cannot be read, or does not exist")
    void unreadable() {
        Dtk dtk = site.run("resolve", "4.14.99", "--image", IMAGE);
        assertThat(dtk.exit()).isEqualTo(3);
        assertThat(dtk.err()).startsWith("dtk: release 4.14.99 does not exist for [x86_64]");
        assertThat(dtk.err().lines()).hasSize(1);
    }

    @Test
    @DisplayName("names the release's own image where no library is given, and a reader finds the kernel in it")
    void own() throws Exception {
        Dtk dtk = site.run("resolve", "4.14.7", "--arch", "aarch64");
        assertThat(dtk.exit()).as(dtk.err()).isZero();
        assertThat(dtk.out()).matches("quay\\.io/openshift-release-dev/ocp-v4\\.0-art-dev@sha256:[0-9a-f]{64}\n");

        Path image = folder.resolve("own");
        Commands.run(
                "skopeo",
                "copy",
                "--src-tls-verify=false",
                "--src-creds",
                CommandSite.USER + ":" + CommandSite.PASSWORD,
                "docker://" + dtk.out().strip().replace("quay.io", site.address()),
                "dir:" + image);
        String files = Commands.run(
                "sh",
                "-c",
                "for f in '" + image + "'/*; do tar xzOf $f"
                        + " etc/driver-toolkit-release.json 2>/dev/null; done; true");
        assertThat(files).contains("\"KERNEL_VERSION\": \"" + KERNEL + ".aarch64\"");
    }

    @Test
    @DisplayName("does not name a release's own image that is for another kernel than its nodes run")
    void ownMismatch() {
        Dtk dtk = site.run("resolve", "4.12.26");
        assertThat(dtk.exit()).isEqualTo(1);
        assertThat(dtk.out())
                .isEqualTo("the Driver Toolkit of release 4.12.26 (x86_64) is for kernel 4.18.0-372.49.1.el8_6,"
                        + " its nodes run 4.18.0-372.64.1.el8_6: use a library's image\n");
    }

    @Test
    @DisplayName("answers for each stream that a release's nodes may run")
    void twoStreams() {
        Dtk dtk = site.run("resolve", "4.22.11");
        assertThat(dtk.exit()).isEqualTo(1);
        assertThat(dtk.out().lines()).hasSize(2);
        assertThat(dtk.out())
                .containsPattern("(?m)^quay\\.io/openshift-release-dev/\\S+@sha256:[0-9a-f]{64}$")
                .contains("release 4.22.11 (x86_64) has no Driver Toolkit image for nodes of rhel-10");
    }
}
