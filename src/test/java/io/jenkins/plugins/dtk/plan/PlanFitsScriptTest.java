package io.jenkins.plugins.dtk.plan;

import static io.jenkins.plugins.dtk.plan.Kernels.ARM;
import static io.jenkins.plugins.dtk.plan.Kernels.X86;
import static io.jenkins.plugins.dtk.plan.Kernels.matrix;
import static io.jenkins.plugins.dtk.plan.Kernels.missing;
import static io.jenkins.plugins.dtk.plan.Kernels.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.plan.BuildPlan.ImageBuild;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The builder script")
class PlanFitsScriptTest {

    private static final Places SETTINGS = settings(
            Set.of("127.0.0.1:5000", "mirror.example.com:5000"),
            Map.of("quay.io", "127.0.0.1:5000", "registry.access.redhat.com", "mirror.example.com:5000/redhat"));

    private static String file(String name) throws IOException {
        try (InputStream file = AgentScript.class.getResourceAsStream("agent/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What the script says of these variables, before it does anything; empty when nothing is wrong. */
    private static String check(Map<String, String> variables) throws Exception {
        String setUp =
                "registry_user= registry_password= rhsm_org= rhsm_activationkey= rhsm_certificate= certificates=\n"
                        + "fail() { printf '%s\\n' \"$*\"; exit 1; }\n";
        ProcessBuilder shell = new ProcessBuilder("sh", "-euc", setUp + file("dtk-check.sh") + "\ncheck_input\n");
        shell.environment().keySet().removeIf(name -> name.startsWith("DTK_"));
        shell.environment().putAll(variables);
        Process process = shell.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(said.isEmpty() ? 0 : 1);
        return said;
    }

    private static List<ImageBuild> builds(String kernel) {
        return BuildPlan.of(
                        matrix(missing(kernel, X86, ARM)),
                        ImageReference.parse("quay.io/acme/driver-toolkit"),
                        SETTINGS)
                .builds();
    }

    @ParameterizedTest
    @DisplayName("takes the variables of a branch for every form of kernel that the matrix knows")
    @ValueSource(
            strings = {
                "4.18.0-305.40.1.el8_4",
                "4.18.0-553.16.1.el8_10",
                "4.18.0-425.3.1.el8",
                "4.18.0-372.40.1.el8_6.iavf.bz2149746.bz2152493",
                "4.18.0-372.49.1.el8_6.ice_lag_sriov",
                "5.14.0-284.45.1.rt14.330.el9_2",
                "5.14.0-552.el9",
                "5.14.0-552.scos9",
                "6.12.0-0.rc2.20241009git75b607fab38d.26.el10",
                "6.12.0-211.47.1.el10_2"
            })
    void fits(String kernel) throws Exception {
        assertThat(builds(kernel)).hasSize(2);
        for (ImageBuild build : builds(kernel)) {
            assertThat(check(build.variables())).isEmpty();
        }
    }

    @Test
    @DisplayName("takes the extra packages and repositories that dtkBuild takes")
    void extras() throws Exception {
        Map<String, String> variables =
                new HashMap<>(builds("5.14.0-552.el9").get(0).variables());
        variables.putAll(Extras.of(
                        "dwarves, gcc-c++ python3.12",
                        "crb codeready-builder-for-rhel-9-x86_64-rpms https://mirror.lab:8443/$releasever/$basearch/os/"
                                + " http://10.0.0.1 https://mirror.lab/~a+b/")
                .variables());

        assertThat(check(variables)).isEmpty();
    }

    @Test
    @DisplayName("takes a kernel as long as one may be")
    void longest() throws Exception {
        String kernel = "5.14.0-1.el9_2." + "x".repeat(73);

        assertThat(check(builds(kernel).get(0).variables())).isEmpty();
    }

    @ParameterizedTest(name = "{0}={1}")
    @DisplayName("refuses what the plan would never hand over, in one line that names the variable")
    @CsvSource({
        "DTK_KERNEL, '4.18.0-1.el8;reboot'",
        "DTK_KERNEL, true",
        "DTK_KERNEL_RT, 'package kernel-rt-core is not installed'",
        "DTK_RHEL, latest",
        "DTK_ARCH, sparc",
        "DTK_IMAGE, 'quay.io/acme/$(id)'",
        "DTK_IMAGE, quay.io/Acme",
        "DTK_TAG, '-rf'",
        "DTK_BASE_IMAGE, ubi8",
        "DTK_BASE_DIGEST, sha256:0",
        "DTK_RELEASES, '4.8.36 4.9.27'",
        "DTK_PLAIN_HTTP, http://127.0.0.1:5000",
        "DTK_BASE_NAME, ubi8",
        "DTK_KERNEL_64K, 5.14.0",
        "DTK_EXTRA_PACKAGES, '-y'",
        "DTK_EXTRA_PACKAGES, 'git $(id)'",
        "DTK_EXTRA_REPOS, https://user:password@mirror.lab/",
        "DTK_EXTRA_REPOS, https://mirror.lab/$HOME/",
        "DTK_BUILDER, kaniko"
    })
    void refuses(String name, String value) throws Exception {
        Map<String, String> variables =
                new HashMap<>(builds("5.14.0-552.el9").get(0).variables());
        variables.put(name, value);

        assertThat(check(variables)).contains(name).hasLineCount(1);
    }

    @Test
    @DisplayName("is one constant text, correct for a shell, with all of its files in it as they are")
    void text() throws Exception {
        assertThat(AgentScript.text()).startsWith("#!/bin/sh\n").isEqualTo(AgentScript.text());
        try (Stream<Path> files = Files.list(Path.of("resources"))) {
            for (Path file :
                    files.filter(other -> !other.endsWith("dtk-doctor.sh")).toList()) {
                assertThat(AgentScript.text())
                        .contains("\n" + file(file.getFileName().toString()));
            }
        }
        Process shell = new ProcessBuilder("sh", "-n").redirectErrorStream(true).start();
        shell.getOutputStream().write(AgentScript.text().getBytes(StandardCharsets.UTF_8));
        shell.getOutputStream().close();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(shell.waitFor()).isZero();
    }
}
