package io.jenkins.plugins.dtk.report;

import static io.jenkins.plugins.dtk.report.Html.element;
import static io.jenkins.plugins.dtk.report.Html.escape;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.matrix.MatrixKernel;
import io.jenkins.plugins.dtk.report.RunFacts.Image;
import io.jenkins.plugins.dtk.report.RunFacts.Kernel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Writes the grid of kernels and architectures, the newest first, as HTML: the same for the pages in Jenkins and for the
 * report of a run without Jenkins. grid.css gives it its looks; where it would be too narrow, each kernel becomes a card.
 * Whatever a registry or a build wrote is shown as text.
 */
public final class RunGrid {

    private static final int FEW_RELEASES = 6;

    /** More columns than this need the room that digests take. */
    private static final int FEW_ARCHITECTURES = 2;

    private final RunFacts facts;
    private final GridCell cells;

    /**
     * @param image the library's repository
     * @param logs the address of the log of an image; empty where there is none
     */
    public RunGrid(String image, RunFacts facts, Function<Image, String> logs) {
        this.facts = facts;
        this.cells = new GridCell(image, logs);
    }

    /** All kernels. */
    public String html() {
        return html(kernel -> true);
    }

    /** The kernels of which this run builds an image: the rows that change while it goes on. */
    public String changing() {
        return html(Kernel::isWorkedOn);
    }

    private String html(Predicate<Kernel> wanted) {
        Map<String, StringBuilder> streams = new LinkedHashMap<>();
        List<Kernel> newestFirst = new ArrayList<>(facts.kernels());
        Collections.reverse(newestFirst);
        newestFirst.stream().filter(wanted).forEach(kernel -> streams.computeIfAbsent(
                        kernel.kernel().stream().name(), this::heading)
                .append(row(kernel)));
        StringBuilder html = new StringBuilder("<table class=\"jenkins-table dtk-grid")
                .append(facts.architectures().size() > FEW_ARCHITECTURES ? " dtk-many" : "")
                .append("\">\n<thead>\n<tr>")
                .append(column("Kernel"))
                .append(column("Releases"));
        facts.architectures().forEach(architecture -> html.append(column(architecture.rpmName())));
        html.append(column("Index")).append("</tr>\n</thead>\n");
        streams.values().forEach(stream -> html.append(stream).append("</tbody>\n"));
        return html.append("</table>\n").toString();
    }

    private static String column(String name) {
        return "<th scope=\"col\">" + escape(name) + "</th>";
    }

    private StringBuilder heading(String stream) {
        int columns = facts.architectures().size() + 3;
        return new StringBuilder("<tbody>\n<tr class=\"dtk-stream\"><th scope=\"colgroup\" colspan=\"" + columns + "\">"
                + escape(stream) + "</th></tr>\n");
    }

    private String row(Kernel kernel) {
        String nvr = kernel.kernel().kernel().toString();
        StringBuilder row = new StringBuilder("<tr class=\"dtk-row\" data-kernel=\"" + escape(nvr) + "\">")
                .append(name(kernel.kernel()))
                .append("<td class=\"dtk-releases\" data-label=\"Releases\"><div>")
                .append(releases(kernel.kernel().releases()))
                .append("</div></td>");
        for (Architecture architecture : facts.architectures()) {
            row.append("<td data-label=\"" + architecture.rpmName() + "\"><div>")
                    .append(cells.image(
                            nvr + " " + architecture.rpmName(), kernel.images().get(architecture)))
                    .append("</div></td>");
        }
        return row.append("<td data-label=\"Index\"><div>")
                .append(cells.index(kernel))
                .append("</div></td></tr>\n")
                .toString();
    }

    private static String name(MatrixKernel kernel) {
        String system = (kernel.stream().isCentos() ? "CentOS Stream " : "RHEL ") + kernel.rhel();
        String realTime = Shown.realTime(kernel);
        boolean own = !realTime.equals("same") && kernel.kernelRt().isPresent();
        return "<td role=\"rowheader\" class=\"dtk-name\">"
                + element("span", "dtk-kernel", kernel.kernel().toString())
                + element("span", "dtk-note", realTime.equals("same") ? system + ", also real time" : system)
                + (own ? element("span", "dtk-note", "real time: " + realTime) : "") + "</td>";
    }

    private static String releases(Collection<String> releases) {
        String all = escape(String.join(", ", releases));
        return releases.size() <= FEW_RELEASES
                ? all
                : "<details><summary>" + escape(Shown.releases(List.copyOf(releases))) + "</summary>" + all
                        + "</details>";
    }
}
