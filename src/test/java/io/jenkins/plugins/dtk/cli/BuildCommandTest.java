package io.jenkins.plugins.dtk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.dtk.plan.BuildAgent;
import io.jenkins.plugins.dtk.plan.ToolkitImages;
import io.jenkins.plugins.dtk.testing.Commands;
import io.jenkins.plugins.dtk.testing.ModuleSources;
import io.jenkins.plugins.dtk.testing.Parts;
import io.jenkins.plugins.dtk.testing.SigningPair;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With podman, a real compiler and the real headers of Debian's kernel, under the names of others. */
@DisplayName("dtk build")
class BuildCommandTest {

    private static final String GOOD = "5.14.0-427.61.1.el9_4.x86_64";
    private static final String BROKEN = "5.14.0-427.26.1.el9_4.x86_64";
    private static final String NONE = "5.14.0-427.28.1.el9_4.x86_64";

    /** As vendors have it for KMM: nothing but the Containerfile and what KMM gives. */
    private static final String CONTAINERFILE =
            """
            ARG DTK_AUTO
            FROM ${DTK_AUTO} AS builder
            ARG KERNEL_FULL_VERSION
            ARG FOLDER=${KERNEL_FULL_VERSION}
            ARG MAKE_OPTIONS
            WORKDIR /build
            COPY . .
            RUN if test -e /run/secrets/keys/key; then wc -c </run/secrets/keys/key >/build/key-size; fi
            RUN make -C /usr/src/kernels/${KERNEL_FULL_VERSION} M=/build ${MAKE_OPTIONS} modules
            RUN mkdir -p /out/opt/lib/modules/${FOLDER}/extra && cp *.ko /out/opt/lib/modules/${FOLDER}/extra/
            FROM scratch
            COPY --from=builder /out /
            """;

    /** On one kernel the source is not valid. */
    private static final String MAKEFILE =
            """
            obj-m := %s.o
            ifneq ($(wildcard /usr/src/kernels/*-427.26.1.*),)
            ccflags-y += -DOLD_KERNEL
            endif
            """;

    @TempDir
    private static Path folder;

    private static CommandSite site;
    private static BuildAgent agent;

    @BeforeAll
    static void start() throws Exception {
        Parts.need("docker-registry", "skopeo", "podman", "crun");
        site = new CommandSite(folder, "4.16.3", "4.16.6", "4.17.22", "4.18.6");
        agent = BuildAgent.forLargeImages(Files.createDirectories(folder.resolve("agent")));
        ToolkitImages toolkits = new ToolkitImages(agent, folder.resolve("toolkits"));
        String library = site.address() + "/acme/driver-toolkit";
        toolkits.push(GOOD, library, CommandSite.USER + ":" + CommandSite.PASSWORD);
        toolkits.push(BROKEN, library, CommandSite.USER + ":" + CommandSite.PASSWORD);
        toolkits.build("localhost/minimal", "FROM localhost/system\nRUN rm -rf /usr/src\n");
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

    private record Ended(int exit, String out, String log) {}

    /** In a process of its own, so that podman keeps its images apart from those of this machine. */
    private static Ended dtk(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                "io.jenkins.plugins.dtk.cli.Main"));
        command.addAll(site.arguments(arguments));
        StringBuilder quoted = new StringBuilder();
        command.forEach(part -> quoted.append('\'').append(part).append("' "));
        Path out = folder.resolve("out");
        String path = "PATH='" + recorder() + "':\"$PATH\" ";
        String log = agent.run("sh", "-c", path + quoted + ">'" + out + "'; echo \"exit $?\"");
        int last = log.lastIndexOf("exit ");
        return new Ended(
                Integer.parseInt(log.substring(last + 5).strip()),
                Files.readString(out, StandardCharsets.UTF_8),
                log.substring(0, last));
    }

    /** A folder with a podman that notes its arguments and goes on. */
    private static Path recorder() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path podman = bin.resolve("podman");
        if (!Files.exists(podman)) {
            Files.writeString(
                    podman,
                    "#!/bin/sh\necho \"$*\" >>'" + folder.resolve("calls")
                            + "'\nPATH=${PATH#*:}\nexec podman \"$@\"\n");
            Files.setPosixFilePermissions(podman, PosixFilePermissions.fromString("rwx------"));
        }
        return bin;
    }

    private static Path source(String name, String module, String text) throws Exception {
        Path source = Files.createDirectories(folder.resolve(name));
        Files.writeString(source.resolve("Containerfile"), CONTAINERFILE);
        Files.writeString(source.resolve("Makefile"), MAKEFILE.formatted(module));
        Files.writeString(source.resolve(module + ".c"), text);
        return source;
    }

    private static Ended night(Path source, String repository, String releases, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("build", "--image", "quay.io/acme/" + repository, "--releases", releases, "--arch", "x86_64"));
        arguments.addAll(List.of("--toolkits", "quay.io/acme/driver-toolkit", "--driver-version", "3.0.0"));
        arguments.addAll(
                List.of("--containerfile", source.resolve("Containerfile").toString()));
        arguments.addAll(List.of(
                "--context", source.toString(), "--logs", folder.resolve("logs").toString()));
        arguments.addAll(List.of(more));
        return dtk(arguments.toArray(String[]::new));
    }

    private static List<String> tags(String repository) throws Exception {
        return site.client().tags(site.repository(repository), null);
    }

    @Test
    @DisplayName("builds what is missing, each kernel once; what does not compile is news in the first night alone")
    void nights() throws Exception {
        Path source = source(
                "nic",
                "acme_nic",
                ModuleSources.SIMPLE + "#ifdef OLD_KERNEL\nstatic struct not_in_this_kernel variable;\n#endif\n");
        String[] options = {
            "--tag",
            "{version}-{kernel}-rhcos{openshift}",
            "--known",
            folder.resolve("known").toString(),
            "--report",
            folder.resolve("night.html").toString()
        };

        Ended first = night(source, "acme-nic", "4.16-4.18", options);

        assertThat(first.exit()).as(first.out() + first.log()).isEqualTo(1);
        assertThat(first.out())
                .containsPattern(BROKEN + " +does not compile +3\\.0\\.0-\\S+ +.*acme_nic\\.c:\\d+:\\d+: error: ")
                .containsPattern(NONE + " +no toolkit +")
                .containsPattern(GOOD + " +built +")
                .endsWith("3 images: built 1, no toolkit 1, does not compile 1\n");
        assertThat(folder.resolve("night.html"))
                .content()
                .contains("1 of 3 images failed", BROKEN, "does not compile", "no toolkit", ">built<")
                .doesNotContain("multi-arch index");
        assertThat(first.log()).contains("warning: KMM runs programs in it that are missing (cp, mkdir, sh)");
        assertThat(tags("acme-nic"))
                .containsExactlyInAnyOrder("3.0.0-" + GOOD + "-rhcos4.17", "3.0.0-" + GOOD + "-rhcos4.18");

        Ended second = night(source, "acme-nic", "4.16-4.18", options);

        assertThat(second.exit()).as(second.out() + second.log()).isZero();
        assertThat(second.out())
                .as("with the log of the first night")
                .containsPattern(BROKEN + " +does not compile \\(known\\) +3\\.0\\.0-\\S+ +/\\S+/" + BROKEN
                        + "\\.log +.*acme_nic\\.c:\\d+")
                .containsPattern(NONE + " +no toolkit \\(known\\) +")
                .endsWith("3 images: there 1, no toolkit 1, does not compile 1\n");
        assertThat(second.log()).as("no toolkit is pulled again").doesNotContain("toolkit quay.io");
        assertThat(folder.resolve("night.html"))
                .content()
                .contains("Driver images", "does not compile (known)")
                .doesNotContain("What failed");
        Files.writeString(source.resolve("acme_nic.c"), ModuleSources.SIMPLE);

        Ended mended = night(source, "acme-nic", "4.16.3", options);

        assertThat(mended.out()).as(mended.log()).containsPattern(BROKEN + " +built +");
        assertThat(folder.resolve("known")).content().contains(NONE).doesNotContain(BROKEN);
        Ended again = night(source, "acme-nic", "4.16.3", "--tag={version}-{kernel}-rhcos{openshift}", "--rebuild=all");
        assertThat(again.out()).as(again.log()).containsPattern(BROKEN + " +built +");
        Ended fits = dtk(
                "fits",
                "quay.io/acme/acme-nic:3.0.0-" + GOOD + "-rhcos4.17",
                "--releases",
                "4.16.3,4.17",
                "--arch",
                "x86_64",
                "--image",
                "quay.io/acme/driver-toolkit");
        assertThat(fits.out()).as(fits.log()).endsWith("2 kernels: fits 2, does not fit 0, unknown 0\n");
    }

    @Test
    @DisplayName("pushes nothing whose modules do not fit, and says which symbols")
    void misfit() throws Exception {
        Path source = source("user", "acme_user", ModuleSources.USER);

        Ended symbols =
                night(source, "misfit", "4.17", "--tag={kernel}", "--build-arg=MAKE_OPTIONS=KBUILD_MODPOST_WARN=1");
        Ended other = night(
                source,
                "misfit",
                "4.17",
                "--tag={kernel}",
                "--build-arg=MAKE_OPTIONS=KBUILD_MODPOST_WARN=1",
                "--build-arg=FOLDER={kernel}+rt",
                "--format=json");

        assertThat(symbols.exit()).as(symbols.out() + symbols.log()).isEqualTo(1);
        assertThat(symbols.out())
                .containsPattern(GOOD + " +does not fit +")
                .contains("acme_user.ko: 1 symbol is missing in kernel " + GOOD + ": acme_register");
        JsonNode image = new ObjectMapper().readTree(other.out()).at("/images/0");
        assertThat(image.path("outcome").asText()).isEqualTo("does not fit");
        assertThat(image.path("why").asText())
                .isEqualTo("the image has no module for kernel " + GOOD + ", only for " + GOOD + "+rt");
        assertThat(site.client().findManifest(site.repository("misfit").withTag(GOOD)))
                .isEmpty();
    }

    @Test
    @DisplayName("has nothing to say of the example in docs: it is as KMM and certification want it")
    void example() throws Exception {
        Ended built = night(
                Path.of("docs/simple-kmod"),
                "example",
                "4.17",
                "--tag={kernel}",
                "--build-arg=FINAL=localhost/minimal");

        assertThat(built.exit()).as(built.out() + built.log()).isZero();
        assertThat(built.log()).doesNotContain("warning");
    }

    @Test
    @DisplayName(
            "takes a private base, further folders and what KMM says of the Module, each registry by what is said of it")
    void base() throws Exception {
        String base = site.address() + "/acme/base:1";
        agent.run("podman", "tag", "localhost/minimal", base);
        agent.run(
                "podman",
                "push",
                "--tls-verify=false",
                "--creds=" + CommandSite.USER + ":" + CommandSite.PASSWORD,
                base);
        agent.run("podman", "rmi", base);
        Files.writeString(Files.createDirectories(folder.resolve("firmware")).resolve("nic.bin"), "firmware");
        Path source = source("based", "acme_nic", ModuleSources.SIMPLE);
        Files.writeString(
                source.resolve("Containerfile"),
                CONTAINERFILE
                        .replace("ARG DTK_AUTO", "ARG DTK_AUTO\nARG BASE")
                        .replace(
                                "FROM scratch",
                                """
                                ARG MOD_NAME
                                ARG MOD_NAMESPACE
                                COPY --from=firmware nic.bin /out/opt/lib/firmware/acme/
                                RUN test "$MOD_NAME in $MOD_NAMESPACE" = "based in acme"
                                FROM ${BASE}"""));
        Files.deleteIfExists(folder.resolve("calls"));

        Ended built = night(
                source,
                "based",
                "4.17",
                "--tag={kernel}",
                "--build-arg=BASE=" + base,
                "--build-arg=MOD_NAMESPACE=acme",
                "--build-context=firmware=" + folder.resolve("firmware"));

        assertThat(built.exit()).as(built.out() + built.log()).isZero();
        assertThat(built.log()).doesNotContain("firmware that is not in it").doesNotContain("programs in it");
        List<String> calls = Files.readAllLines(folder.resolve("calls"));
        assertThat(calls)
                .filteredOn(call -> call.startsWith("build "))
                .hasSize(1)
                .noneMatch(this::isUnverified);
        assertThat(calls)
                .filteredOn(call -> call.startsWith("pull ") || call.startsWith("push "))
                .hasSize(3) // the release's toolkit, which has no symbols, the library's, and the image
                .allMatch(this::isUnverified);
    }

    private boolean isUnverified(String call) {
        return call.contains("--tls-verify=false");
    }

    @Test
    @DisplayName("gives secrets as KMM does, and neither prints nor ships them")
    void secrets() throws Exception {
        Path keys = Files.createDirectories(folder.resolve("keys"));
        Files.writeString(keys.resolve("key"), "the-very-secret-key-of-acme");
        Path source = source("signed", "acme_nic", ModuleSources.SIMPLE);
        Files.writeString(
                source.resolve("Containerfile"),
                CONTAINERFILE.replace("FROM scratch", "RUN cp key-size /out/opt/\nFROM scratch"));

        Ended built = night(source, "signed", "4.17", "--tag={kernel}", "--secret=keys=" + keys);

        assertThat(built.exit()).as(built.out() + built.log()).isZero();
        String log = Files.readString(folder.resolve("logs").resolve(GOOD + ".log"));
        assertThat(built.out() + built.log() + log).doesNotContain("the-very-secret-key-of-acme");
    }

    private static void pair(String name) throws Exception {
        SigningPair.make(folder.resolve(name + ".key"), folder.resolve(name + ".crt"), name);
    }

    /** What a pulled image holds: in a folder of this name, and as a list of files with owners and dates. */
    private static String pulled(String repository) throws Exception {
        return agent.run(
                "sh",
                "-c",
                """
                podman pull --quiet --tls-verify=false --creds="$1" "$2" >/dev/null
                container=$(podman create "$2" /none) && mkdir "$3" && podman export "$container" | tar -x -C "$3"
                podman rm "$container" >/dev/null
                cd "$3" && find . -printf '%p %M %U:%G %T@\\n' | sort
                """,
                "sh",
                CommandSite.USER + ":" + CommandSite.PASSWORD,
                site.address() + "/acme/" + repository + ":" + GOOD,
                folder.resolve("pulled-" + repository).toString());
    }

    @Test
    @DisplayName("signs modules for Secure Boot, by a key or a command, and changes nothing else of the image")
    void signing() throws Exception {
        pair("acme");
        Path source = source("secure", "acme_nic", ModuleSources.SIMPLE);
        Files.writeString(
                source.resolve("Containerfile"),
                CONTAINERFILE.replace(
                        "FROM scratch",
                        """
                        RUN cd /out/opt/lib/modules/${FOLDER} && cp extra/acme_nic.ko extra/acme_other.ko \\
                          && gzip extra/acme_nic.ko && touch modules.order modules.builtin \\
                          && depmod -b /out/opt ${FOLDER}
                        FROM scratch"""));
        String key = folder.resolve("acme.key").toString();
        String certificate = folder.resolve("acme.crt").toString();

        Ended plain = night(source, "unsigned", "4.17", "--tag={kernel}");
        Ended signed = night(
                source,
                "secure",
                "4.17",
                "--tag={kernel}",
                "--signing-key=" + key,
                "--signing-certificate=" + certificate,
                "--files-to-sign=/opt/lib/modules/${KERNEL_FULL_VERSION}/extra/acme_nic.ko*");

        assertThat(plain.exit()).as(plain.out() + plain.log()).isZero();
        assertThat(signed.exit()).as(signed.out() + signed.log()).isZero();
        assertThat(signed.out()).containsPattern(GOOD + " +built +\\S+ +signed by acme \\(1 module\\)");
        // Two builds of the same source have the same files and dates but those that each made.
        pulled("unsigned");
        assertThat(pulled("secure")).contains("acme_nic.ko.gz");
        Path module = folder.resolve("pulled-secure/opt/lib/modules/" + GOOD + "/extra/acme_nic.ko.gz");
        Path other = module.resolveSibling("acme_other.ko");
        String differences = Commands.run(
                "sh",
                "-c",
                "diff -rq '" + folder.resolve("pulled-unsigned") + "' '" + folder.resolve("pulled-secure") + "'; :");
        assertThat(differences.lines()).singleElement().asString().contains("acme_nic.ko.gz differ");
        Commands.run("gzip", "-d", "-k", module.toString());
        assertThat(Commands.run(
                        "modinfo",
                        "-F",
                        "signer",
                        module.resolveSibling("acme_nic.ko").toString()))
                .isEqualTo("acme\n");
        assertThat(Commands.run("modinfo", "-F", "signer", other.toString())).isBlank();
        String secret = Files.readAllLines(Path.of(key)).get(3);
        assertThat(signed.out()
                        + signed.log()
                        + Files.readString(folder.resolve("logs").resolve(GOOD + ".log")))
                .doesNotContain(secret)
                .doesNotContain("PRIVATE");

        Ended command = night(
                source,
                "service",
                "4.17",
                "--tag={kernel}",
                "--signing-certificate=" + certificate,
                "--sign-command=$(ls -d /usr/lib/linux-kbuild-*/scripts/sign-file | head -n 1) sha512 " + key + " "
                        + certificate);

        assertThat(command.out())
                .as(command.log())
                .containsPattern(GOOD + " +built +\\S+ +signed by acme \\(2 modules\\)");

        Ended nothing = night(source, "nothing", "4.17", "--tag={kernel}", "--sign-command=echo no token; exit 3; :");

        assertThat(nothing.exit()).isEqualTo(1);
        assertThat(nothing.out())
                .contains("failed")
                .contains("the command that signs ended with exit code 3: no token");
        assertThat(site.client().findManifest(site.repository("nothing").withTag(GOOD)))
                .isEmpty();
    }

    @ParameterizedTest(name = "{1}")
    @DisplayName("builds nothing when modules cannot be signed as asked")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            --signing-key=acme.key --signing-certificate=other.crt | the signing key is not that of the certificate of 'CN=other'
            --signing-key=acme.key                                 | its certificate is missing; name --signing-certificate
            --signing-certificate=acme.crt                         | the key is missing; name --signing-key or --sign-command
            --files-to-sign=/opt/*.ko                              | nothing signs them; name --signing-key or --sign-command
            --signing-key=acme.key --sign-command=true             | --signing-key signs them already; name one of the two
            --signing-key=none.key --signing-certificate=acme.crt  | there is no file
            """)
    void cannotSign(String options, String message) throws Exception {
        pair("acme");
        pair("other");
        Path source = source("never", "acme_nic", ModuleSources.SIMPLE);
        List<String> more = new ArrayList<>(List.of("--tag={kernel}"));
        for (String option : options.split(" ")) {
            more.add(option.replaceFirst("=(\\w+\\.(?:key|crt))", "=" + folder + "/$1"));
        }

        Ended refused = night(source, "never", "4.17", more.toArray(String[]::new));

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.log()).contains(message);
        assertThat(refused.log().lines()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    @DisplayName("says what it would do and does nothing on request, and leaves out what is not wanted")
    void dryRun() throws Exception {
        Path source = source("dry", "acme_nic", ModuleSources.SIMPLE);

        Ended dry = night(
                source,
                "dry",
                "4.16-4.18",
                "--tag={kernel}",
                "--dry-run",
                "--exclude=" + BROKEN + "=its compiler is too old");

        assertThat(dry.exit()).as(dry.log()).isZero();
        assertThat(dry.out())
                .containsPattern(BROKEN + " +excluded +\\S+ +its compiler is too old\n")
                .endsWith("3 images: left 2, excluded 1\n");
    }
}
