package io.jenkins.plugins.dtk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.demo.AccessLog;
import io.jenkins.plugins.dtk.demo.DockerRegistry;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.library.ImageLibrary.Existence;
import io.jenkins.plugins.dtk.oci.Platform;
import io.jenkins.plugins.dtk.testing.Parts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("dtk prune")
class PruneCommandTest {

    private static final List<Architecture> BOTH = List.of(Architecture.X86_64, Architecture.AARCH64);

    /** The kernel of 4.14.7. */
    private static final String WANTED = "5.14.0-284.45.1.el9_2";

    private static final String OLD = "5.14.0-284.10.1.el9_2";
    private static final String OLDER = "4.18.0-372.19.1.el8_6";

    @TempDir
    private static Path folder;

    @AutoClose
    private static CommandSite site;

    private static int libraries;

    private String library;

    @BeforeAll
    static void start() throws Exception {
        Parts.need("docker-registry", "skopeo");
        DockerRegistry registry = DockerRegistry.with()
                .login(CommandSite.USER, CommandSite.PASSWORD)
                .deletes()
                .start();
        site = new CommandSite(folder, registry, "4.14.7", "4.18.6");
    }

    @BeforeEach
    void fill() throws Exception {
        library = "dtk" + libraries++;
        site.pushKernel(library, WANTED);
        site.pushKernel(library, OLD);
    }

    private Dtk prune(String... more) {
        List<String> args = new ArrayList<>(List.of("prune", "--image", "quay.io/acme/" + library));
        args.addAll(List.of(more));
        return site.run(args.toArray(String[]::new));
    }

    private List<String> tags() throws Exception {
        List<String> there = new ArrayList<>();
        for (String tag : site.client().tags(site.repository(library), null)) {
            // A registry of Debian's age lists tags whose manifests are deleted.
            if (site.client().head(site.repository(library).withTag(tag)).isPresent()) {
                there.add(tag);
            }
        }
        return there;
    }

    private static List<String> of(String... kernels) {
        List<String> tags = new ArrayList<>();
        for (String kernel : kernels) {
            tags.addAll(List.of(kernel, kernel + ".x86_64", kernel + ".aarch64"));
        }
        return tags;
    }

    private void assertWhole(String kernel) throws Exception {
        assertThat(site.library(library)
                        .exists(kernel, BOTH.stream().map(Platform::of).toList(), null))
                .isInstanceOf(Existence.Present.class);
        for (Architecture architecture : BOTH) {
            // An independent reader gets manifest and config of each.
            site.inspect(library + ":" + kernel, architecture.goName());
        }
    }

    @Test
    @DisplayName("deletes of a driver what is for no wanted kernel; a flavour of a wanted one and other tags stay")
    void drivers() throws Exception {
        library = "driver" + libraries++;
        List<String> stay = List.of(
                "3.0-" + WANTED + ".x86_64", "3.0-" + WANTED + ".x86_64_rt", "2.9-" + OLD + ".x86_64-debug", OLD);
        List<String> go = List.of("3.0-" + OLD + ".x86_64", "2.9-" + OLD + ".x86_64_rt", "3.0-" + OLDER + ".aarch64");
        for (String tag : stay) {
            site.push(library, tag, "amd64", tag);
        }
        for (String tag : go) {
            site.push(library, tag, tag.endsWith("aarch64") ? "arm64" : "amd64", tag);
        }

        Dtk ofVersion = prune(
                "--releases", "4.14.7,4.18.6", "--tag", "{version}-{kernel}", "--driver-version", "2.9", "--delete");

        assertThat(ofVersion.exit()).as(ofVersion.out() + ofVersion.err()).isZero();
        assertThat(tags()).doesNotContain(go.get(1)).containsAll(stay).contains(go.get(0), go.get(2));

        Dtk all = prune("--releases", "4.14.7,4.18.6", "--tag", "{version}-{kernel}", "--delete");

        assertThat(all.exit()).as(all.out() + all.err()).isZero();
        assertThat(all.out()).contains("2 tags of another form");
        assertThat(tags()).containsExactlyInAnyOrderElementsOf(stay);
    }

    @Test
    @DisplayName("lists what no wanted release ships, and deletes nothing without --delete")
    void dryRun() throws Exception {
        AccessLog asked = site.registry().requests();
        Dtk dtk = prune("--releases", "4.14,4.18");

        assertThat(dtk.exit()).as(dtk.err()).isZero();
        assertThat(dtk.out())
                .isEqualTo(
                        """
                        KERNEL                 TAGS  MANIFESTS  SHARED
                        5.14.0-284.10.1.el9_2  3     3          -
                        1 kernel with 3 manifests to delete; nothing was, which takes --delete. Stay: 1 wanted kernel
                        """);
        assertThat(asked.since().all()).extracting(AccessLog.Request::method).containsOnly("GET");
        assertThat(tags()).containsExactlyInAnyOrderElementsOf(of(WANTED, OLD));
    }

    @Test
    @DisplayName("deletes an index before its parts, all of them, and leaves wanted kernels whole")
    void delete() throws Exception {
        site.pushKernel(library, OLDER);
        String index = site.client()
                .head(site.repository(library).withTag(OLD))
                .orElseThrow()
                .digest()
                .toString();
        AccessLog asked = site.registry().requests();
        Dtk dtk = prune("--releases", "4.14", "--delete");

        assertThat(dtk.exit()).as(dtk.err()).isZero();
        assertThat(dtk.out()).endsWith("2 kernels with 6 manifests deleted. Stay: 1 wanted kernel\n");
        assertThat(tags()).containsExactlyInAnyOrderElementsOf(of(WANTED));
        assertWhole(WANTED);
        List<String> deletes = asked.since().all().stream()
                .filter(request -> request.method().equals("DELETE"))
                .map(AccessLog.Request::path)
                .toList();
        assertThat(deletes).hasSize(6);
        assertThat(deletes.get(3)).endsWith(index);
        assertThat(prune("--releases", "4.14", "--delete").out())
                .isEqualTo("0 kernels with 0 manifests deleted. Stay: 1 wanted kernel\n");
    }

    @Test
    @DisplayName("never deletes what a wanted kernel needs, though an unwanted one names it too")
    void shared() throws Exception {
        site.copy("quay.io/acme/" + library + ":" + WANTED + ".x86_64", library + ":" + OLDER + ".x86_64");
        Dtk dtk = prune("--releases", "4.14", "--delete");

        assertThat(dtk.exit()).as(dtk.err()).isZero();
        assertThat(dtk.out()).contains("4.18.0-372.19.1.el8_6  1     0          1 stay\n");
        assertWhole(WANTED);
    }

    @Test
    @DisplayName("deletes what is attached to an image with it, and nothing of images that stay")
    void attached() throws Exception {
        String going = site.attach(library, OLD + ".x86_64");
        String staying = site.attach(library, WANTED + ".x86_64");
        Dtk dtk = prune("--releases", "4.14", "--delete");

        assertThat(dtk.exit()).as(dtk.err()).isZero();
        assertThat(dtk.out()).endsWith("1 kernel with 5 manifests deleted. Stay: 1 wanted kernel\n");
        assertThat(tags()).contains(staying).doesNotContain(going);
        assertWhole(WANTED);
    }

    @Test
    @DisplayName("leaves tags of another form alone, with all that they name, and counts them")
    void foreign() throws Exception {
        site.copyAll("quay.io/acme/" + library + ":" + OLD, library + ":latest");
        site.push(library, OLD + ".x86_64-debug", "amd64", "debug");
        site.pushKernel(library, OLDER);
        Dtk dtk = prune("--releases", "4.14", "--delete");

        assertThat(dtk.exit()).as(dtk.err()).isZero();
        assertThat(dtk.out())
                .contains("5.14.0-284.10.1.el9_2  3     0          3 stay\n")
                .endsWith("Stay: 1 wanted kernel, 2 tags of another form\n");
        assertThat(tags()).contains("latest", OLD + ".x86_64-debug").doesNotContain(OLDER, OLDER + ".x86_64");
        site.inspect(library + ":latest", "arm64");
    }

    @Test
    @DisplayName("leaves kernels alone that have images for architectures it was not asked about")
    void uncovered() throws Exception {
        site.push(library, OLD + ".s390x", "s390x", OLD + ".s390x");
        Dtk dtk = prune("--releases", "4.14", "--arch", "x86_64,aarch64", "--delete");

        assertThat(dtk.exit()).as(dtk.err()).isZero();
        assertThat(dtk.out()).endsWith("1 wanted kernel, 1 kernel with images for other architectures\n");
        assertThat(tags()).contains(OLD, OLD + ".x86_64", OLD + ".s390x");
        assertThat(prune("--releases", "4.14", "--delete").out())
                .as("the update graph has no release for s390x at all, so nothing is known of that")
                .endsWith("1 wanted kernel, 1 kernel with images for other architectures\n");
        assertThat(tags()).contains(OLD, OLD + ".x86_64", OLD + ".s390x");
    }

    @Test
    @DisplayName("refuses when a wanted release cannot be read")
    void unreadable() throws Exception {
        Dtk dtk = site.runWith(
                site.login("wrong.json", "Pa55-that-is-wrong"),
                "prune",
                "--releases",
                "4.14",
                "--image",
                "quay.io/acme/" + library,
                "--registry-auth",
                site.login("right.json", CommandSite.PASSWORD).toString(),
                "--delete");

        assertThat(dtk.exit()).isEqualTo(1);
        assertThat(dtk.out()).isEmpty();
        assertThat(dtk.err()).startsWith("dtk: release 4.14.7 (").doesNotContain("Pa55");
        assertThat(dtk.err().lines()).hasSize(1);
        assertThat(tags()).containsExactlyInAnyOrderElementsOf(of(WANTED, OLD));
    }

    @Test
    @DisplayName("refuses when the library cannot be listed")
    void unlisted() throws Exception {
        Dtk dtk = prune(
                "--releases",
                "4.14",
                "--registry-auth",
                site.login("wrong.json", "Pa55-that-is-wrong").toString(),
                "--delete");

        assertThat(dtk.exit()).isEqualTo(1);
        assertThat(dtk.out()).isEmpty();
        assertThat(dtk.err())
                .startsWith("dtk: Tried to list the tags of quay.io/acme/" + library + " but failed because: ")
                .doesNotContain("Pa55");
        assertThat(dtk.err().lines()).hasSize(1);
        assertThat(tags()).containsExactlyInAnyOrderElementsOf(of(WANTED, OLD));
    }

    @Test
    @DisplayName("reports in one line that a registry allows no deletes")
    void disabled(@TempDir Path other) throws Exception {
        try (CommandSite strict = new CommandSite(other, "4.14.7")) {
            strict.pushKernel("strict", OLD);
            Dtk dtk = strict.run("prune", "--releases", "4.14", "--image", "quay.io/acme/strict", "--delete");

            assertThat(dtk.exit()).isEqualTo(1);
            assertThat(dtk.out()).isEmpty();
            assertThat(dtk.err())
                    .startsWith("dtk: nothing was deleted: Tried to delete quay.io/acme/strict@sha256:")
                    .contains(strict.address() + " answered 405 (UNSUPPORTED", "deletes are switched off there");
            assertThat(dtk.err().lines()).hasSize(1);
        }
    }
}
