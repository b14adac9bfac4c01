package io.jenkins.plugins.dtk.report;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.report.RunFacts.Image;
import io.jenkins.plugins.dtk.report.RunFacts.Kernel;
import java.util.ArrayList;
import java.util.List;

/** A run as Markdown with a table, as GitHub, GitLab and Jenkins' plugins show it. */
final class MarkdownReport {

    private final String image;
    private final RunFacts facts;

    MarkdownReport(String image, RunFacts facts) {
        this.image = image;
        this.facts = facts;
    }

    String text() {
        List<String> heads = new ArrayList<>(List.of("kernel", "releases"));
        facts.architectures().forEach(architecture -> heads.add(architecture.rpmName()));
        heads.add("index");
        StringBuilder text = new StringBuilder("## " + image + "\n\n" + RunTexts.words(facts) + "\n\n");
        line(text, heads);
        line(text, heads.stream().map(head -> "---").toList());
        facts.kernels().forEach(kernel -> line(text, cells(kernel)));
        return text.toString();
    }

    private List<String> cells(Kernel kernel) {
        List<String> cells = new ArrayList<>(List.of(
                kernel.kernel().kernel().toString(),
                Shown.releases(kernel.kernel().releases())));
        for (Architecture architecture : facts.architectures()) {
            Image image = kernel.images().get(architecture);
            cells.add(image == null ? Shown.NONE : with(image.words(), image.reason()));
        }
        cells.add(with(kernel.index().words(), kernel.reason()));
        return cells;
    }

    private static String with(String words, String reason) {
        return reason.isEmpty() ? words : words + ": " + reason;
    }

    private static void line(StringBuilder text, List<String> cells) {
        cells.forEach(cell -> text.append("| ").append(escape(cell)).append(' '));
        text.append("|\n");
    }

    /** What a registry or a compiler says is text, never markup. */
    private static String escape(String cell) {
        return cell.replaceAll("\\R", " ").replaceAll("([\\\\`*_\\[\\]<>|#!&~])", "\\\\$1");
    }
}
