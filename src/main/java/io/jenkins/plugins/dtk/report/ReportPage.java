package io.jenkins.plugins.dtk.report;

import static io.jenkins.plugins.dtk.text.Html.element;
import static io.jenkins.plugins.dtk.text.Html.escape;

import io.jenkins.plugins.dtk.report.RunFacts.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the page of a run: what came of it, the totals, what failed, the grid, the digests. */
final class ReportPage {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

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
                <title>%1$s - Driver Toolkit images</title>
                <style>
                %2$s</style>
                </head>
                <body>
                <header>
                <p class="kicker">Driver Toolkit images</p>
                <h1>%1$s</h1>
                %3$s
                </header>
                <main>
                %4$s%5$s%6$s%7$s%8$s</main>
                <footer>Tags: <code>&lt;kernel&gt;</code> is the multi-arch index, <code>&lt;kernel&gt;.&lt;arch&gt;</code>
                the image of one architecture.</footer>
                </body>
                </html>
                """
                .formatted(
                        escape(report.image()),
                        stylesheet(),
                        outcome(),
                        totals(),
                        failures(),
                        skipped(),
                        new ReportGrid(facts).html(),
                        new ReportDigests(report.image(), facts).html());
    }

    private static String stylesheet() {
        try (InputStream in = ReportPage.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("report.css cannot be read", e);
        }
    }

    /** Counted also where there are none. */
    private static final Set<Status> USUAL = EnumSet.of(Status.THERE, Status.BUILT, Status.FAILED);

    private String outcome() {
        long failed = facts.images(Status.FAILED);
        long open = facts.images(Status.OPEN) + facts.images(Status.SKIPPED) + facts.images(Status.STOPPED);
        String words;
        String kind = "bad";
        if (failed > 0) {
            words = failed + " of " + Shown.count(facts.images(), "image") + " failed";
        } else if (facts.failedIndexes() > 0) {
            words = Shown.count(facts.failedIndexes(), "index") + " could not be published";
        } else if (open > 0) {
            words = open + " of " + Shown.count(facts.images(), "image") + " not built";
            kind = "open";
        } else {
            long built = facts.images(Status.BUILT);
            words = "The library is complete: " + (built == 0 ? "nothing was left to build" : built + " built");
            kind = "good";
        }
        return element("p", "outcome " + kind, words) + "\n"
                + element("p", "when", TIME.format(report.started()) + ", took " + Shown.duration(report.took()));
    }

    private String totals() {
        List<String> tiles = new ArrayList<>();
        tiles.add(tile(report.matrix().kernels().size(), "kernels", ""));
        tiles.add(tile(facts.images(), "images", ""));
        for (Status status : Status.values()) {
            long count = facts.images(status);
            if (count > 0 || USUAL.contains(status)) {
                String cssClass = status.name().toLowerCase(Locale.ROOT);
                tiles.add(tile(count, status.words(), count == 0 ? "" : cssClass));
            }
        }
        return "<section aria-label=\"Totals\">\n<dl class=\"tiles\">\n" + String.join("", tiles)
                + "</dl>\n</section>\n";
    }

    private static String tile(long count, String name, String cssClass) {
        return "<div class=\"tile " + cssClass + "\"><dt>" + escape(name) + "</dt><dd>" + count + "</dd></div>\n";
    }

    private String failures() {
        List<String> lines = new ArrayList<>();
        for (RunFacts.Kernel kernel : facts.kernels()) {
            kernel.images().forEach((architecture, image) -> {
                if (image.status() == Status.FAILED) {
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
