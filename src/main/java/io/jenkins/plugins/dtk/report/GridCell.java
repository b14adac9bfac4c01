package io.jenkins.plugins.dtk.report;

import static io.jenkins.plugins.dtk.report.Html.element;
import static io.jenkins.plugins.dtk.report.Html.escape;

import io.jenkins.plugins.dtk.report.RunFacts.Image;
import io.jenkins.plugins.dtk.report.RunFacts.Kernel;
import java.time.Duration;
import java.util.function.Function;

/** Writes what one cell of the grid holds: a status in words, the log, the time, the digest, the reason. */
final class GridCell {

    private final String library;
    private final Function<Image, String> logs;

    GridCell(String library, Function<Image, String> logs) {
        this.library = library;
        this.logs = logs;
    }

    /**
     * An image.
     *
     * @param name of its kernel and architecture, for people who hear the page
     * @param image null where no release ships the kernel for the architecture
     */
    String image(String name, Image image) {
        return image == null
                ? element("span", "dtk-soft", "not shipped")
                : status(image.status(), image.words(), image.status().id())
                        + work(name, image)
                        + digest(image.digest())
                        + reason(image.reason());
    }

    String index(Kernel kernel) {
        ImageStatus shown = kernel.index().shown();
        return status(shown, kernel.index().words(), shown == ImageStatus.FAILED ? shown.id() : "")
                + digest(kernel.digest())
                + reason(kernel.reason());
    }

    /** @param filter the status by which the filter of the page finds it; empty for none */
    private static String status(ImageStatus shown, String words, String filter) {
        return "<span class=\"" + shown.cssClass() + "\" data-status=\"" + filter + "\">" + escape(words) + "</span>";
    }

    private String work(String name, Image image) {
        String log = logs.apply(image);
        String link = log.isEmpty()
                ? ""
                : "<a href=\"" + escape(log) + "\" aria-label=\"log of " + escape(name) + "\">log</a>";
        String time = image.duration() == 0
                ? ""
                : element("span", "dtk-time", Shown.duration(Duration.ofMillis(image.duration())));
        return link.isEmpty() && time.isEmpty() ? "" : "<span class=\"dtk-line\">" + link + time + "</span>";
    }

    /** The whole digest: the page shows its start, and what is marked and copied is the whole. */
    private String digest(String digest) {
        return digest.isEmpty()
                ? ""
                : "<code class=\"dtk-digest\" title=\"" + escape(library + "@" + digest) + "\">" + escape(digest)
                        + "</code>";
    }

    /** The first line; the rest can be opened. */
    private static String reason(String reason) {
        String[] parts = reason.strip().split("\\R", 2);
        if (parts.length == 1) {
            return parts[0].isEmpty() ? "" : element("span", "dtk-note dtk-reason", parts[0]);
        }
        return "<details class=\"dtk-note dtk-reason\"><summary>" + escape(parts[0]) + "</summary>" + escape(parts[1])
                + "</details>";
    }
}
