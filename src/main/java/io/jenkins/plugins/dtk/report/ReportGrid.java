package io.jenkins.plugins.dtk.report;

import static io.jenkins.plugins.dtk.text.Html.element;
import static io.jenkins.plugins.dtk.text.Html.escape;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.matrix.MatrixKernel;
import io.jenkins.plugins.dtk.report.RunFacts.Image;
import io.jenkins.plugins.dtk.report.RunFacts.Kernel;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Writes the grid of kernels and architectures. On a narrow screen each kernel becomes a card of its own. */
final class ReportGrid {

    private static final int SHOWN_RELEASES = 6;

    private final RunFacts facts;

    ReportGrid(RunFacts facts) {
        this.facts = facts;
    }

    String html() {
        StringBuilder html = new StringBuilder("<section>\n<h2>Kernels</h2>\n<table class=\"grid\">\n<thead>\n<tr>"
                + "<th scope=\"col\">Kernel</th><th scope=\"col\">Releases</th>");
        facts.architectures().forEach(architecture -> html.append("<th scope=\"col\">")
                .append(architecture.rpmName())
                .append("</th>"));
        html.append("<th scope=\"col\">Index</th></tr>\n</thead>\n");
        String stream = null;
        for (Kernel kernel : facts.kernels()) {
            String its = kernel.kernel().stream().name();
            if (!Objects.equals(stream, its)) {
                html.append(stream == null ? "" : "</tbody>\n")
                        .append("<tbody>\n")
                        .append(heading(its));
                stream = its;
            }
            html.append(row(kernel));
        }
        return html.append(stream == null ? "" : "</tbody>\n")
                .append("</table>\n</section>\n")
                .toString();
    }

    private String heading(String stream) {
        int columns = facts.architectures().size() + 3;
        return "<tr class=\"stream\"><th scope=\"colgroup\" colspan=\"" + columns + "\">" + escape(stream)
                + "</th></tr>\n";
    }

    private String row(Kernel kernel) {
        StringBuilder row = new StringBuilder("<tr>").append(name(kernel.kernel()));
        row.append("<td class=\"releases\" data-label=\"Releases\">")
                .append(releases(kernel.kernel().releases()))
                .append("</td>");
        for (Architecture architecture : facts.architectures()) {
            Image image = kernel.images().get(architecture);
            row.append(image == null ? absent(architecture) : cell(architecture, image));
        }
        return row.append(index(kernel)).append("</tr>\n").toString();
    }

    private static String name(MatrixKernel kernel) {
        String realTime = Shown.realTime(kernel);
        String system = (kernel.stream().isCentos() ? "CentOS Stream " : "RHEL ") + kernel.rhel();
        return "<th scope=\"row\">" + element("span", "kernel", kernel.kernel().nvr())
                + element("span", "note", realTime.equals("same") ? system + ", also real time" : system)
                + (kernel.kernelRt().isEmpty() || realTime.equals("same") ? "" : element("span", "note", realTime))
                + "</th>";
    }

    private static String releases(List<String> releases) {
        String all = escape(String.join(", ", releases));
        return releases.size() <= SHOWN_RELEASES
                ? all
                : "<details><summary>" + escape(Shown.releases(releases)) + "</summary>" + all + "</details>";
    }

    private static String absent(Architecture architecture) {
        return "<td class=\"absent\" data-label=\"" + architecture.rpmName() + "\">not shipped</td>";
    }

    private static String cell(Architecture architecture, Image image) {
        return "<td data-label=\"" + architecture.rpmName() + "\"><div>"
                + element(
                        "span",
                        "status " + image.status().name().toLowerCase(Locale.ROOT),
                        image.status().words())
                + digest(image.digest()) + note(image.reason()) + "</div></td>";
    }

    private static String index(Kernel kernel) {
        String cssClass = kernel.index().shown().name().toLowerCase(Locale.ROOT);
        return "<td data-label=\"Index\"><div>"
                + element("span", "status " + cssClass, kernel.index().words()) + digest(kernel.digest())
                + note(kernel.reason()) + "</div></td>";
    }

    private static String digest(String digest) {
        return digest.isEmpty() ? "" : element("code", "digest", Shown.shortDigest(digest));
    }

    private static String note(String reason) {
        return reason.isEmpty() ? "" : element("span", "note", reason);
    }
}
