package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.demo.OpenShiftWorld;
import io.jenkins.plugins.dtk.embedded.RunOutcome.Result;
import io.jenkins.plugins.dtk.jenkins.PipelineSite.Ended;
import io.jenkins.plugins.dtk.plan.BuildAgent;
import io.jenkins.plugins.dtk.plan.ToolkitImages;
import io.jenkins.plugins.dtk.testing.ForeignModule;
import io.jenkins.plugins.dtk.testing.ModuleSources;
import io.jenkins.plugins.dtk.testing.Parts;
import io.jenkins.plugins.dtk.testing.SigningPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With podman, a real compiler and the real headers of Debian's kernel, under the names of others. */
@DisplayName("A driver that a pipeline compiles")
class DriverBuildTest {

    private static final String GOOD = "5.14.0-427.61.1.el9_4.x86_64";
    private static final String BROKEN = "5.14.0-427.26.1.el9_4.x86_64";
    private static final String NONE = "5.14.0-427.28.1.el9_4.x86_64";

    /** As vendors have it for KMM: nothing but the Containerfile and what KMM gives. */
    private static final String CONTAINERFILE =
            """
            ARG DTK_AUTO
            FROM ${DTK_AUTO} AS builder
            ARG KERNEL_FULL_VERSION
            ARG D_KERNEL
            ARG MOD_NAME
            ARG MAKE_OPTIONS
            WORKDIR /build
            COPY . .
            RUN if test -e /run/secrets/keys/key; then echo "a key of $(wc -c </run/secrets/keys/key)"; fi
            RUN echo "for $D_KERNEL, $MOD_NAME" && make -C /usr/src/kernels/${KERNEL_FULL_VERSION} M=/build ${MAKE_OPTIONS} modules
            RUN mkdir -p /out/opt/lib/modules/${KERNEL_FULL_VERSION}/extra && cp *.ko /out/opt/lib/modules/${KERNEL_FULL_VERSION}/extra/
            FROM scratch
            COPY --from=builder /out /
            """;

    private static final String MAKEFILE =
            """
            obj-m := %s.o
            ifneq ($(wildcard /usr/src/kernels/*-427.26.1.*),)
            ccflags-y += -DOLD_KERNEL
            endif
            image:
            \t@printf %%s "$$DTK_LOGINS" >logins.json
            \tpodman build --authfile logins.json --tls-verify=false --tag "$$DTK_BUILT" \\
            \t  --build-arg "DTK_AUTO=$$DTK_TOOLKIT" --build-arg "KERNEL_FULL_VERSION=$$DTK_KERNEL_FULL" .
            """;

    private static final Pattern LIBRARY = Pattern.compile(
            "\"io.jenkins.plugins.dtk.toolkit\": \"quay.io/acme/driver-toolkit@(sha256:[0-9a-f]{64})\"");

    @TempDir
    private static Path folder;

    private static PipelineSite site;
    private static BuildAgent agent;
    private static ToolkitImages toolkits;
    private static Map<String, String> credentials = Map.of();

    @BeforeAll
    static void start() throws Exception {
        Parts.need("docker-registry", "skopeo", "podman", "crun");
        // The own toolkit of 4.18.6 is for another kernel; those of 4.16 say that they are for theirs, and are empty.
        site = new PipelineSite(
                folder,
                OpenShiftWorld.of("4.16.3", "4.16.6", "4.18.6").withToolkitsFor("5.14.0-427.13.1.el9_4", "4.18.6"));
        agent = BuildAgent.forLargeImages(Files.createDirectories(folder.resolve("agent")));
        toolkits = new ToolkitImages(agent, folder.resolve("toolkits"));
        String library = site.registry().address() + "/acme/driver-toolkit";
        toolkits.push(GOOD, library, login());
        toolkits.push(BROKEN, library, login());
        site.agent(agent.storage(), source("nic", "acme_nic", ModuleSources.SIMPLE));
    }

    @AfterAll
    static void stop() throws Exception {
        if (site != null) {
            site.close();
        }
        if (agent != null) {
            agent.run("podman", "rmi", "--all", "--force");
        }
    }

    private static String login() {
        return PipelineSite.USER + ":" + PipelineSite.PASSWORD;
    }

    private static Path source(String name, String module, String text) throws IOException {
        Path source = Files.createDirectories(folder.resolve("sources").resolve(name));
        Files.writeString(source.resolve("Containerfile"), CONTAINERFILE);
        Files.writeString(source.resolve("Makefile"), MAKEFILE.formatted(module));
        Files.writeString(source.resolve(module + ".c"), text);
        return source;
    }

    private static Ended night(String image, String releases, Path source, String body) throws IOException {
        return night(image, releases, "x86_64", source, "", "node(\"podman && ${env.DTK_ARCH}\")", body);
    }

    private static Ended night(
            String image, String releases, String architecture, Path source, String options, String node, String body)
            throws IOException {
        site.agent(Map.of(), source);
        return site.run(
                "def matrix = dtkMatrix(releases: '" + releases + "', architectures: '" + architecture + "',"
                        + " pullSecretId: 'openshift-pull-secret', toolkit: ['release', 'quay.io/acme/driver-toolkit'],"
                        + " image: 'quay.io/acme/" + image + "', version: '3.0.0',"
                        + " tag: ['{version}-{kernel}', '{kernel}-{openshift}'])\n"
                        + "def result = dtkBuild(matrix: matrix, image: 'quay.io/acme/" + image
                        + "', registryCredentialsId: 'quay-push', pullSecretId: 'openshift-pull-secret'" + options
                        + ") {\n" + node + " {\ncheckout scm\n" + body + "\n} }\n"
                        + "result.kernels.each { k -> k.archs.each { echo \"${k.kernel} ${it.key}: ${it.value.outcome}"
                        + " ${it.value.known} ${it.value.reason}\";"
                        + " if (it.value.knownLog) { echo \"log at ${it.value.knownLog}\" } } }\n",
                credentials);
    }

    /** The vendor's key and certificate, as files and as credentials. */
    private static Map<String, String> keys() throws Exception {
        Path key = folder.resolve("acme.pem");
        Path certificate = folder.resolve("acme.crt");
        SigningPair.make(key, certificate, "AcmeDrivers");
        return Map.of("acme-key", "@" + key, "acme-certificate", "@" + certificate);
    }

    /** The first block of a language on a page. */
    private static String block(String page, String language) {
        String start = "```" + language + "\n";
        String rest = page.substring(page.indexOf(start) + start.length());
        return rest.substring(0, rest.indexOf("```"));
    }

    private static String inspected(String image) throws Exception {
        return agent.run(
                "skopeo",
                "inspect",
                "--tls-verify=false",
                "--creds=" + login(),
                "docker://" + site.registry().address() + "/acme/" + image);
    }

    @Test
    @DisplayName("is built once for each kernel; what does not compile is news in the first night alone")
    void nights() throws Exception {
        Path source = source(
                "news",
                "acme_nic",
                ModuleSources.SIMPLE + "#ifdef OLD_KERNEL\nstatic struct not_in_this_kernel variable;\n#endif\n");
        String body = "dtkImage(context: '.', buildArgs: [D_KERNEL: '{kernel}-{goarch}-{rhel}'],"
                + " labels: [vendor: 'Acme {version}'])";

        Ended first = night("news", "4.16-4.18", source, body);

        assertThat(first.result()).as(first.log()).isEqualTo(Result.UNSTABLE);
        assertThat(first.log())
                .contains("warning: " + BROKEN + ": /build/acme_nic.c:")
                .containsPattern(
                        "427\\.26\\.1\\.el9_4 linux/amd64: does not compile false .*acme_nic\\.c:\\d+:\\d+: error: ")
                .containsPattern("427\\.28\\.1\\.el9_4 linux/amd64: no toolkit false quay.io/openshift-release-dev/"
                        + "ocp-v4.0-art-dev@sha256:[0-9a-f]{64} has no Module.symvers of kernel " + NONE)
                .contains("5.14.0-427.61.1.el9_4 linux/amd64: built")
                .contains("for " + GOOD + "-amd64-9.4, news")
                .contains("dtk: warning: KMM runs programs in it that are missing (cp, mkdir, sh)")
                .contains("dtk: warning: certification wants labels that are missing")
                .doesNotContain(PipelineSite.PASSWORD);
        assertThat(inspected("news:3.0.0-" + GOOD))
                .contains("\"kernel-version\": \"" + GOOD + "\"", "\"vendor\": \"Acme 3.0.0\"")
                .contains("\"io.jenkins.plugins.dtk.toolkit\": \"quay.io/acme/driver-toolkit@sha256:")
                .contains(GOOD + "-4.18");

        Ended second = night("news", "4.16-4.18", source, body);

        assertThat(second.result()).as(second.log()).isEqualTo(Result.SUCCESS);
        assertThat(second.log())
                .contains("nothing to build, does not compile (known) 1, no toolkit (known) 1")
                .contains("does not compile true /build/acme_nic.c:")
                .containsPattern("dtk: known: " + Pattern.quote(BROKEN) + " does not compile: /build/acme_nic\\.c:")
                .containsPattern("log at 1/execution/node/[0-9]+/log/");
        assertThat(agent.run("podman", "images", "--format", "{{.Repository}}"))
                .as("no toolkit and no built image stays on the agent")
                .doesNotContain("acme", "news");
    }

    @ParameterizedTest(name = "by {0}")
    @DisplayName("is built in the library's toolkit where that of the release says that it has the kernel and has not")
    @ValueSource(strings = {"podman", "buildah"})
    void secondToolkit(String builder) throws Exception {
        Parts.need(builder);
        String image = "second-" + builder;
        Path source = source("second", "acme_nic", ModuleSources.SIMPLE);
        String show = "result.kernels.each { k -> k.archs.each { echo \"built in ${it.value.toolkit}\" } }";

        Ended run = night(
                image,
                "4.16.3",
                "x86_64",
                source,
                ", builder: '" + builder + "'",
                "node('podman')",
                "dtkImage(context: '.', buildArgs: [D_KERNEL: '{toolkit}'], labels: [base: '{toolkit}'])\n} }\n" + show
                        + "\nif (false) { node {");

        String labels = inspected(image + ":3.0.0-" + BROKEN);
        Matcher library = LIBRARY.matcher(labels);
        assertThat(run.result()).as(run.log()).isEqualTo(Result.SUCCESS);
        assertThat(library.find()).as(labels).isTrue();
        String digest = library.group(1);
        assertThat(run.log())
                .containsPattern("dtk: taking the toolkit quay.io/acme/driver-toolkit@" + digest
                        + ": quay.io/openshift-release-dev/ocp-v4.0-art-dev@sha256:[0-9a-f]{64}"
                        + " has no Module.symvers of kernel " + BROKEN)
                .contains("built in quay.io/acme/driver-toolkit@" + digest)
                .contains("for " + site.registry().address() + "/acme/driver-toolkit@" + digest + ", " + image);
        assertThat(labels).contains("\"base\": \"" + site.registry().address() + "/acme/driver-toolkit@" + digest);
        assertThat(agent.run("podman", "images", "--format", "{{.Repository}}"))
                .as("neither toolkit stays on the agent")
                .doesNotContain("acme", "openshift");
    }

    @Test
    @DisplayName("has failed, and is tried again the next night, where the agent could not read its toolkit")
    void unreadableToolkit() throws Exception {
        Path podman = Files.createDirectories(folder.resolve("full")).resolve("podman");
        Files.writeString(
                podman,
                "#!/bin/sh\n[ \"$1\" != cp ] || { echo 'Error: copying: no space left on device' >&2; exit 125; }\n"
                        + "exec " + agent.run("sh", "-c", "command -v podman").strip() + " \"$@\"\n");
        Files.setPosixFilePermissions(podman, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path source = source("unreadable", "acme_nic", ModuleSources.SIMPLE);
        String build = "dtkImage(context: '.')";

        Ended full = night(
                "unreadable",
                "4.18.6",
                source,
                "withEnv([\"PATH=" + podman.getParent() + ":${env.PATH}\"]) { " + build + " }");
        Ended next = night("unreadable", "4.18.6", source, build);

        assertThat(full.result()).as(full.log()).isEqualTo(Result.FAILURE);
        assertThat(full.error()).contains("cannot read the toolkit quay.io/", "no space left");
        assertThat(next.result()).as(next.log()).isEqualTo(Result.SUCCESS);
    }

    @Test
    @DisplayName("is built for arm64 by QEMU and checked on this machine, with the toolkit for arm64")
    void byEmulation() throws Exception {
        Parts.need("aarch64-linux-gnu-gcc");
        Parts.needArm64();
        String kernel = "5.14.0-427.61.1.el9_4.aarch64";
        String symvers = "0x%08x\t_printk\tvmlinux\tEXPORT_SYMBOL\t\n";
        toolkits.pushForArm64(
                kernel, site.registry().address() + "/acme/driver-toolkit", login(), symvers.formatted(0x92997ed8));
        Path source = Files.createDirectories(folder.resolve("sources/arm64"));
        Files.writeString(
                source.resolve("Containerfile"),
                """
                ARG DTK_AUTO
                FROM ${DTK_AUTO} AS builder
                ARG KERNEL_FULL_VERSION
                COPY acme_nic.ko /build/
                RUN echo "on $(uname -m)" && mkdir -p /out/opt/lib/modules/${KERNEL_FULL_VERSION} \\
                    && cp /build/acme_nic.ko /out/opt/lib/modules/${KERNEL_FULL_VERSION}/
                FROM scratch
                COPY --from=builder /out /
                """);
        ForeignModule.compile(source, "aarch64-linux-gnu-gcc", kernel, "_printk", 0x92997ed8);
        // The next night has the same workspace: a module for arm64 must not be in it.
        String step = "try { dtkImage(context: '.') } finally { deleteDir() }";

        Ended good = night("arm", "4.18.6", "aarch64", source, ", emulate: true", "node('podman')", step);
        ForeignModule.compile(source, "aarch64-linux-gnu-gcc", kernel, "_printk", 0x11111111);
        Ended wrong = night("arm-wrong", "4.18.6", "aarch64", source, ", emulate: true", "node('podman')", step);

        assertThat(good.result()).as(good.log()).isEqualTo(Result.SUCCESS);
        assertThat(good.log()).contains("on aarch64", "5.14.0-427.61.1.el9_4 linux/arm64: built");
        assertThat(inspected("arm:3.0.0-" + kernel)).contains("\"Architecture\": \"arm64\"");
        assertThat(wrong.result()).isEqualTo(Result.FAILURE);
        assertThat(wrong.error()).contains("1 symbol is not as in kernel " + kernel + " (other checksums): _printk");
        assertThat(wrong.log()).doesNotContain("dtk: pushed");
    }

    @Test
    @DisplayName("is not pushed where its modules do not fit, whoever has built it")
    void misfit() throws Exception {
        Path source = source("user", "acme_user", ModuleSources.USER);

        Ended ours = night(
                "misfit",
                "4.18.6",
                source,
                "dtkImage(context: '.', buildArgs: [MAKE_OPTIONS: 'KBUILD_MODPOST_WARN=1'])");
        Ended theirs = night(
                "own",
                "4.18.6",
                source,
                """
                sh '''
                    set +x
                    printf %s "$DTK_LOGINS" >logins.json
                    podman build --authfile logins.json --tls-verify=false --tag "$DTK_BUILT" \\
                        --build-arg "DTK_AUTO=$DTK_TOOLKIT" --build-arg "KERNEL_FULL_VERSION=$DTK_KERNEL_FULL" \\
                        --build-arg MAKE_OPTIONS=KBUILD_MODPOST_WARN=1 .
                '''
                dtkCheck()
                """);

        for (Ended run : List.of(ours, theirs)) {
            assertThat(run.result()).as(run.log()).isEqualTo(Result.FAILURE);
            assertThat(run.error()).contains("acme_user.ko: 1 symbol is missing in kernel " + GOOD + ": acme_register");
            assertThat(run.log()).doesNotContain("dtk: pushed");
        }
        assertThat(night("misfit", "4.18.6", source, "error 'not run'").log())
                .contains("does not fit true")
                .contains("acme_user.ko: 1 symbol is missing");
    }

    @Test
    @DisplayName("may be built by the vendor's own command, as the page of dtkCheck has it")
    void ownCommand() throws Exception {
        String example = block(Files.readString(Path.of("vars-docs/dtkCheck.md")), "groovy");
        site.agent(Map.of(), source("make", "acme_gpu", ModuleSources.SIMPLE));

        Ended run = site.run(example);

        assertThat(run.result()).as(run.log()).isEqualTo(Result.SUCCESS);
        assertThat(inspected("acme-gpu:coreos-9.4-" + GOOD + "-7.0")).contains(GOOD);
    }

    @Test
    @DisplayName("is signed by the vendor's key, which is nowhere but in Jenkins")
    void signed() throws Exception {
        Parts.need("openssl");
        credentials = keys();
        Path source = source("signed", "acme_nic", ModuleSources.SIMPLE);
        Ended run = night(
                "signed",
                "4.18.6",
                source,
                "dtkImage(context: '.', signingKeyId: 'acme-key', signingCertificateId: 'acme-certificate')");
        Ended wrong = night(
                "unsigned",
                "4.18.6",
                source,
                "dtkImage(context: '.', signingKeyId: 'acme-certificate', signingCertificateId: 'acme-certificate')");

        assertThat(run.result()).as(run.log()).isEqualTo(Result.SUCCESS);
        assertThat(run.log()).contains("dtk: signed by AcmeDrivers (1 module)").doesNotContain("PRIVATE KEY");
        assertThat(inspected("signed:3.0.0-" + GOOD)).contains("\"kernel-version\": \"" + GOOD + "\"");
        assertThat(wrong.result()).isEqualTo(Result.FAILURE);
        assertThat(wrong.error()).contains("dtkImage: signingKeyId: ");
    }

    @Test
    @DisplayName("is signed by the vendor's own command, which has the pipeline's environment and place")
    void signedByCommand() throws Exception {
        Parts.need("openssl");
        credentials = keys();
        Path source = source("hsm", "acme_nic", ModuleSources.SIMPLE);
        Files.copy(folder.resolve("acme.crt"), source.resolve("acme.crt"));
        // Debian's headers bring no sign-file: openssl makes the same, as a service would.
        Files.writeString(
                source.resolve("sign.sh"),
                """
                test "$PIN" = 1234 || { echo "wrong PIN"; exit 3; }
                openssl cms -sign -binary -noattr -nocerts -md sha256 -outform DER \
                    -signer acme.crt -inkey "$KEYS/acme.pem" -in "$1" -out signature.der || exit 4
                size=$(stat -c %s signature.der)
                cat signature.der >>"$1"
                printf '\\000\\000\\002\\000\\000\\000\\000\\000\\000\\000' >>"$1"
                printf "\\\\$(printf %03o $((size / 256)))\\\\$(printf %03o $((size % 256)))" >>"$1"
                echo '~Module signature appended~' >>"$1"
                """);
        String step = "withEnv(['KEYS=" + folder + "', 'PIN=%s']) { dtkImage(context: '.', signCommand: 'sh ./sign.sh',"
                + " signingCertificateId: 'acme-certificate') }";

        Ended run = night("hsm", "4.18.6", source, step.formatted("1234"));
        Ended refused = night("hsm-refused", "4.18.6", source, step.formatted("1"));
        Ended nothing = night("hsm-nothing", "4.18.6", source, "dtkImage(context: '.', signCommand: 'true # ')");

        assertThat(run.result()).as(run.log()).isEqualTo(Result.SUCCESS);
        assertThat(run.log()).contains("dtk: signed by AcmeDrivers (1 module)");
        assertThat(refused.error()).contains("the command that signs ended with exit code 3: wrong PIN");
        assertThat(nothing.error()).contains("acme_nic.ko", "it was not signed");
        assertThat(refused.log() + nothing.log()).doesNotContain("dtk: pushed");
    }

    @Test
    @DisplayName("may take more folders, a stage, and a base image that needs a login")
    void inputs() throws Exception {
        String base = site.registry().address() + "/acme/private-base:1";
        toolkits.build(base, "FROM scratch\nCOPY Containerfile /licenses/acme\n");
        agent.run("podman", "push", "--tls-verify=false", "--creds=" + login(), base);
        agent.run("podman", "rmi", base);
        Path source = source("inputs", "acme_nic", ModuleSources.SIMPLE);
        Files.createDirectories(source.resolve("firmware, new"));
        Files.writeString(source.resolve("firmware, new/acme.bin"), "firmware");
        Files.writeString(
                source.resolve("Containerfile"),
                "ARG BASE\n" + CONTAINERFILE.replace("FROM scratch", "FROM ${BASE} AS shipped")
                        + "COPY --from=firmware acme.bin /firmware/\nFROM scratch AS other\n");

        Ended run = night(
                "inputs",
                "4.18.6",
                source,
                "dtkImage(context: '.', target: 'shipped', buildArgs: [BASE: '" + base
                        + "'], buildContexts: [firmware: 'firmware, new'], labels: [vendor: 'Acme', version: '{version}'])");
        Ended none =
                night("inputs-none", "4.18.6", source, "dtkImage(context: '.', buildContexts: [firmware: 'none'])");
        Ended outside =
                night("inputs-none", "4.18.6", source, "dtkImage(context: '.', buildContexts: [firmware: '/etc'])");

        agent.run("podman", "rmi", base); // A base of the user's own stays on the agent, as with podman alone.
        assertThat(run.result()).as(run.log()).isEqualTo(Result.SUCCESS);
        assertThat(inspected("inputs:3.0.0-" + GOOD)).contains("\"vendor\": \"Acme\"", "\"version\": \"3.0.0\"");
        assertThat(none.error()).contains("the build context 'firmware' is no folder in ");
        assertThat(outside.error()).contains("the build context '/etc' is outside of the workspace");
    }

    @Test
    @DisplayName("gets secrets as KMM gives them, which stay out of the log")
    void secrets() throws Exception {
        Ended run = night(
                "secret",
                "4.18.6",
                source("secret", "acme_nic", ModuleSources.SIMPLE),
                "sh 'set +x; mkdir -p keys && printf the-key-of-acme >keys/key'\n"
                        + "dtkImage(context: '.', secrets: [keys: 'keys'])");

        assertThat(run.result()).as(run.log()).isEqualTo(Result.SUCCESS);
        assertThat(run.log()).contains("a key of 15").doesNotContain("] the-key-of-acme");
    }

    @Test
    @DisplayName("says what is wrong in one line, before anything is pushed")
    void mistakes() throws Exception {
        Path source = source("wrong", "acme_nic", ModuleSources.SIMPLE);
        Map<String, String> wrong = Map.of(
                "dtkImage(containerfile: 'Nofile')", "there is no file 'Nofile'",
                "dtkImage(context: '../..')", "the context '../..' is outside of the workspace",
                "dtkImage(buildArgs: [DTK_AUTO: 'x'])", "the build argument DTK_AUTO is given to every build",
                "dtkImage(symvers: ['none'])", "the file 'none' of symvers cannot be read",
                "dtkImage(fit: 'maybe')", "maybe",
                "dtkImage(secrets: [a: 'nothing'])", "the secret 'a' is neither a file nor a folder: nothing",
                "dtkCheck(image: 'localhost/none:1')", "there is no image 'localhost/none:1' on this agent");
        for (Map.Entry<String, String> mistake : wrong.entrySet()) {
            Ended run = night("wrong", "4.18.6", source, mistake.getKey());

            assertThat(run.result()).as(mistake.getKey()).isEqualTo(Result.FAILURE);
            assertThat(run.error()).contains(mistake.getValue());
        }
    }

    @Test
    @DisplayName("has a nightly library by the example and the Containerfile of the page as they stand")
    void example() throws Exception {
        String page = Files.readString(Path.of("docs/drivers.md"));
        String example = Files.readString(Path.of("Jenkinsfile.driver.example"));
        Path source = source("nic", "acme_nic", ModuleSources.SIMPLE);
        Files.writeString(
                source.resolve("Containerfile"),
                // There is no UBI here.
                block(page, "dockerfile").replace("FROM registry.access.redhat.com/ubi9/ubi-minimal", "FROM scratch"));
        Files.writeString(source.resolve("LICENSE"), "ours");
        site.agent(Map.of(), source);
        Ended first = site.run(example);
        Ended second = site.run(example);

        assertThat(example.replaceAll("(?m)^ *(//|properties).*\n", "").strip())
                .as("the page shows the pipeline of the file")
                .isEqualTo(block(page, "groovy").strip());

        assertThat(first.result()).as(first.log()).isEqualTo(Result.SUCCESS);
        assertThat(first.log()).contains(GOOD + " is 3.0.0-" + GOOD, BROKEN + " is 3.0.0-" + BROKEN);
        assertThat(second.result()).as(second.log()).isEqualTo(Result.SUCCESS);
        assertThat(second.log()).contains("there 2");
        assertThat(inspected("acme-nic:3.0.0-" + GOOD)).contains(GOOD);
    }
}
