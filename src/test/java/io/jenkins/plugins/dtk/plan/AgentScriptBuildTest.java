package io.jenkins.plugins.dtk.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.demo.DockerRegistry;
import io.jenkins.plugins.dtk.library.ImageLibrary;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.plan.BuildAgent.Outcome;
import io.jenkins.plugins.dtk.registry.Referrer;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.registry.RegistryCredentials;
import io.jenkins.plugins.dtk.testing.Parts;
import io.jenkins.plugins.dtk.testing.SecretSearch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user gets from the agent script: real podman and buildah, a real registry. */
class AgentScriptBuildTest {

    private static final String KERNEL = "4.18.0-305.40.1.el8_4";

    @TempDir
    static Path siteHome;

    @TempDir
    static Path firstHome;

    @AutoClose
    static BuildSite site;

    /** A build like any other, which the first tests look at. */
    static Outcome outcome;

    static BuildAgent agent;
    static PushedImage image;

    @TempDir
    Path home;

    @BeforeAll
    static void buildOne() throws Exception {
        Parts.need("podman", "docker-registry", "busybox", "skopeo");
        site = new BuildSite(siteHome);
        agent = new BuildAgent(firstHome);
        outcome = agent.build(site.variables());
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        image = PushedImage.read(agent, site.variables().get("DTK_IMAGE") + ":" + KERNEL + ".x86_64");
    }

    @Test
    void theLastLineSaysWhatWasPushed() {
        assertThat(outcome.lastLine())
                .isEqualTo("dtk: pushed " + site.variables().get("DTK_IMAGE") + ":" + KERNEL + ".x86_64@"
                        + image.digest());
    }

    @Test
    void nothingIsLeftOnTheAgentButTheBaseImage() throws Exception {
        assertThat(agent.leftovers()).isEmpty();
    }

    @Test
    void theImageBringsTheListOfItsPackagesAlongAndItIsAttachedAsSpdxOnce() throws Exception {
        assertThat(image.inLastLayer("etc/driver-toolkit-packages.txt").lines())
                .contains("kernel-devel-" + KERNEL + ".x86_64")
                .startsWith("#distro=rhel-8.4")
                .isSorted();
        ImageReference repository = ImageReference.parse(site.variables().get("DTK_IMAGE"));
        RegistryClient client = RegistryClient.builder()
                .plainHttp(Set.of(repository.registry()))
                .credentials(RegistryCredentials.of(repository.registry(), BuildSite.USER, BuildSite.PASSWORD))
                .build();
        ImageLibrary library = new ImageLibrary(client, repository);
        assertThat(library.attachOwnPackages(List.of(Digest.parse(image.digest())), Instant.EPOCH))
                .isEqualTo(1);
        assertThat(library.attachOwnPackages(List.of(Digest.parse(image.digest())), Instant.now()))
                .isEqualTo(1);
        assertThat(client.referrers(repository.withDigest(Digest.parse(image.digest()))))
                .singleElement()
                .extracting(Referrer::artifactType)
                .isEqualTo("application/spdx+json");
    }

    @Test
    void labelsTellTheKernelAndWhatTheImageStandsOn() {
        String base = BuildSite.BASE_NAME;
        String digest = site.variables().get("DTK_BASE_DIGEST");

        assertThat(image.architecture()).isEqualTo("amd64");
        assertThat(image.labels())
                .containsEntry("name", "driver-toolkit")
                .containsEntry("version", KERNEL)
                .containsEntry("kernel-version", KERNEL + ".x86_64")
                .containsEntry("kernel-rt-version", "4.18.0-305.40.1.rt7.112.el8_4.x86_64")
                .containsEntry("org.opencontainers.image.version", KERNEL)
                .containsEntry("org.opencontainers.image.base.name", base)
                .containsEntry("org.opencontainers.image.base.digest", digest)
                .hasEntrySatisfying("org.opencontainers.image.revision", revision -> assertThat(revision)
                        .matches("[0-9a-f]{64}"))
                .containsEntry("io.jenkins.plugins.dtk.rhel-version", "8.4")
                .containsEntry("io.jenkins.plugins.dtk.openshift-releases", "4.8.36,4.9.27");
        assertThat(image.annotations())
                .containsEntry("org.opencontainers.image.base.name", base)
                .containsEntry("org.opencontainers.image.base.digest", digest);
    }

    @Test
    void theLastLayerNamesTheKernelsAsUnamePrintsThem() throws Exception {
        assertThat(image.inLastLayer("etc/driver-toolkit-release.json"))
                .isEqualTo(
                        "{ \"KERNEL_VERSION\": \"4.18.0-305.40.1.el8_4.x86_64\","
                                + " \"RT_KERNEL_VERSION\": \"4.18.0-305.40.1.rt7.112.el8_4.x86_64\", \"RHEL_VERSION\": \"8.4\" }");
        assertThat(image.inLastLayer("etc/driver-toolkit-release.sh"))
                .isEqualTo("KERNEL_VERSION=\"4.18.0-305.40.1.el8_4.x86_64\"\n"
                        + "RT_KERNEL_VERSION=\"4.18.0-305.40.1.rt7.112.el8_4.x86_64\"\nRHEL_VERSION=\"8.4\"");
    }

    @Test
    void theSystemWasRegisteredAndNothingOfThatStaysInTheLayers() throws Exception {
        assertThat(outcome.output()).contains("dtk: registered with RHSM as dtk-" + KERNEL + ".x86_64-");
        assertThat(site.rhsm.registered()).isEmpty();
        assertThat(ownLayers(agent, image)).hasSize(2).allSatisfy(layer -> assertThat(layer)
                .filteredOn(name -> !name.endsWith("/"))
                .noneMatch(name -> name.matches(".*(consumer|entitlement|\\.pem|redhat\\.repo|rhsm|RHSM|dtk).*")));
        assertThat(ownLayers(agent, image).get(0))
                .anyMatch(name -> name.contains("usr/src/kernels/" + KERNEL + ".x86_64"));
    }

    @Test
    void fromRhel93OnTheRealTimeKernelIsToldApartByItsEnding() throws Exception {
        String kernel = "5.14.0-427.40.1.el9_4";
        PushedImage other = built(
                new BuildAgent(home),
                site.variables(
                        "DTK_KERNEL",
                        kernel,
                        "DTK_KERNEL_FULL",
                        kernel + ".x86_64",
                        "DTK_KERNEL_RT",
                        kernel,
                        "DTK_RHEL",
                        "9.4",
                        "DTK_TAG",
                        kernel + ".x86_64"));

        assertThat(other.inLastLayer("etc/driver-toolkit-release.json"))
                .contains("\"RT_KERNEL_VERSION\": \"5.14.0-427.40.1.el9_4.x86_64+rt\"");
        assertThat(other.labels()).containsEntry("kernel-rt-version", kernel + ".x86_64+rt");
    }

    @Test
    void withoutRealTimeKernelTheImageNamesNone() throws Exception {
        PushedImage other = built(new BuildAgent(home), site.variables("DTK_KERNEL_RT", ""));

        assertThat(other.inLastLayer("etc/driver-toolkit-release.json")).contains("\"RT_KERNEL_VERSION\": \"\"");
        assertThat(other.labels()).doesNotContainKey("kernel-rt-version");
    }

    @Test
    void buildahBuildsTheSame() throws Exception {
        Parts.need("buildah");
        BuildAgent another = new BuildAgent(home);

        PushedImage other = built(another, site.variables("DTK_BUILDER", "buildah", "DTK_TAG", "by-buildah"));

        assertThat(other.labels()).containsEntry("kernel-version", KERNEL + ".x86_64");
        assertThat(ownLayers(another, other)).hasSize(2);
        assertThat(another.leftovers()).isEmpty();
        assertThat(site.rhsm.registered()).isEmpty();
    }

    private static final String CERTIFICATE =
            """
            -----BEGIN CERTIFICATE-----
            TheCertificateOfARegisteredSystem
            -----END CERTIFICATE-----
            -----BEGIN ENTITLEMENT DATA-----
            %s
            -----END ENTITLEMENT DATA-----
            -----BEGIN RSA PRIVATE KEY-----
            TheKeyOfARegisteredSystem
            -----END RSA PRIVATE KEY-----
            """
                    .formatted("WhatTheSystemMayUse\n".repeat(12_000));

    /** Variables with the certificate, which is too long for one, in place of organisation and key. */
    private static Map<String, String> certified(String tag, String certificate) {
        Map<String, String> variables = site.variables("RHSM_ORG", null, "RHSM_ACTIVATIONKEY", null, "DTK_TAG", tag);
        variables.putAll(new SubscriptionCertificate(certificate).variables());
        return variables;
    }

    @Test
    void withTheCertificateOfARegisteredSystemNothingIsRegisteredAndNothingOfItStays() throws Exception {
        int before = site.rhsm.registrations();
        BuildAgent another = new BuildAgent(home);
        Map<String, String> variables = certified("certified", CERTIFICATE);
        assertThat(variables).containsKeys("RHSM_CERTIFICATE", "RHSM_CERTIFICATE_2", "RHSM_CERTIFICATE_3");

        PushedImage other = built(another, variables);

        assertThat(site.rhsm.registrations()).isEqualTo(before);
        assertThat(ownLayers(another, other)).allSatisfy(layer -> assertThat(layer)
                .filteredOn(name -> !name.endsWith("/"))
                .noneMatch(name -> name.contains(".pem")));
        assertThat(Files.readString(another.log())).doesNotContain("TheKeyOfARegisteredSystem");
        assertThat(new SecretSearch(List.of("TheKeyOfARegisteredSystem", "TheCertificateOfARegisteredSystem"))
                        .filesWithSecrets(home))
                .isEmpty();
        assertThat(another.leftovers()).isEmpty();
    }

    @Test
    void ofSeveralCertificatesEachGetsItsOwnKey() throws Exception {
        BuildAgent another = new BuildAgent(home);
        String second = CERTIFICATE.replace("Registered", "Second");
        built(another, certified("twice", CERTIFICATE + second));

        Outcome odd = new BuildAgent(home)
                .build(certified("odd", CERTIFICATE + second.substring(second.indexOf("-----BEGIN RSA"))));
        assertThat(odd.lastLine()).endsWith("RHSM_CERTIFICATE holds no CERTIFICATE for each of its keys in PEM");
    }

    @Test
    void aCertificateWithoutItsKeyIsToldAtOnce() throws Exception {
        Outcome result = new BuildAgent(home)
                .build(site.variables(
                        "RHSM_ORG",
                        null,
                        "RHSM_ACTIVATIONKEY",
                        null,
                        "RHSM_CERTIFICATE",
                        "-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----"));

        assertThat(result.lastLine()).endsWith("RHSM_CERTIFICATE holds no KEY in PEM");
    }

    /** podman mounts what its configuration names; on a subscribed RHEL that is the subscription of the host. */
    @Test
    void onASubscribedHostItsOwnEntitlementIsUsed() throws Exception {
        BuildAgent subscribed = new BuildAgent(home);
        Path entitlement = Files.createDirectories(home.resolve("host/etc-pki-entitlement"));
        Files.writeString(entitlement.resolve("123.pem"), "certificate");
        Files.writeString(entitlement.resolve("123-key.pem"), "key");
        Path mounts = Files.writeString(home.resolve("mounts.conf"), home.resolve("host") + ":/run/secrets\n");
        String podman = subscribed.run("sh", "-c", "command -v podman");
        subscribed.program("podman", "#!/bin/sh\nexec " + podman + " --default-mounts-file " + mounts + " \"$@\"\n");
        int before = site.rhsm.registrations();

        PushedImage other =
                built(subscribed, site.variables("RHSM_ORG", null, "RHSM_ACTIVATIONKEY", null, "DTK_TAG", "host"));

        assertThat(site.rhsm.registrations()).isEqualTo(before);
        assertThat(ownLayers(subscribed, other))
                .allSatisfy(layer -> assertThat(layer).noneMatch(name -> name.contains(".pem")));
        assertThat(Files.list(entitlement)).hasSize(2);
    }

    @Test
    void withoutABaseDigestTheTagDecides() throws Exception {
        PushedImage other = built(new BuildAgent(home), site.variables("DTK_BASE_DIGEST", ""));

        assertThat(other.labels()).doesNotContainKey("org.opencontainers.image.base.digest");
    }

    @Test
    void aRegistryWithoutLoginNeedsNoLogin() throws Exception {
        BuildAgent another = new BuildAgent(home);
        try (DockerRegistry open = DockerRegistry.start()) {
            another.run(
                    "skopeo",
                    "copy",
                    "--quiet",
                    "--all",
                    "--src-tls-verify=false",
                    "--dest-tls-verify=false",
                    "--src-creds=" + BuildSite.USER + ":" + BuildSite.PASSWORD,
                    "docker://" + site.variables().get("DTK_BASE_IMAGE"),
                    "docker://" + open.address() + "/ubi8/ubi:8.4");

            Outcome result = another.build(site.variables(
                    "DTK_IMAGE", open.address() + "/dtk",
                    "DTK_BASE_IMAGE", open.address() + "/ubi8/ubi:8.4",
                    "DTK_PLAIN_HTTP", "registry.lab:5000 " + open.address(),
                    "DTK_REGISTRY_USER", null,
                    "DTK_REGISTRY_PASSWORD", null));

            assertThat(result.exitCode()).as(result.output()).isZero();
        }
    }

    @Test
    void aRegistryThatHangsUpIsTriedAgain() throws Exception {
        String registry = site.registry.address();
        int port = Integer.parseInt(registry.substring(registry.indexOf(':') + 1));
        // podman by itself makes four attempts of four connections each.
        try (HangingUp way = new HangingUp(port, 18)) {
            Outcome result = new BuildAgent(home)
                    .build(site.variables(
                            "DTK_IMAGE", way.address() + "/acme/driver-toolkit",
                            "DTK_BASE_IMAGE", way.address() + "/ubi8/ubi:8.4",
                            "DTK_PLAIN_HTTP", way.address()));

            assertThat(result.output()).contains("dtk: trying again in 3 s: pulling the base image");
            assertThat(result.lastLine()).startsWith("dtk: pushed " + way.address());
        }
    }

    @Test
    void buildsAtTheSameTimeOnOneAgentDoNotDisturbEachOther() throws Exception {
        List<BuildAgent> jobs = List.of(new BuildAgent(home), new BuildAgent(home, "second job"));

        Process first = jobs.get(0).start(site.variables("DTK_TAG", "first"));
        Process second = jobs.get(1).start(site.variables("DTK_TAG", "second"));

        assertThat(jobs.get(0).outcome(first).lastLine()).contains(":first@sha256:");
        assertThat(jobs.get(1).outcome(second).lastLine()).contains(":second@sha256:");
        assertThat(jobs.get(0).leftovers()).isEmpty();
        assertThat(site.rhsm.registered()).isEmpty();
    }

    /** There is no base image for ppc64le: that one fails, and hides no other. */
    @Test
    void aBranchThatEmulatesBuildsOneArchitectureAfterTheOtherAndPushesWhatItCan() throws Exception {
        BuildAgent emulator = new BuildAgent(home);
        Map<String, String> variables = site.variables(
                "DTK_IMAGE",
                site.registry.address() + "/acme/emulated",
                "DTK_ARCH",
                "ppc64le,x86_64",
                "DTK_PLATFORM",
                "linux/ppc64le,linux/amd64",
                "DTK_KERNEL_FULL",
                KERNEL + ".ppc64le," + KERNEL + ".x86_64",
                "DTK_TAG",
                KERNEL + ".ppc64le," + KERNEL + ".x86_64");

        Outcome ended = emulator.build(variables);

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output()).contains("it is not there for linux/ppc64le");
        String pushed = site.registry.address() + "/acme/emulated:" + KERNEL + ".x86_64";
        assertThat(ended.output()).contains("dtk: pushed " + pushed + "@sha256:");
        assertThat(ended.lastLine())
                .isEqualTo("dtk: failed: not all of ppc64le,x86_64 are built and pushed: ppc64le failed, see above");
        assertThat(PushedImage.read(emulator, pushed).labels()).containsEntry("kernel-version", KERNEL + ".x86_64");
        assertThat(emulator.leftovers()).isEmpty();
    }

    /** The names in each of the layers that the build put onto the base image. */
    private static List<List<String>> ownLayers(BuildAgent agent, PushedImage image) throws Exception {
        int base = PushedImage.read(agent, site.variables().get("DTK_BASE_IMAGE"))
                .layers()
                .size();
        return image.layers().subList(base, image.layers().size());
    }

    private static PushedImage built(BuildAgent agent, Map<String, String> variables) throws Exception {
        Outcome outcome = agent.build(variables);
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        return PushedImage.read(agent, variables.get("DTK_IMAGE") + ":" + variables.get("DTK_TAG"));
    }
}
