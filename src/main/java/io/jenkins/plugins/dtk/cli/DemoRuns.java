package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.demo.AccessLog;
import io.jenkins.plugins.dtk.demo.AccessLog.Kind;
import io.jenkins.plugins.dtk.embedded.RunOutcome;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.report.RunReport;
import io.jenkins.plugins.dtk.report.Tables;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs Jenkinsfile.example in the demo's world twice, and shows what came of it. */
final class DemoRuns {

    private static final String PIPELINE = "Jenkinsfile.example";

    private static final int MOST_REASONS = 10;

    private final DemoSite site;
    private final DemoLog log;
    private final PrintStream out;

    DemoRuns(DemoSite site, DemoLog log, PrintStream out) {
        this.site = site;
        this.log = log;
        this.out = out;
    }

    /** Runs both; the report of the first goes into a folder. Returns the tag of the newest kernel. */
    String run(Path folder) throws IOException, InterruptedException {
        Path pipeline = folder.resolve("parts").resolve(PIPELINE);
        try (InputStream text = DemoRuns.class.getResourceAsStream(PIPELINE)) {
            Files.write(pipeline, text.readAllBytes());
        }
        Path page = folder.resolve("report.html");
        KernelMatrix matrix = site.matrix();
        first(matrix, pipeline, page);
        second(pipeline);
        out.println();
        out.println("Report of the first run: " + page);
        out.println("Whole log of both runs:  " + folder.resolve("log.txt"));
        return matrix.kernels().get(matrix.kernels().size() - 1).kernel().tag();
    }

    private void first(KernelMatrix before, Path pipeline, Path page) throws IOException {
        out.println();
        out.print(Tables.matrix(before));
        out.println();
        out.println("First run of " + PIPELINE);
        Instant started = Instant.now();
        RunOutcome outcome = site.engine(pipeline).output(log.stream()).run();
        expectSuccess("first", outcome, page.resolveSibling("log.txt"));
        Map<?, ?> built = outcome.value() instanceof Map<?, ?> map ? map : Map.of();
        RunReport report = new RunReport(DemoSite.IMAGE, before, built, started, outcome.duration());
        Files.writeString(page, report.html());
        out.println();
        out.print(report.table());
        out.println(seconds(outcome) + "; " + site.subscriptions());
    }

    private void second(Path pipeline) throws IOException {
        out.println();
        out.println("Second run of " + PIPELINE);
        AccessLog asked = site.requests();
        RunOutcome outcome = site.engine(pipeline).output(log.stream()).run();
        AccessLog.Requests requests = asked.since();
        expectSuccess("second", outcome, pipeline.resolveSibling("../log.txt").normalize());
        if (requests.writes() > 0) {
            throw new Failure(
                    Failure.Kind.LOCAL, "the second run wrote to the registry, though nothing was left to build");
        }
        out.println(seconds(outcome) + ". Nothing was left to build. By its own log the registry was asked "
                + requests.count() + " times: " + manifests(requests, DemoSite.PATH) + " for manifests of the library, "
                + (requests.count("GET", Kind.MANIFEST)
                        + requests.count("HEAD", Kind.MANIFEST)
                        - manifests(requests, DemoSite.PATH))
                + " for other manifests, " + requests.count("GET", Kind.BLOB) + " for blobs; nothing was written.");
    }

    private static long manifests(AccessLog.Requests requests, String repository) {
        return requests.count("GET", Kind.MANIFEST, repository) + requests.count("HEAD", Kind.MANIFEST, repository);
    }

    /** Fails with the reasons that the branches gave, because the log may be gone when the message is read. */
    private static void expectSuccess(String which, RunOutcome outcome, Path log) throws IOException {
        if (outcome.result() != RunOutcome.Result.SUCCESS) {
            String reasons;
            try (Stream<String> lines = Files.lines(log)) {
                reasons = lines.filter(line -> line.contains("dtk: failed:") || line.contains("ERROR:"))
                        .limit(MOST_REASONS)
                        .map(line -> "; " + line.strip())
                        .collect(Collectors.joining());
            }
            throw new Failure(
                    Failure.Kind.LOCAL,
                    "the " + which + " run ended as " + outcome.result() + "; its whole log is " + log + reasons);
        }
    }

    private static String seconds(RunOutcome outcome) {
        return String.format(Locale.ROOT, "Took %.1f s", outcome.duration().toMillis() / 1000.0);
    }
}
