package io.jenkins.plugins.dtk.report;

import static io.jenkins.plugins.dtk.report.ImageStatus.BUILDING;
import static io.jenkins.plugins.dtk.report.ImageStatus.BUILT;
import static io.jenkins.plugins.dtk.report.ImageStatus.FAILED;
import static io.jenkins.plugins.dtk.report.ImageStatus.OPEN;
import static io.jenkins.plugins.dtk.report.ImageStatus.PUSHED;
import static io.jenkins.plugins.dtk.report.ImageStatus.SKIPPED;
import static io.jenkins.plugins.dtk.report.ImageStatus.STOPPED;
import static io.jenkins.plugins.dtk.report.ImageStatus.THERE;
import static io.jenkins.plugins.dtk.report.ImageStatus.UNKNOWN;
import static io.jenkins.plugins.dtk.report.ImageStatus.WAITING;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How many images of a run stand in which way.
 *
 * @param images by status; a status that no image has may be left out
 * @param failedIndexes how many indexes could not be published
 */
public record RunTotals(Map<ImageStatus, Integer> images, int failedIndexes) {

    /** What needs attention comes first, then what the run does and did, then what it did not have to do. */
    private static final List<ImageStatus> ORDER =
            List.of(FAILED, UNKNOWN, BUILT, PUSHED, BUILDING, WAITING, STOPPED, OPEN, SKIPPED, THERE);

    /** How many images stand in one of these ways. */
    public int count(ImageStatus... statuses) {
        return Stream.of(statuses)
                .mapToInt(status -> images.getOrDefault(status, 0))
                .sum();
    }

    /** One of the totals; {@code status} gives it its colour and the kernels that it counts. */
    private record Total(ImageStatus status, String words) {}

    /** Each total that is not 0. */
    private List<Total> shown() {
        List<Total> shown = new ArrayList<>();
        for (ImageStatus status : ORDER) {
            if (count(status) > 0) {
                shown.add(new Total(status, count(status) + " " + status.words()));
            }
            if (status == FAILED && failedIndexes > 0) {
                shown.add(new Total(status, Shown.count(failedIndexes, "index") + " failed"));
            }
        }
        return shown;
    }

    /** Each total that is not 0: {@code 1 failed, 14 built}. */
    String words() {
        return shown().stream().map(Total::words).collect(Collectors.joining(", "));
    }

    /**
     * Each total that is not 0, as HTML.
     *
     * @param page where the kernels that it counts are shown, so that it links to them; null for no links
     */
    public String html(String page) {
        return shown().stream()
                .map(total -> total(page, total.status(), total.words()))
                .collect(Collectors.joining("", "<span class=\"dtk-totals\">", "</span>"));
    }

    private static String total(String page, ImageStatus status, String words) {
        if (page == null) {
            return Html.element("span", status.cssClass(), words);
        }
        return "<a class=\"" + status.cssClass() + "\" href=\"" + Html.escape(page) + "#" + status.id() + "\">"
                + Html.escape(words) + "</a>";
    }

    /**
     * How long the run may still take at its own pace; nothing before its first image, and when none is left.
     *
     * @param elapsed since it began
     */
    public Optional<Duration> left(Duration elapsed) {
        int done = count(BUILT, PUSHED, UNKNOWN, FAILED, STOPPED);
        int open = count(WAITING, BUILDING);
        return done == 0 || open == 0
                ? Optional.empty()
                : Optional.of(elapsed.multipliedBy(open).dividedBy(done));
    }
}
