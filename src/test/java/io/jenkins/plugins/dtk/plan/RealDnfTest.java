package io.jenkins.plugins.dtk.plan;

import static io.jenkins.plugins.dtk.kernel.Architecture.AARCH64;
import static io.jenkins.plugins.dtk.kernel.Architecture.X86_64;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.demo.CandlepinServer;
import io.jenkins.plugins.dtk.http.HttpSettings;
import io.jenkins.plugins.dtk.plan.BuildAgent.Outcome;
import io.jenkins.plugins.dtk.rhsm.Rhsm;
import io.jenkins.plugins.dtk.rhsm.RhsmSystem;
import io.jenkins.plugins.dtk.testing.Parts;
import io.jenkins.plugins.dtk.testing.SecretSearch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What comes of a build with the real podman, dnf and rpm, from repositories laid out as Red Hat's: the right image or
 * one clear line. Whatever happens, the system is unregistered, nothing is left on the agent, and no secret is in a
 * layer, a configuration, a log or a process list.
 */
class RealDnfTest {

    private static final List<String> SECRETS =
            List.of(BuildSite.ORGANISATION, BuildSite.ACTIVATION_KEY, BuildSite.PASSWORD);

    /** What every image has, in addition to the kernel. */
    private static final List<String> TOOLS = List.of(
            "autoconf",
            "automake",
            "binutils",
            "bison",
            "diffutils",
            "elfutils-libelf-devel",
            "flex",
            "gcc",
            "gcc-c++",
            "git",
            "jq",
            "kabi-dw",
            "kernel-rpm-macros",
            "keyutils",
            "kmod",
            "libtool",
            "make",
            "mokutil",
            "openssl",
            "rpm-build",
            "xz");

    @TempDir
    static Path home;

    static RpmSite site;
    static BuildAgent agent;

    @BeforeAll
    static void start() throws Exception {
        Parts.need("podman", "docker-registry", "skopeo", "rpmbuild", "createrepo_c", "rpm", "dpkg-deb");
        Parts.needArm64();
        site = new RpmSite(home.resolve("site"), X86_64, AARCH64);
        agent = BuildAgent.forLargeImages(Files.createDirectory(home.resolve("agent")));
    }

    /** All layers, configurations and manifests of all tests, and what podman notes of them. */
    @AfterAll
    static void noSecretIsInAnyImage() throws Exception {
        if (site == null) {
            return;
        }
        site.close();
        assertThat(filesWithSecrets(home.resolve("site/registry"))).isEmpty();
        assertThat(filesWithSecrets(home.resolve("agent/storage"))).isEmpty();
    }

    /** Of all but what is as large as the base images alone are. */
    private static List<Path> filesWithSecrets(Path folder) throws Exception {
        SecretSearch search = new SecretSearch(SECRETS);
        List<Path> found = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                if (Files.size(file) < 24 << 20 && search.has(Files.readAllBytes(file))) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    @AfterEach
    void everythingIsUnregisteredAndTidy() throws Exception {
        assertThat(site.rhsm.registered()).isEmpty();
        assertThat(agent.leftovers()).isEmpty();
    }

    @Test
    void rhel8WithItsRealTimeKernelFromAnotherRepositoryAndTheCompilerOfTheKernel() throws Exception {
        String kernel = "4.18.0-305.40.1.el8_4";
        PushedImage image = built(site.variables(
                kernel,
                "8.4",
                X86_64,
                "DTK_KERNEL_RT",
                "4.18.0-305.40.1.rt7.112.el8_4",
                "DTK_EXTRA_PACKAGES",
                "dwarves"));

        assertThat(names(image.packages())).containsAll(TOOLS).doesNotContain("perl-Git");
        assertThat(image.packages())
                .contains(
                        "kernel-core-4.18.0-305.40.1.el8_4.x86_64",
                        "kernel-devel-4.18.0-305.40.1.el8_4.x86_64",
                        "kernel-headers-4.18.0-305.40.1.el8_4.x86_64",
                        "kernel-modules-4.18.0-305.40.1.el8_4.x86_64",
                        "kernel-modules-extra-4.18.0-305.40.1.el8_4.x86_64",
                        "kernel-rt-core-4.18.0-305.40.1.rt7.112.el8_4.x86_64",
                        "kernel-rt-devel-4.18.0-305.40.1.rt7.112.el8_4.x86_64",
                        "kernel-rt-modules-4.18.0-305.40.1.rt7.112.el8_4.x86_64",
                        "kernel-rt-modules-extra-4.18.0-305.40.1.rt7.112.el8_4.x86_64",
                        "kernel-abi-whitelists-4.18.0-305.40.1.el8_4.noarch",
                        "gcc-8.4.1-1.el8.x86_64",
                        "gcc-c++-8.4.1-1.el8.x86_64",
                        "dwarves-1.0-1.el8.x86_64");
        assertThat(image.inLastLayer("etc/driver-toolkit-release.json"))
                .isEqualTo("{ \"KERNEL_VERSION\": \"4.18.0-305.40.1.el8_4.x86_64\","
                        + " \"RT_KERNEL_VERSION\": \"4.18.0-305.40.1.rt7.112.el8_4.x86_64\","
                        + " \"RHEL_VERSION\": \"8.4\" }");
        List<String> files = image.layers().get(2);
        assertThat(files)
                .contains("usr/src/kernels/" + kernel + ".x86_64/Makefile", "etc/dnf/vars/releasever")
                .filteredOn(file -> !file.endsWith("/") && !file.contains("/.wh."))
                .noneMatch(file -> file.matches("(var/cache|usr/share/doc|var/log)/.*"))
                .noneMatch(file -> file.matches(".*(consumer|entitlement|redhat\\.repo|RHSM|tmp/dtk).*"));
    }

    @Test
    void aKernelOfLateLifeThatOnlyE4sHasAndNoCompilerOfItsVersion() throws Exception {
        Outcome outcome = build(site.variables("4.18.0-305.120.1.el8_4", "8.4", X86_64));

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output())
                .contains("dtk: the kernel comes from"
                        + " rhel-8-for-x86_64-baseos-e4s-rpms,rhel-8-for-x86_64-appstream-e4s-rpms")
                .contains("dtk: warning: this kernel was compiled by gcc 8.4.1; the default gcc is installed");
    }

    @Test
    void aKernelThatOpenShiftShippedAheadOfRhelWithBuildah() throws Exception {
        Parts.need("buildah");
        Outcome outcome = build(site.variables("4.18.0-372.96.1.el8_6", "8.6", X86_64, "DTK_BUILDER", "buildah"));

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output())
                .contains("dtk: the kernel comes from rhocp-4.12-for-rhel-8-x86_64-rpms,"
                        + "rhel-8-for-x86_64-baseos-rpms,rhel-8-for-x86_64-appstream-rpms");
    }

    @Test
    void rhel9WithARealTimeKernelOfTheSameVersionFromNfv() throws Exception {
        String kernel = "5.14.0-427.61.1.el9_4";
        PushedImage image = built(site.variables(kernel, "9.4", X86_64, "DTK_KERNEL_RT", kernel));

        assertThat(names(image.packages())).containsAll(TOOLS);
        assertThat(image.packages())
                .contains(
                        "kernel-modules-core-5.14.0-427.61.1.el9_4.x86_64",
                        "kernel-devel-matched-5.14.0-427.61.1.el9_4.x86_64",
                        "kernel-rt-core-5.14.0-427.61.1.el9_4.x86_64",
                        "kernel-rt-modules-core-5.14.0-427.61.1.el9_4.x86_64",
                        "kernel-rt-devel-matched-5.14.0-427.61.1.el9_4.x86_64",
                        "kernel-abi-stablelists-5.14.0-427.61.1.el9_4.noarch",
                        "gcc-11.4.1-3.el9.x86_64");
        assertThat(image.layers().get(2)).contains("usr/src/kernels/" + kernel + ".x86_64+rt/Makefile");
        assertThat(image.inLastLayer("etc/driver-toolkit-release.json"))
                .contains("\"RT_KERNEL_VERSION\": \"5.14.0-427.61.1.el9_4.x86_64+rt\"");
    }

    @Test
    void rhel9OnArmByEmulationWithTheKernelOf64KiBPages() throws Exception {
        String kernel = "5.14.0-427.61.1.el9_4";
        PushedImage image = built(site.variables(kernel, "9.4", AARCH64, "DTK_KERNEL_64K", kernel));

        assertThat(image.architecture()).isEqualTo("arm64");
        assertThat(image.packages())
                .contains(
                        "kernel-core-5.14.0-427.61.1.el9_4.aarch64",
                        "kernel-64k-core-5.14.0-427.61.1.el9_4.aarch64",
                        "kernel-64k-devel-5.14.0-427.61.1.el9_4.aarch64",
                        "kernel-64k-modules-5.14.0-427.61.1.el9_4.aarch64",
                        "kernel-64k-modules-core-5.14.0-427.61.1.el9_4.aarch64",
                        "kernel-64k-modules-extra-5.14.0-427.61.1.el9_4.aarch64",
                        "kernel-64k-devel-matched-5.14.0-427.61.1.el9_4.aarch64");
        assertThat(names(image.packages())).containsAll(TOOLS).doesNotContain("kernel-rt-core");
        assertThat(image.labels())
                .containsEntry("kernel-64k-version", "5.14.0-427.61.1.el9_4.aarch64+64k")
                .doesNotContainKey("kernel-rt-version");
        assertThat(image.inLastLayer("etc/driver-toolkit-release.json"))
                .isEqualTo("{ \"KERNEL_VERSION\": \"5.14.0-427.61.1.el9_4.aarch64\", \"RT_KERNEL_VERSION\": \"\","
                        + " \"KERNEL_64K_VERSION\": \"5.14.0-427.61.1.el9_4.aarch64+64k\","
                        + " \"RHEL_VERSION\": \"9.4\" }");
        assertThat(image.inLastLayer("etc/driver-toolkit-release.sh"))
                .isEqualTo("KERNEL_VERSION=\"5.14.0-427.61.1.el9_4.aarch64\"\nRT_KERNEL_VERSION=\"\"\n"
                        + "RHEL_VERSION=\"9.4\"\nKERNEL_64K_VERSION=\"5.14.0-427.61.1.el9_4.aarch64+64k\"");
    }

    @Test
    void rhel10WithAKernelFromTheUsersOwnMirror() throws Exception {
        String mirror = site.content.url() + "/public/mirror/$releasever/$basearch";
        PushedImage image = built(site.variables(
                "6.12.0-211.99.1.el10_2", "10.2", X86_64, "DTK_EXTRA_REPOS", "no-such-repository " + mirror));

        assertThat(image.packages()).contains("kernel-devel-6.12.0-211.99.1.el10_2.x86_64", "gcc-14.3.1-2.el10.x86_64");
        assertThat(image.layers().get(2)).noneMatch(file -> file.contains("dtk-extra"));
    }

    /** As a user does it: see docs/simple-kmod. The headers are of another kernel under this one's name. */
    @Test
    void anOutOfTreeModuleCompilesInTheImageForItsKernel() throws Exception {
        String kernel = "6.12.0-211.60.1.el10_2";
        String uname = kernel + ".x86_64";
        Map<String, String> variables =
                site.variables(kernel, "10.2", X86_64, "DTK_BASE_IMAGE", site.rhelWithCompiler(uname));
        built(variables);
        String toolkit = variables.get("DTK_IMAGE") + ":" + variables.get("DTK_TAG");
        Path auth = home.resolve("auth.json");
        agent.run(
                "sh",
                "-c",
                "printf '%s' \"$1\" | podman login --authfile \"$2\" --tls-verify=false -u \"$3\""
                        + " --password-stdin \"$4\"",
                "sh",
                BuildSite.PASSWORD,
                auth.toString(),
                BuildSite.USER,
                site.registry.address());

        agent.run(
                "podman",
                "build",
                "--authfile=" + auth,
                "--tls-verify=false",
                "--build-arg=DTK=" + toolkit,
                "--build-arg=FINAL=scratch",
                "--output=type=local,dest=" + home.resolve("module"),
                "docs/simple-kmod");

        try (Stream<Path> made = Files.walk(home.resolve("module"))) {
            Path module = made.filter(file -> file.endsWith("simple-kmod.ko"))
                    .findFirst()
                    .orElseThrow();
            assertThat(module.toString()).endsWith("/opt/lib/modules/" + uname + "/extra/simple-kmod.ko");
            assertThat(Files.readString(module, StandardCharsets.ISO_8859_1)).contains("vermagic=" + uname + " ");
        }
        agent.run("podman", "rmi", "--all", "--force");
    }

    @Test
    void oneSystemsCertificateForImagesOfTwoReleases() throws Exception {
        int before = site.rhsm.registrations();
        try (CandlepinServer candlepin = CandlepinServer.start(site.rhsm)) {
            Rhsm rhsm =
                    new Rhsm(Rhsm.url(candlepin.url()), HttpSettings.standard().trusting(candlepin.certificate()));
            RhsmSystem system =
                    rhsm.register("dtk-for-all", BuildSite.ORGANISATION, BuildSite.ACTIVATION_KEY, lost -> {});
            SubscriptionCertificate certificate = new SubscriptionCertificate(rhsm.certificate(system));
            for (String kernel : List.of("5.14.0-427.61.1.el9_4", "4.18.0-305.40.1.el8_4")) {
                String rhel = kernel.endsWith("el9_4") ? "9.4" : "8.4";
                Map<String, String> variables = site.variables(kernel, rhel, X86_64, "DTK_TAG", kernel + ".certified");
                variables.keySet().removeAll(List.of("RHSM_ORG", "RHSM_ACTIVATIONKEY"));
                variables.putAll(certificate.variables());

                PushedImage image = built(variables);

                assertThat(image.packages()).contains("kernel-devel-" + kernel + ".x86_64");
                assertThat(image.layers().get(2)).noneMatch(file -> file.matches(".*(\\.pem|redhat\\.repo)"));
            }
            rhsm.unregister(system);
        }
        assertThat(site.rhsm.registrations()).isEqualTo(before + 1);
    }

    @Test
    void centosStreamWithoutAnySubscriptionAndItsRealTimeKernelFromARepositoryThatIsNotEnabled() throws Exception {
        int before = site.rhsm.registrations();
        String kernel = "5.14.0-552.el9";
        PushedImage image = built(site.variables(kernel, "9", X86_64, "DTK_KERNEL_RT", kernel));

        assertThat(image.packages())
                .contains("kernel-devel-5.14.0-552.el9.x86_64", "kernel-rt-devel-5.14.0-552.el9.x86_64");
        assertThat(names(image.packages())).containsAll(TOOLS);
        assertThat(image.inLastLayer("etc/driver-toolkit-release.json")).contains("\"RHEL_VERSION\": \"9\"");
        assertThat(site.rhsm.registrations()).isEqualTo(before);
    }

    /** The search for repositories is one start too, but no process of its own. */
    @Test
    void theSecondImageOfAnAgentDownloadsNothingButItsKernelAndStartsDnfTwoTimesAfterTheSearch() throws Exception {
        String kernel = "5.14.0-552.el9";
        build(site.variables(kernel, "9", X86_64, "DTK_TAG", "first"));
        site.content.newRequests();

        Outcome second = build(site.variables(kernel, "9", X86_64, "DTK_TAG", "second"));

        assertThat(second.exitCode()).as(second.output()).isZero();
        assertThat(second.output().lines().filter("a start of dnf"::equals)).hasSize(2);
        assertThat(site.content.newRequests())
                .as("what the second image downloads, in addition to asking whether metadata changed")
                .isNotEmpty()
                .allMatch(path ->
                        path.matches(".*/(repodata/repomd\\.xml|kernel-[^/]*-5\\.14\\.0-552\\.el9\\..*\\.rpm)"));
    }

    @Test
    void aKernelInNoRepositoryIsToldWithAllThatWasTried() throws Exception {
        assertThat(reason(site.variables("4.18.0-305.77.1.el8_4", "8.4", X86_64)))
                .contains("kernel 4.18.0-305.77.1.el8_4.x86_64 is in none of:"
                        + " rhel-8-for-x86_64-baseos-eus-rpms rhel-8-for-x86_64-appstream-eus-rpms"
                        + " rhel-8-for-x86_64-baseos-e4s-rpms rhel-8-for-x86_64-appstream-e4s-rpms"
                        + " rhocp-4.12-for-rhel-8-x86_64-rpms")
                .contains("could not be read: rhel-8-for-x86_64-baseos-e6s-rpms")
                .contains("rhocp-4.13-for-rhel-8-x86_64-rpms");
    }

    @Test
    void aRealTimeKernelInNoRepository() throws Exception {
        assertThat(reason(site.variables(
                        "4.18.0-305.120.1.el8_4", "8.4", X86_64, "DTK_KERNEL_RT", "4.18.0-305.120.1.rt7.1.el8_4")))
                .contains("real-time kernel 4.18.0-305.120.1.rt7.1.el8_4 is in none of:")
                .contains("rhel-8-for-x86_64-rt-rpms");
    }

    @Test
    void aWrongActivationKey() throws Exception {
        assertThat(reason(site.variables("5.14.0-427.61.1.el9_4", "9.4", X86_64, "RHSM_ACTIVATIONKEY", "not-the-key")))
                .contains(
                        "cannot register with RHSM: None of the activation keys specified exist for this org. (HTTP error"
                                + " code 401: Unauthorized)")
                .endsWith("check RHSM_ORG and RHSM_ACTIVATIONKEY");
    }

    @Test
    void theLimitOfRegistrationsReached() throws Exception {
        site.rhsm.limit(0);
        try {
            assertThat(reason(site.variables("5.14.0-427.61.1.el9_4", "9.4", X86_64)))
                    .contains(
                            "cannot register with RHSM: Max Hosts (0) reached for activation key '****' (HTTP error code"
                                    + " 403: Forbidden)");
        } finally {
            site.rhsm.limit(100);
        }
    }

    @Test
    void dnfThatFailsHalfWay() throws Exception {
        site.content.lose("gcc-11.4.1");
        try {
            assertThat(reason(site.variables("5.14.0-427.61.1.el9_4", "9.4", X86_64)))
                    .contains("dnf could not install the packages for 5.14.0-427.61.1.el9_4.x86_64")
                    .contains("Error downloading packages")
                    .contains("gcc-11.4.1-3.el9.x86_64");
        } finally {
            site.content.lose(null);
        }
    }

    @Test
    @Timeout(900)
    void interruptedWhileDnfDownloads() throws Exception {
        site.content.hold("kernel-headers-6.12.0-211.47.1");
        Process script = agent.start(site.variables("6.12.0-211.47.1.el10_2", "10.2", X86_64));
        site.content.awaitHeld();
        assertThat(site.rhsm.registered()).hasSize(1);

        script.destroy();
        Outcome outcome = agent.outcome(script);

        assertThat(outcome.lastLine())
                .startsWith("dtk: failed: stopped by SIGTERM while building ")
                .endsWith("nothing was pushed");
        assertThat(outcome.output()).contains("dtk: unregistered from RHSM: dtk-");
    }

    private static List<String> names(List<String> packages) {
        return packages.stream()
                .map(name -> name.replaceFirst("-[^-]*-[^-]*$", ""))
                .toList();
    }

    /** Builds, and looks at all processes of the machine while it does. */
    private static Outcome build(Map<String, String> variables) throws Exception {
        try (ProcessList processes = new ProcessList(SECRETS)) {
            Outcome outcome = agent.build(variables);
            assertThat(processes.showing()).isEmpty();
            assertThat(outcome.output()).doesNotContain(SECRETS);
            return outcome;
        }
    }

    private static PushedImage built(Map<String, String> variables) throws Exception {
        Outcome outcome = build(variables);
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output()).containsPattern("dtk: built in [0-9]+ s, [0-9.]+ [MG]B");
        return PushedImage.read(agent, variables.get("DTK_IMAGE") + ":" + variables.get("DTK_TAG"));
    }

    /** The one line that names why a build failed. */
    private static String reason(Map<String, String> variables) throws Exception {
        Outcome outcome = build(variables);
        assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(1);
        assertThat(outcome.lastLine()).startsWith("dtk: failed: cannot build " + variables.get("DTK_IMAGE"));
        return outcome.lastLine();
    }
}
