package io.jenkins.plugins.dtk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.testing.FakeImage;
import io.jenkins.plugins.dtk.testing.FakeRegistry;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("dtk inspect")
class InspectCommandTest {

    private static final String KERNEL = "5.14.0-427.61.1.el9_4";
    private static final byte[] LARGE = new byte[300_000];

    @AutoClose
    private final FakeRegistry registry = new FakeRegistry();

    private static FakeImage image(Architecture architecture, String rt) {
        String full = KERNEL + "." + architecture.rpmName();
        return new FakeImage()
                .on(architecture)
                .layer(LARGE)
                .file(
                        "etc/driver-toolkit-release.json",
                        "{ \"KERNEL_VERSION\": \"" + full + "\", \"RT_KERNEL_VERSION\": \"" + rt
                                + "\", \"RHEL_VERSION\": \"9.4\" }")
                .label("kernel-version", full)
                .label("io.jenkins.plugins.dtk.openshift-releases", "4.16.1,4.16.2,4.17.0")
                .label("org.opencontainers.image.base.name", "registry.access.redhat.com/ubi9/ubi:9.4");
    }

    private Dtk inspect(Object... args) {
        String line = "inspect --plain-http " + registry.address();
        for (Object arg : args) {
            line += " " + arg;
        }
        return Dtk.run(line.split(" "));
    }

    @Test
    @DisplayName(
            "shows of a driver's image the kernel with its flavour, the version and the toolkit, and reads no layer")
    void driver() {
        ImageReference image = registry.push(
                "acme/nic",
                "3.0.0-" + KERNEL + ".x86_64_rt",
                new FakeImage()
                        .layer(LARGE)
                        .label("kernel-version", KERNEL + ".x86_64+rt")
                        .label("io.jenkins.plugins.dtk.driver-version", "3.0.0")
                        .label("io.jenkins.plugins.dtk.toolkit", "quay.io/acme/dtk@sha256:0123")
                        .label("io.jenkins.plugins.dtk.openshift-releases", "4.17.0"));

        Dtk dtk = inspect(image);

        assertThat(dtk.exit()).as(dtk.err()).isZero();
        assertThat(dtk.out())
                .containsPattern("kernel +5\\.14\\.0-427\\.61\\.1\\.el9_4\\.x86_64\\+rt\n")
                .containsPattern("driver version +3\\.0\\.0\n")
                .containsPattern("toolkit +quay\\.io/acme/dtk@sha256:0123\n")
                .containsPattern("releases +4\\.17\\.0\n");
    }

    @Test
    @DisplayName("shows the kernels, releases and base of an image, and reads no layer but the last")
    void table() {
        ImageReference image = registry.push("acme/dtk", KERNEL, image(Architecture.X86_64, KERNEL + ".x86_64+rt"));

        Dtk dtk = inspect(image);

        assertThat(dtk.exit()).as(dtk.err()).isZero();
        assertThat(dtk.out())
                .containsPattern("PLATFORM +linux/amd64")
                .containsPattern("kernel +5\\.14\\.0-427\\.61\\.1\\.el9_4\\.x86_64\n")
                .containsPattern("real-time kernel +5\\.14\\.0-427\\.61\\.1\\.el9_4\\.x86_64\\+rt\n")
                .containsPattern("64 KiB kernel +-\n")
                .containsPattern("releases +4\\.16\\.1 \\.\\. 4\\.17\\.0 \\(3\\)")
                .containsPattern("base +registry\\.access\\.redhat\\.com/ubi9/ubi:9\\.4")
                .containsPattern("size +0\\.3 MB compressed");
        assertThat(registry.server().requests())
                .as("the first asks how to log in; then manifest, config and the last layer")
                .hasSize(4);
    }

    @Test
    @DisplayName("prints everything as JSON, of every image of an index")
    void json() {
        ImageReference index = registry.index(
                "acme/dtk",
                Map.of(
                        Architecture.X86_64, image(Architecture.X86_64, ""),
                        Architecture.AARCH64, image(Architecture.AARCH64, "")));
        registry.push("acme/dtk", image(Architecture.X86_64, ""));
        registry.push("acme/dtk", image(Architecture.AARCH64, ""));

        Dtk dtk = inspect("--format json", index);

        assertThat(dtk.exit()).as(dtk.err()).isZero();
        assertThat(dtk.out().lines()).hasSize(1);
        assertThat(dtk.out())
                .contains("\"platform\":\"linux/amd64\"", "\"platform\":\"linux/arm64\"")
                .contains("\"release\":{\"KERNEL_VERSION\":\"" + KERNEL + ".aarch64\",\"RT_KERNEL_VERSION\":\"\","
                        + "\"RHEL_VERSION\":\"9.4\"}")
                .contains("\"kernel-version\":\"" + KERNEL + ".x86_64\"");
    }

    @Test
    @DisplayName("says so where an image is no Driver Toolkit, is not there, or lies")
    void others() {
        ImageReference plain = registry.push("acme/web", "1", new FakeImage().file("etc/motd", "hello"));
        ImageReference liar =
                registry.push("acme/liar", "1", new FakeImage().file("etc/driver-toolkit-release.json", "{ KERNEL"));

        assertThat(inspect(plain).out()).containsPattern("kernel +-\n");
        assertThat(inspect(registry.address() + "/acme/none:1").exit()).isEqualTo(1);
        assertThat(inspect(registry.address() + "/acme/none:1").err())
                .startsWith("dtk: Tried to ")
                .hasLineCount(1);
        assertThat(inspect(liar).err())
                .isEqualTo("dtk: /etc/driver-toolkit-release.json of " + liar
                        + " is not usable JSON (line 1, column 3)\n");
        assertThat(inspect(registry.address() + "/acme/none").exit()).isEqualTo(2);
    }
}
