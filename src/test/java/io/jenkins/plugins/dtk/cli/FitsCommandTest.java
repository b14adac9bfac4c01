package io.jenkins.plugins.dtk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.dtk.testing.FakeImage;
import io.jenkins.plugins.dtk.testing.FakeRegistry;
import io.jenkins.plugins.dtk.testing.ForeignModule;
import io.jenkins.plugins.dtk.testing.Parts;
import io.jenkins.plugins.dtk.testing.Tar;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("dtk fits")
class FitsCommandTest {

    private static final String OLDER = "5.14.0-284.11.1.el9_2.x86_64";
    private static final int CHECKSUM = 0x92997ed8;

    @TempDir
    private static Path folder;

    @AutoClose
    private static CommandSite site;

    @AutoClose
    private static FakeRegistry vendor;

    @BeforeAll
    static void start() throws Exception {
        Parts.need("docker-registry", "gcc");
        site = new CommandSite(folder, "4.14.7", "4.14.19");
        vendor = new FakeRegistry();
        byte[] module =
                Files.readAllBytes(ForeignModule.compile(folder.resolve("module"), "gcc", OLDER, "_printk", CHECKSUM));
        vendor.push(
                "acme/acme-nic",
                "3.0.0",
                new FakeImage()
                        .layer(new Tar()
                                .file("opt/lib/modules/" + OLDER + "/acme_nic.ko", module)
                                .end()
                                .gzipped()));
        for (String kernel : KERNELS) {
            vendor.push(
                    "acme/driver-toolkit",
                    kernel,
                    new FakeImage()
                            .label("kernel-version", kernel)
                            .file(
                                    "usr/src/kernels/" + kernel + "/Module.symvers",
                                    String.format("0x%08x\t_printk\tvmlinux\tEXPORT_SYMBOL\t\n", CHECKSUM)));
        }
    }

    private static final String[] KERNELS = {"5.14.0-284.45.1.el9_2.x86_64", "5.14.0-284.59.1.el9_2.x86_64"};

    private static Dtk fits(String... more) {
        String[] args = new String[7 + more.length];
        System.arraycopy(
                new String[] {
                    "fits",
                    vendor.address() + "/acme/acme-nic:3.0.0",
                    "--releases",
                    "4.14",
                    "--arch",
                    "x86_64",
                    "--plain-http=" + vendor.address()
                },
                0,
                args,
                0,
                7);
        System.arraycopy(more, 0, args, 7, more.length);
        return site.run(args);
    }

    @Test
    @DisplayName("answers for each kernel with the toolkits of a library, and exits with 0 where all fit")
    void library() {
        Dtk dtk = fits("--image", vendor.address() + "/acme/driver-toolkit");

        assertThat(dtk.exit()).as(dtk.out() + dtk.err()).isZero();
        assertThat(dtk.out())
                .startsWith("KERNEL")
                .containsPattern("5.14.0-284.45.1.el9_2.x86_64 +4\\.14\\.7 +fits\n")
                .endsWith("2 kernels: fits 2, does not fit 0, unknown 0\n");
    }

    @Test
    @DisplayName("exits with 1 where they must have been built for the kernel and were not, and says so to programs")
    void strict() throws Exception {
        Dtk dtk = fits("--image", vendor.address() + "/acme/driver-toolkit", "--fit", "kernel", "--format", "json");

        assertThat(dtk.exit()).as(dtk.err()).isEqualTo(1);
        JsonNode kernels = new ObjectMapper().readTree(dtk.out()).path("kernels");
        assertThat(kernels.findValuesAsText("answer")).containsOnly("misfit");
        assertThat(kernels.at("/0/misfits/0/reason").asText())
                .isEqualTo("it was built for kernel " + OLDER + ", not for " + KERNELS[0]);
    }

    @Test
    @DisplayName("exits with 3 where the releases' toolkits do not have the kernels' symbols")
    void unknown() {
        Dtk dtk = fits();

        assertThat(dtk.exit()).as(dtk.out() + dtk.err()).isEqualTo(3);
        assertThat(dtk.out()).contains("unknown", "has no Module.symvers of kernel " + KERNELS[0]);
    }
}
