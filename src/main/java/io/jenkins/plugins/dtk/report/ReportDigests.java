package io.jenkins.plugins.dtk.report;

import static io.jenkins.plugins.dtk.text.Html.escape;

import io.jenkins.plugins.dtk.report.RunFacts.Kernel;
import java.util.ArrayList;
import java.util.List;

/** Writes the full digests, in the form in which an image is pulled. */
final class ReportDigests {

    private final String image;
    private final RunFacts facts;

    ReportDigests(String image, RunFacts facts) {
        this.image = image;
        this.facts = facts;
    }

    /** The list; nothing where the run came across no digest. */
    String html() {
        List<String> lines = new ArrayList<>();
        for (Kernel kernel : facts.kernels()) {
            add(lines, kernel.kernel().kernel().tag(), kernel.digest());
            kernel.images()
                    .forEach((architecture, its) ->
                            add(lines, kernel.kernel().kernel().tag(architecture), its.digest()));
        }
        return lines.isEmpty()
                ? ""
                : "<section>\n<h2>Digests</h2>\n<dl class=\"digests\">\n" + String.join("", lines)
                        + "</dl>\n</section>\n";
    }

    private void add(List<String> lines, String tag, String digest) {
        if (!digest.isEmpty()) {
            lines.add("<dt>" + escape(tag) + "</dt><dd><code>" + escape(image + "@" + digest) + "</code></dd>\n");
        }
    }
}
