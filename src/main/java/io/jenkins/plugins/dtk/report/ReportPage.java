package io.jenkins.plugins.dtk.report;

import static io.jenkins.plugins.dtk.report.Html.element;
import static io.jenkins.plugins.dtk.report.Html.escape;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes the page of a run: what came of it, the totals, what failed, the grid. */
final class ReportPage {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final String FOOTER =
            """
            <footer>Tags: <code>&lt;kernel&gt;</code> is the multi-arch index, <code>&lt;kernel&gt;.&lt;arch&gt;</code>
            the image of one architecture.</footer>
            """;

    private final RunReport report;
    private final RunFacts facts;

    ReportPage(RunReport report) {
        this.report = report;
        this.facts = new RunFacts(report.matrix(), report.built());
    }

    String html() {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%1$s - %9$s</title>
                <style>
                %2$s</style>
                </head>
                <body>
                <header>
                <p class="kicker">%9$s</p>
                <h1>%1$s</h1>
                %3$s
                </header>
                <main>
                %4$s%5$s%6$s<section class="dtk-run">
                <h2>Kernels</h2>
                %7$s</section></main>
                %8$s</body>
                </html>
                """
                .formatted(
                        escape(report.image()),
                        stylesheet(),
                        outcome(),
                        totals(),
                        failures(),
                        skipped(),
                        new RunGrid(report.image(), facts, image -> "").html(),
                        isOfDriver() ? "" : FOOTER,
                        isOfDriver() ? "Driver images" : "Driver Toolkit images");
    }

    private boolean isOfDriver() {
        return ReturnedRun.isOfDriver(report.built());
    }

    private static String stylesheet() {
        return sheet("report.css") + sheet("grid.css");
    }

    private static String sheet(String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(name + " cannot be read", e);
        }
    }

    private String outcome() {
        RunTotals totals = facts.totals();
        int failed = totals.count(ImageStatus.FAILED);
        int open = totals.count(ImageStatus.OPEN, ImageStatus.SKIPPED, ImageStatus.STOPPED);
        int unknown = totals.count(ImageStatus.UNKNOWN);
        String of = " of " + Shown.count(facts.images(), "image");
        String words;
        ImageStatus kind = ImageStatus.FAILED;
        if (failed > 0) {
            words = failed + of + " failed";
        } else if (totals.failedIndexes() > 0) {
            words = Shown.count(totals.failedIndexes(), "index") + " could not be published";
        } else if (open > 0 || unknown > 0) {
            words = open > 0 ? open + of + " not built" : unknown + of + " not confirmed";
            kind = ImageStatus.OPEN;
        } else {
            int built = totals.count(ImageStatus.BUILT);
            words = "The library is complete: " + (built == 0 ? "nothing was left to build" : built + " built");
            kind = ImageStatus.BUILT;
        }
        return element("p", "outcome " + kind.cssClass(), words) + "\n"
                + element("p", "when", TIME.format(report.started()) + ", took " + Shown.duration(report.took()));
    }

    private String totals() {
        return "<p class=\"dtk-facts\">" + facts.totals().html(null)
                + element(
                        "span",
                        "dtk-soft",
                        Shown.count(report.matrix().kernels().size(), "kernel")) + "</p>\n";
    }

    private String failures() {
        List<String> lines = new ArrayList<>();
        for (RunFacts.Kernel kernel : facts.kernels()) {
            kernel.images().forEach((architecture, image) -> {
                if (image.status() == ImageStatus.FAILED) {
                    lines.add(failure(kernel.kernel().kernel().full(architecture), image.reason()));
                }
            });
            if (kernel.index() == RunFacts.Index.FAILED) {
                lines.add(failure("index " + kernel.kernel().kernel().tag(), kernel.reason()));
            }
        }
        return lines.isEmpty()
                ? ""
                : "<section>\n<h2>What failed</h2>\n<dl class=\"failures\">\n" + String.join("", lines)
                        + "</dl>\n</section>\n";
    }

    private String skipped() {
        List<String> lines = report.matrix().unreadable();
        return lines.isEmpty()
                ? ""
                : "<section>\n<h2>Releases that were skipped because they could not be read</h2>\n<ul class=\"skipped\">\n"
                        + lines.stream()
                                .map(line -> "<li>" + escape(line) + "</li>\n")
                                .collect(Collectors.joining())
                        + "</ul>\n</section>\n";
    }

    private static String failure(String what, String reason) {
        return "<dt>" + escape(what) + "</dt><dd>" + escape(reason.isEmpty() ? "no reason was given" : reason)
                + "</dd>\n";
    }
}
