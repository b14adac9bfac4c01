package io.jenkins.plugins.dtk.jenkins;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the Markdown of a step's page into the HTML that Jenkins shows as help: headings, paragraphs, lists, tables and
 * fenced code, with code and links inside a line.
 */
final class HelpMarkdown {

    private static final Pattern ITEM = Pattern.compile("(?:- |[0-9]+\\. )(.*)", Pattern.DOTALL);

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** Links between pages lead nowhere in Jenkins: their text stays. */
    private static final Pattern LINK = Pattern.compile("\\[([^]]+)]\\(([^)]+)\\)");

    private final StringBuilder html = new StringBuilder();
    private final List<String> lines;
    private int at;

    private HelpMarkdown(String markdown) {
        lines = markdown.lines().toList();
    }

    static String html(String markdown) {
        HelpMarkdown page = new HelpMarkdown(markdown);
        while (page.at < page.lines.size()) {
            page.block();
        }
        return page.html.toString();
    }

    private void block() {
        String line = lines.get(at);
        if (line.isBlank()) {
            at++;
        } else if (line.startsWith("#")) {
            at++;
            int level = line.indexOf(' ');
            put("<h" + level + ">" + inline(line.substring(level + 1)) + "</h" + level + ">");
        } else if (line.startsWith("```")) {
            code(line.substring(3));
        } else if (line.startsWith("|")) {
            table(paragraph());
        } else if (ITEM.matcher(line).matches()) {
            list(line.startsWith("-") ? "ul" : "ol", paragraph());
        } else {
            put("<p>" + inline(String.join("\n", paragraph())) + "</p>");
        }
    }

    private List<String> paragraph() {
        List<String> block = new ArrayList<>();
        while (at < lines.size() && !lines.get(at).isBlank()) {
            block.add(lines.get(at++));
        }
        return block;
    }

    private void code(String language) {
        put("<pre lang=\"" + language + "\">");
        for (at++; !lines.get(at).equals("```"); at++) {
            put(escaped(lines.get(at)));
        }
        at++;
        put("</pre>");
    }

    /** As a list of terms: within a help, Jenkins' style breaks the words of a table's narrow column. */
    private void table(List<String> rows) {
        put("<dl>");
        for (String row : rows.subList(2, rows.size())) {
            String[] cells = row.substring(1, row.length() - 1).split("\\|");
            if (cells.length != 2) {
                throw new IllegalArgumentException("no table of two columns: " + row);
            }
            put("<dt>" + inline(cells[0].strip()) + "</dt>");
            put("<dd>" + inline(cells[1].strip()) + "</dd>");
        }
        put("</dl>");
    }

    private void list(String kind, List<String> block) {
        put("<" + kind + ">");
        for (String item : String.join("\n", block).split("\n(?! )")) {
            Matcher text = ITEM.matcher(item);
            if (!text.matches()) {
                throw new IllegalArgumentException("no item of a list: " + item);
            }
            put("<li>" + inline(text.group(1).replaceAll("\n +", "\n")) + "</li>");
        }
        put("</" + kind + ">");
    }

    private static String inline(String text) {
        String linked = LINK.matcher(escaped(text))
                .replaceAll(link -> Matcher.quoteReplacement(
                        link.group(2).startsWith("https:")
                                ? "<a href=\"" + link.group(2) + "\">" + link.group(1) + "</a>"
                                : link.group(1)));
        return CODE.matcher(linked).replaceAll("<code>$1</code>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private void put(String line) {
        html.append(line).append('\n');
    }
}
