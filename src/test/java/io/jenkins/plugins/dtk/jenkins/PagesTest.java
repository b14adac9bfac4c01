package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixJson;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The pages of a build and of its job")
class PagesTest {

    private static final String IMAGE = "quay.io/acme/driver-toolkit";

    private static final KernelMatrix MATRIX = MatrixJson.parse(
            """
            {"versions":[
            {"rhel":"8.6","kernel":"4.18.0-372.59.1.el8_6","archs":"linux/amd64","stream":"rhel-8","missing":[],
             "kernelRt":"4.18.0-372.59.1.rt7.216.el8_6","releases":["4.12.20"]},
            {"rhel":"9.4","kernel":"5.14.0-427.61.1.el9_4","archs":"linux/amd64,linux/arm64","stream":"rhel-9",
             "releases":["4.17.1","4.17.2","4.17.3","4.17.4","4.17.5","4.17.6","4.17.7"],
             "missing":["linux/amd64","linux/arm64"]},
            {"rhel":"9.6","kernel":"5.14.0-570.1.1.el9_6","archs":"linux/amd64","stream":"rhel-9",
             "releases":["4.20.1"],"missing":["linux/amd64"]}]}
            """);

    @TempDir
    Path folder;

    /** What dtkBuild has come to: one image as given, one failed, one left over. */
    private static Map<String, Object> result(String status) {
        return Map.of(
                "kernels",
                List.of(
                        Map.of(
                                "kernel",
                                "5.14.0-427.61.1.el9_4",
                                "index",
                                "published",
                                "digest",
                                "sha256:" + "1".repeat(64),
                                "archs",
                                Map.of(
                                        "linux/amd64",
                                        Map.of("status", status, "digest", "sha256:" + "2".repeat(64)),
                                        "linux/arm64",
                                        Map.of(
                                                "status",
                                                "failed",
                                                "digest",
                                                "",
                                                "reason",
                                                "the disk is full",
                                                "duration",
                                                61000,
                                                "node",
                                                "17"))),
                        Map.of(
                                "kernel",
                                "5.14.0-570.1.1.el9_6",
                                "index",
                                "none",
                                "digest",
                                "",
                                "archs",
                                Map.of("linux/amd64", Map.of("status", "skipped", "digest", "")))));
    }

    static final class TestJob extends Job<TestJob, TestRun> {
        private final TreeMap<Integer, TestRun> runs = new TreeMap<>(java.util.Comparator.reverseOrder());
        private final Path folder;
        private int looks;

        TestJob(Path folder) {
            super(Jenkins.get(), "nightly");
            this.folder = folder;
        }

        TestRun build() throws IOException {
            TestRun run = new TestRun(this);
            runs.put(run.getNumber(), run);
            Files.createDirectories(run.getRootDir().toPath());
            return run;
        }

        @Override
        public File getRootDir() {
            return folder.toFile();
        }

        @Override
        protected SortedMap<Integer, TestRun> _getRuns() {
            looks++;
            return runs;
        }

        @Override
        protected void removeRun(TestRun run) {
            runs.remove(run.getNumber());
        }

        @Override
        public boolean isBuildable() {
            return true;
        }
    }

    static final class TestRun extends Run<TestJob, TestRun> {
        TestRun(TestJob job) throws IOException {
            super(job);
        }

        @Override
        public File getRootDir() {
            return project.folder.resolve(getId()).toFile();
        }
    }

    private static RunRecord over(Run<?, ?> run, String status) throws IOException {
        RunRecord record = DtkBuildAction.record(run, "4", IMAGE);
        record.store(MATRIX, result(status), true);
        return record;
    }

    /** A kernel whose images are on an old base. */
    private static KernelMatrix stale(String base) {
        return MatrixJson.parse(
                """
                {"versions": [{"rhel": "9.4", "kernel": "5.14.0-427.61.1.el9_4", "archs": "linux/amd64,linux/arm64",
                  "stream": "rhel-9", "baseImage": "quay.io/a/b:1", "baseDigest": "sha256:%s", "releases": ["4.18.6"],
                  "missing": [], "stale": ["linux/amd64", "linux/arm64"]}]}
                """
                        .formatted(base.repeat(64)));
    }

    @Test
    @DisplayName("let later nights keep an image that could not be replaced, until its base changes again")
    void keptImages() throws IOException {
        TestJob job = new TestJob(folder);
        String image = "5.14.0-427.61.1.el9_4.x86_64";
        DtkBuildAction.record(job.build(), "4", IMAGE)
                .store(stale("a"), Map.of("kernels", List.of(), "kept", List.of(image)), true);
        TestRun second = job.build();

        KeptImages kept = KeptImages.before(second, IMAGE, stale("a"));
        assertThat(kept.matrix().kernels().get(0).stale()).containsExactly(Architecture.AARCH64);
        assertThat(kept.line()).hasValueSatisfying(line -> assertThat(line).contains(image, "rebuild: 'all'"));
        assertThat(KeptImages.before(second, IMAGE, stale("b")).matrix()).isEqualTo(stale("b"));
        assertThat(KeptImages.before(second, "quay.io/acme/other", stale("a")).line())
                .isEmpty();

        Map<String, Object> result = kept.listedIn(new HashMap<>(Map.of("kernels", List.of())));
        DtkBuildAction.record(second, "4", IMAGE).store(stale("a"), result, true);
        job.build();
        TestRun fourth = job.build();
        assertThat(KeptImages.before(fourth, IMAGE, stale("a")).line()).isPresent();
    }

    @Test
    @DisplayName("count what was there, built, failed and left over, also when the file of the details is gone")
    void totals() throws IOException {
        TestRun run = new TestJob(folder).build();
        RunRecord record = over(run, "built");
        Files.delete(folder.resolve("1/driver-toolkit-4.json.gz"));

        assertThat(record.getKernelCount()).isEqualTo(3);
        assertThat(List.of(record.getThere(), record.getBuilt(), record.getFailed(), record.getSkipped()))
                .containsExactly(1, 1, 1, 1);
        assertThat(record.getKernels()).isEmpty();
    }

    @Test
    @DisplayName("show the newest kernels first, each failed image with its reason and its log")
    void rows() throws IOException {
        TestRun run = new TestJob(folder).build();
        RunRecord record = over(run, "built");

        KernelRow row = record.getKernels().get(1);
        assertThat(row.getKernel()).isEqualTo("5.14.0-427.61.1.el9_4");
        ImageCell failed = row.getImages().get(1);
        assertThat(failed.getStatus()).isEqualTo("failed");
        assertThat(failed.getReason()).isEqualTo("the disk is full");
        assertThat(failed.getLog()).isEqualTo(run.getUrl() + "execution/node/17/log/");
        assertThat(record.getKernels().get(0).getImages())
                .singleElement()
                .satisfies(image -> assertThat(image.getStatus()).isEqualTo("there"));
        assertThat(record.getSection().gridHtml("/jenkins"))
                .containsSubsequence(">rhel-9<", "5.14.0-570.1.1.el9_6", "5.14.0-427.61.1.el9_4", ">rhel-8<")
                .containsSubsequence(
                        "4.17.1 .. 4.17.7 (7)", "href=\"/jenkins/" + failed.getLog() + "\"", "the disk is full")
                .containsSubsequence("real time: 4.18.0-372.59.1.rt7.216.el8_6", "not shipped");
        assertThat(record.getSection().getTime())
                .startsWith("3 kernels, took")
                .endsWith("; 1 min 01 s of work on agents");
    }

    @Test
    @DisplayName("show how a run stands while it goes on, and what was stored of it when Jenkins forgot it")
    void live() throws IOException {
        RunRecord record = DtkBuildAction.record(new TestJob(folder).build(), "4", IMAGE);
        record.store(MATRIX, result("open"), false);
        assertThat(record.getNotBuilt()).isEqualTo(1);

        record.follow(() -> result("built"));
        assertThat(record.isRunning()).isTrue();
        assertThat(record.getNotBuilt()).isZero();
        assertThat(record.getBuilt()).isEqualTo(1);
    }

    @Test
    @DisplayName("list what is still registered with RHSM, on each build of the job, until it is gone")
    void leftRegistered() throws IOException {
        TestJob job = new TestJob(folder);
        TestRun run = job.build();
        DtkBuildAction.record(run, "4", IMAGE);
        DtkBuildAction page = run.getAction(DtkBuildAction.class);
        String name = "dtk-5.14.0-427.61.1.el9_4.x86_64-0123456789ab";
        RhsmSystems.Entry system =
                RhsmSystems.of(run).announce("4", name, "nightly", "https://satellite.lab/rhsm", null, null);
        assertThat(page.getLeftRegistered()).as("while it is in use").isEmpty();

        system.stays("it answered 502");
        String listed = name + ", if it is registered at https://satellite.lab/rhsm: it answered 502";
        assertThat(page.getLeftRegistered()).containsExactly(listed);

        new RhsmKeeper().onFinalized(run);
        TestRun next = job.build();
        DtkBuildAction.record(next, "4", IMAGE);
        assertThat(page.getLeftRegistered()).containsExactly(listed);
        assertThat(next.getAction(DtkBuildAction.class).getLeftRegistered()).containsExactly(listed);

        RhsmLeftovers.get().remove(system);
        assertThat(page.getLeftRegistered()).isEmpty();
    }

    @Test
    @DisplayName("link to the log of an image while it is being built, and say how long it took when it is")
    void building() throws IOException {
        RunRecord record = DtkBuildAction.record(new TestJob(folder).build(), "4", IMAGE);
        record.store(MATRIX, image(Map.of("status", "open", "digest", "", "node", "17")), false);
        assertThat(cell(record).getStatus()).isEqualTo("building");
        assertThat(cell(record).isBuilding()).isTrue();
        assertThat(cell(record).getLog()).endsWith("/execution/node/17/log/");
        assertThat(record.getSection().getLive()).endsWith("/driver-toolkit/live");

        record.store(MATRIX, image(Map.of("status", "built", "digest", "sha256:1", "duration", 3_900_000)), true);
        assertThat(cell(record).isBuilding()).isFalse();
        assertThat(record.getSection().gridHtml("")).contains("1 h 05 min");
        assertThat(record.getSection().getLive()).isEmpty();
    }

    @Test
    @DisplayName("never say built of an image that the registry could not be asked for in the end")
    void unknown() throws IOException {
        RunRecord record = DtkBuildAction.record(new TestJob(folder).build(), "4", IMAGE);
        record.store(MATRIX, image(Map.of("status", "built", "digest", "")), true);

        assertThat(cell(record).getStatus()).isEqualTo("unknown");
        assertThat(List.of(record.getBuilt(), record.getUnknown())).containsExactly(0, 1);
        assertThat(record.getSection().totalsHtml(""))
                .contains("1 not confirmed")
                .doesNotContain("dtk-built");
    }

    private static ImageCell cell(RunRecord record) {
        return record.getKernels().get(1).getImages().get(0);
    }

    private static Map<String, Object> image(Map<String, Object> image) {
        return Map.of(
                "kernels", List.of(Map.of("kernel", "5.14.0-427.61.1.el9_4", "archs", Map.of("linux/amd64", image))));
    }

    @Test
    @DisplayName("keep what was stored last: a run that is over is not opened again")
    void overIsOver() throws IOException {
        RunRecord record = over(new TestJob(folder).build(), "built");
        record.store(MATRIX, result("open"), false);

        assertThat(record.getBuilt()).isEqualTo(1);
        assertThat(record.isRunning()).isFalse();
    }

    @Test
    @DisplayName("show several runs of the step in one build, each by itself")
    void several() throws IOException {
        TestRun run = new TestJob(folder).build();
        over(run, "built");
        DtkBuildAction.record(run, "9", "quay.io/acme/other");

        assertThat(run.getAction(DtkBuildAction.class).getRecords())
                .extracting(RunRecord::getImage)
                .containsExactly(IMAGE, "quay.io/acme/other");
        assertThat(DtkBuildAction.record(run, "4", IMAGE).getBuilt()).isEqualTo(1);
    }

    @Test
    @DisplayName("show of a job what each night built and failed to, with bars against the busiest night")
    void nights() throws IOException {
        TestJob job = new TestJob(folder);
        over(job.build(), "built");
        job.build();
        over(job.build(), "there");

        DtkJobAction page = new DtkJobAction(job);

        assertThat(page.getNights()).extracting(BuildSummary::getNumber).containsExactly(3, 1);
        assertThat(page.getNights()).extracting(BuildSummary::getBuiltBar).containsExactly(0, 50);
        assertThat(page.getNights()).extracting(BuildSummary::getFailedBar).containsExactly(50, 50);
        assertThat(page.getLast().getRun().getNumber()).isEqualTo(3);
    }

    @Test
    @DisplayName("are there for jobs that run the step, and for no other, which is known without a build")
    void factory() throws IOException {
        TestJob with = new TestJob(folder);
        over(with.build(), "built");
        TestJob without = new TestJob(folder.resolve("other"));
        without.build();

        int looks = with.looks + without.looks;

        assertThat(new DtkJobAction.Factory().createFor(with)).hasSize(1);
        assertThat(new DtkJobAction.Factory().createFor(without)).isEmpty();
        assertThat(with.looks + without.looks).as("looks at builds").isEqualTo(looks);
    }
}
