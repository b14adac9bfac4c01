package io.jenkins.plugins.dtk.jenkins;

import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixJson;
import io.jenkins.plugins.dtk.report.RunReport;
import java.lang.reflect.Field;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.jvnet.hudson.test.JenkinsRule;

/** Builds whose pages show a library of many kernels, most of which were there before. */
final class LargeRun {

    static final String LIBRARY = "quay.io/acme/driver-toolkit";

    /** Would be a part of the page, were it not escaped. */
    static final String REASON = "the registry answered <img src=x onerror='document.title=1'> & \"nothing\"";

    private static final int MINUTES_EACH = 3;
    private static final List<String> PLATFORMS = List.of("linux/amd64", "linux/arm64");
    private static final String[][] LINES = {
        {"8.4", "4.18.0-305", "el8_4"}, {"8.6", "4.18.0-372", "el8_6"}, {"9.2", "5.14.0-284", "el9_2"},
        {"9.4", "5.14.0-427", "el9_4"}, {"9.6", "5.14.0-570", "el9_6"}, {"9.8", "5.14.0-687", "el9_8"},
        {"10.2", "6.12.0-211", "el10_2"}
    };

    private final int kernels;
    private final int built;

    /**
     * @param kernels how many kernels the matrix has
     * @param built how many of the newest were missing: of those one in nine fails, one in five is left over
     */
    LargeRun(int kernels, int built) {
        this.kernels = kernels;
        this.built = built;
    }

    /**
     * A build of another job that does this now, until {@code semaphore 'going'} lets it end.
     *
     * @param done how many of its images are done; after these two are being built
     */
    WorkflowRun now(JenkinsRule jenkins, String job, AtomicInteger done) throws Exception {
        WorkflowRun run = Scripts.job(jenkins, job, "semaphore 'going'")
                .scheduleBuild2(0)
                .waitForStart();
        SemaphoreStep.waitForStart("going/1", run);
        RunRecord record = DtkBuildAction.record(run, "5", LIBRARY);
        begin(record, MINUTES_EACH * built);
        record.store(matrix(), result(done.get()), false);
        record.follow(() -> result(done.get()));
        return run;
    }

    /** One more build of a job that did this. */
    WorkflowRun in(JenkinsRule jenkins, String job) throws Exception {
        WorkflowJob item = jenkins.jenkins.getItemByFullName(job, WorkflowJob.class);
        WorkflowRun run =
                jenkins.buildAndAssertSuccess(item == null ? Scripts.job(jenkins, job, "echo 'as if'") : item);
        RunRecord record = DtkBuildAction.record(run, "5", LIBRARY);
        begin(record, MINUTES_EACH * built);
        record.store(matrix(), result(Integer.MAX_VALUE), true);
        run.save();
        return run;
    }

    /** The page of such a run without Jenkins. */
    String report() {
        return new RunReport(
                        LIBRARY,
                        matrix(),
                        result(Integer.MAX_VALUE),
                        Instant.parse("2026-11-24T02:07:00Z"),
                        Duration.ofMinutes(MINUTES_EACH * built))
                .html();
    }

    /** Lets a run look as if it had begun then. */
    static void begin(RunRecord record, int minutesAgo) throws ReflectiveOperationException {
        Field started = RunRecord.class.getDeclaredField("started");
        started.setAccessible(true);
        started.setLong(record, record.getStarted() - TimeUnit.MINUTES.toMillis(minutesAgo));
    }

    private KernelMatrix matrix() {
        List<Object> versions = new ArrayList<>();
        for (int i = 0; i < kernels; i++) {
            String[] line = line(i);
            Map<String, Object> version = new LinkedHashMap<>();
            version.put("rhel", line[0]);
            version.put("kernel", kernel(i));
            version.put("archs", String.join(",", PLATFORMS));
            version.put("stream", "rhel-" + line[0].split("\\.")[0]);
            version.put("releases", releases(i));
            version.put("missing", isThere(i) ? List.of() : PLATFORMS);
            versions.add(version);
        }
        return MatrixJson.fromMap(Map.of("versions", versions));
    }

    private String[] line(int i) {
        return LINES[i * LINES.length / kernels];
    }

    private String kernel(int i) {
        return line(i)[1] + "." + (11 + 3 * i) + ".1." + line(i)[2];
    }

    private List<String> releases(int i) {
        int minor = 12 + i * 11 / kernels;
        return IntStream.range(0, i % 23 == 7 ? 19 : 1 + i % 3)
                .mapToObj(n -> "4." + minor + "." + (i % 61 + n))
                .toList();
    }

    private boolean isThere(int i) {
        return i < kernels - built;
    }

    private Map<String, Object> result(int done) {
        List<Object> entries = new ArrayList<>();
        for (int i = 0; i < kernels; i++) {
            Map<String, Object> images = new LinkedHashMap<>();
            for (String platform : PLATFORMS) {
                images.put(platform, image(i, platform, done));
            }
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("kernel", kernel(i));
            boolean open = images.toString().contains("status=open");
            entry.put("index", open ? "open" : isThere(i) ? "there" : isLeft(i) ? "none" : "published");
            entry.put("digest", open || isLeft(i) ? "" : digest(3 * i));
            entry.put("archs", images);
            entries.add(entry);
        }
        return Map.of("image", LIBRARY, "kernels", entries);
    }

    private boolean isLeft(int i) {
        return !isThere(i) && i % 5 == 0;
    }

    private Map<String, Object> image(int i, String platform, int done) {
        int n = 2 * i + PLATFORMS.indexOf(platform);
        if (isThere(i)) {
            return Map.of("status", "there", "digest", digest(n));
        }
        if (isLeft(i)) {
            return Map.of("status", "skipped", "digest", "");
        }
        int turn = n - 2 * (kernels - built);
        if (turn >= done) {
            return Map.of("status", "open", "digest", "", "node", turn < done + 2 ? "" + n : "");
        }
        Map<String, Object> image = new LinkedHashMap<>(Map.of("duration", 40_000 + 7_919 * (n % 37), "node", "" + n));
        image.put("status", n % 9 == 4 ? "failed" : "built");
        image.put("digest", n % 9 == 4 ? "" : digest(n));
        if (n % 9 == 4) {
            boolean first = n < 2 * (kernels - built) + 18;
            image.put("reason", first ? REASON : "kernel-devel-" + kernel(i) + " is in no enabled repository");
        }
        return image;
    }

    private static String digest(int n) {
        return "sha256:" + "%08x".formatted(0x3fa94b1 + 7_919_113 * n).repeat(8);
    }
}
