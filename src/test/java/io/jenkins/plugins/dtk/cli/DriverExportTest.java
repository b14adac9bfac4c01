package io.jenkins.plugins.dtk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.testing.Parts;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("dtk export of a driver's images")
class DriverExportTest {

    private static final String KERNEL = "5.14.0-427.61.1.el9_4.x86_64";

    @TempDir
    private static Path folder;

    @AutoClose
    private static CommandSite site;

    @BeforeAll
    static void start() throws Exception {
        Parts.need("docker-registry", "skopeo");
        site = new CommandSite(folder, "4.16.3", "4.17.22", "4.18.6");
        site.push("acme-nic", "3.0.0-" + KERNEL, "amd64", KERNEL);
    }

    private static Dtk export(String format, String... more) {
        String[] all = {
            "export",
            "--format",
            format,
            "--releases",
            "4.16-4.18",
            "--arch",
            "x86_64",
            "--image",
            "quay.io/acme/acme-nic",
            "--tag",
            "{version}-{kernel}",
            "--driver-version",
            "3.0.0"
        };
        String[] args = java.util.stream.Stream.concat(java.util.Arrays.stream(all), java.util.Arrays.stream(more))
                .toArray(String[]::new);
        return site.run(args);
    }

    @Test
    @DisplayName("is a Module of KMM with the images that exist, and what its options say")
    void kmm() {
        Dtk dtk = export(
                "kmm",
                "--module",
                "acme_nic",
                "--repo-secret",
                "quay-pull",
                "--in-tree-to-remove",
                "ice,irdma",
                "--firmware-path",
                "/opt/lib/firmware",
                "--selector",
                "acme.example/nic=true");

        assertThat(dtk.exit()).as(dtk.err()).isZero();
        assertThat(dtk.err()).isEqualTo("dtk: warning: quay.io/acme/acme-nic lacks 1 of 2 images\n");
        assertThat(dtk.out())
                .isEqualTo(
                        """
                        apiVersion: kmm.sigs.x-k8s.io/v1beta1
                        kind: Module
                        metadata:
                          name: acme-nic
                        spec:
                          moduleLoader:
                            container:
                              version: 3.0.0
                              modprobe:
                                moduleName: acme_nic
                                firmwarePath: /opt/lib/firmware
                              inTreeModulesToRemove:
                              - ice
                              - irdma
                              kernelMappings:
                              - literal: %1$s
                                containerImage: quay.io/acme/acme-nic:3.0.0-%1$s
                          imageRepoSecret:
                            name: quay-pull
                          selector:
                            acme.example/nic: "true"
                        """
                                .formatted(KERNEL));
    }

    @Test
    @DisplayName("is the table that vendors keep by hand")
    void tables() {
        assertThat(export("markdown").out())
                .isEqualTo("| kernel | flavour | arch | rhel | openshift | image |\n|---|---|---|---|---|---|\n| "
                        + KERNEL + " | standard | x86_64 | 9.4 | 4.17.22 4.18.6 | quay.io/acme/acme-nic:3.0.0-" + KERNEL
                        + " |\n");
        assertThat(export("csv").out())
                .isEqualTo("kernel,flavour,arch,rhel,openshift,image\n" + KERNEL
                        + ",standard,x86_64,9.4,4.17.22 4.18.6,quay.io/acme/acme-nic:3.0.0-" + KERNEL + "\n");
        assertThat(export("table").out()).startsWith("KERNEL").contains("4.17.22 4.18.6");
    }

    @Test
    @DisplayName("is refused in a form that is for toolkits alone, as these are in one for drivers")
    void forms() {
        assertThat(export("mirror").exit()).isEqualTo(2);
        assertThat(site.run("export", "--format", "table", "--image", "quay.io/acme/x")
                        .exit())
                .isEqualTo(2);
    }
}
