package io.jenkins.plugins.dtk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.demo.AccessLog;
import io.jenkins.plugins.dtk.demo.AccessLog.Kind;
import io.jenkins.plugins.dtk.demo.Busybox;
import io.jenkins.plugins.dtk.embedded.RunOutcome;
import io.jenkins.plugins.dtk.testing.Parts;
import io.jenkins.plugins.dtk.testing.SecretSearch;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The main job from one end to the other, as {@code dtk demo} runs it: what the user has afterwards. */
class MainJobTest {

    private static final String KERNEL = "6.12.0-211.47.1.el10_2";

    @TempDir
    private static Path folder;

    private static DemoSite site;
    private static String shown;

    @BeforeAll
    static void runTheDemo() throws Exception {
        Parts.need("podman", "docker-registry", "skopeo", "buildah");
        Parts.needArm64();
        Path busybox = Busybox.fetch(CacheOptions.userFolder().resolve("busybox"));
        site = new DemoSite(Files.createDirectory(folder.resolve("parts")), busybox);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        try (DemoLog log = new DemoLog(folder.resolve("log.txt"), print)) {
            new DemoRuns(site, log, print).run(folder);
        } catch (Exception e) {
            // The folder goes with the tests; what went wrong stays.
            Path kept = Path.of("target", "main-job.log");
            Files.copy(folder.resolve("log.txt"), kept, StandardCopyOption.REPLACE_EXISTING);
            throw new AssertionError("the main job failed; its log is " + kept.toAbsolutePath(), e);
        } finally {
            shown = out.toString(StandardCharsets.UTF_8);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (site != null) {
            site.close();
            DemoStorage.remove(folder.resolve("parts/podman"));
        }
    }

    @Test
    void buildsEveryImageThatTheLibraryLacks() {
        assertThat(shown)
                .contains("7 kernels, 14 images, 14 missing", "[14/14]", "Finished: SUCCESS")
                .contains("14 systems were registered with RHSM, 0 still are")
                .doesNotContain("failed");
        assertThat(folder.resolve("report.html")).content().contains("The library is complete: 14 built");
    }

    @ParameterizedTest(name = "on {0} it says {1}")
    @CsvSource({"amd64, x86_64", "arm64, aarch64"})
    void oneTagServesBothArchitectures(String goArch, String rpmArch) throws Exception {
        assertThat(tool("skopeo", "inspect", "--raw", "--tls-verify=false", "--authfile", login(), image(KERNEL)))
                .contains("\"" + goArch + "\"");
        String container = tool(
                "buildah",
                "from",
                "--quiet",
                "--arch",
                goArch,
                "--tls-verify=false",
                "--authfile",
                login(),
                image(KERNEL));
        assertThat(tool("buildah", "run", container, "--", "uname", "-m")).isEqualTo(rpmArch);
        assertThat(tool("buildah", "run", container, "--", "cat", "/etc/driver-toolkit-release.json"))
                .contains("\"KERNEL_VERSION\": \"" + KERNEL + "." + rpmArch + "\"", "\"RHEL_VERSION\": \"10.2\"");
    }

    @Test
    void theNextRunBuildsNothingAndAsksOnceForEachImage() throws Exception {
        AccessLog asked = site.requests();
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        RunOutcome outcome = site.engine(Path.of("Jenkinsfile.example"))
                .output(new PrintStream(log, true, StandardCharsets.UTF_8))
                .run();
        assertThat(outcome.result()).isEqualTo(RunOutcome.Result.SUCCESS);
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("lacks nothing");
        AccessLog.Requests requests = asked.since();
        assertThat(requests.all()).extracting(AccessLog.Request::method).isSubsetOf("GET", "HEAD");
        assertThat(requests.all()).extracting(AccessLog.Request::kind).doesNotContain(Kind.UPLOAD);
        // What is read of blobs verifies layers of payloads.
        assertThat(requests.count("GET", Kind.BLOB, DemoSite.PATH)).isZero();
        assertThat(requests.count("GET", Kind.MANIFEST, DemoSite.PATH)
                        + requests.count("HEAD", Kind.MANIFEST, DemoSite.PATH))
                .as("an index for each of 7 kernels, and each of 14 images by its digest")
                .isEqualTo(7 + 14);
    }

    @Test
    void anImageHasTheListOfItsPackagesAttachedWhereThePipelineWantsIt() throws Exception {
        Path pipeline = Files.writeString(
                folder.resolve("listed"),
                """
                def matrix = dtkMatrix(releases: '4.18', architectures: ['x86_64'], image: 'quay.io/acme/listed',
                                       pullSecretId: 'openshift-pull-secret')
                def result = dtkBuild(matrix: matrix, image: 'quay.io/acme/listed', registryCredentialsId: 'quay-push',
                                      rhsmOrgId: 'rhsm-org', rhsmActivationKeyId: 'rhsm-activation-key',
                                      limit: 1, sbom: true) {
                    node { dtkImage() }
                }
                echo "built ${result.kernels.collect { it.archs['linux/amd64'].digest }.find { it }}."
                """);
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        RunOutcome outcome = site.engine(pipeline)
                .output(new PrintStream(log, true, StandardCharsets.UTF_8))
                .run();
        String said = log.toString(StandardCharsets.UTF_8);
        assertThat(outcome.result()).as(said).isEqualTo(RunOutcome.Result.SUCCESS);
        assertThat(said).contains("lists of packages are attached to 1 of 1 images");
        Matcher built = Pattern.compile("built sha256:([0-9a-f]{64})\\.").matcher(said);
        assertThat(built.find()).as(said).isTrue();
        // docker-registry has no API for referrers: they are listed under a tag that is named after the image.
        assertThat(tool(
                        "skopeo",
                        "inspect",
                        "--raw",
                        "--tls-verify=false",
                        "--authfile",
                        login(),
                        "docker://" + site.address() + "/acme/listed:sha256-" + built.group(1)))
                .contains("\"artifactType\":\"application/spdx+json\"");
    }

    @Test
    void theCommandLineBuildsAToolkitAndThenFindsItThere(@TempDir Path secrets) throws Exception {
        Path report = secrets.resolve("report.html");
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                "io.jenkins.plugins.dtk.cli.Main",
                "build",
                "toolkits",
                "--image",
                "quay.io/acme/by-hand",
                "--releases",
                "4.18",
                "--arch",
                "x86_64",
                "--kernel",
                "5.14.0-427.61.1.el9_4",
                "--format",
                "json"));
        command.addAll(site.arguments(secrets));
        command.addAll(List.of("--cache", secrets.resolve("cache").toString()));
        List<String> first = new ArrayList<>(command);
        first.addAll(List.of("--sbom", "--report", report.toString()));

        assertThat(tool(first.toArray(String[]::new)))
                .contains("\"built\":1", "\"index\":\"published\"", "\"status\":\"built\"");
        assertThat(report).content().contains("5.14.0-427.61.1.el9_4", "The library is complete");
        assertThat(site.subscriptions()).endsWith("0 still are");
        assertThat(tool(command.toArray(String[]::new))).contains("\"built\":0", "\"kernels\":[]");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"dtkMatrix", "dtkTagExists", "dtkVerify", "dtkBuild", "dtkImage"})
    void theExampleOnAStepsPageRunsAsItStands(String step) throws Exception {
        String page = Files.readString(Path.of("vars-docs", step + ".md"));
        String start = "```groovy\n";
        String example = page.substring(page.indexOf(start) + start.length());
        example = example.substring(0, example.indexOf("```"));
        Path pipeline = Files.writeString(folder.resolve(step), example);
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        RunOutcome outcome = site.engine(pipeline)
                .output(new PrintStream(log, true, StandardCharsets.UTF_8))
                .run();
        assertThat(outcome.result()).as(log.toString(StandardCharsets.UTF_8)).isEqualTo(RunOutcome.Result.SUCCESS);
    }

    @Test
    void noSecretIsLeftAnywhere() throws Exception {
        SecretSearch search = new SecretSearch(site.secrets());
        assertThat(search.filesWithSecrets(folder, "pull-secret.json", "login.json"))
                .isEmpty();
        assertThat(search.has(shown.getBytes(StandardCharsets.UTF_8))).isFalse();
        assertThat(search.has(Files.readAllBytes(Path.of(login()))))
                .as("the search finds what is there")
                .isTrue();
    }

    private static String image(String tag) {
        return "docker://" + site.address() + "/" + DemoSite.PATH + ":" + tag;
    }

    private static String login() {
        return site.login().toString();
    }

    /** What a program says that works on the demo's storage. */
    private static String tool(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)));
        builder.environment().putAll(site.environment());
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(String.join(" ", command) + ": " + output)
                .isZero();
        return output.strip();
    }
}
