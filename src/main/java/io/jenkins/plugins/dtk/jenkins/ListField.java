package io.jenkins.plugins.dtk.jenkins;

import io.jenkins.plugins.dtk.registry.MirrorSettings;
import java.util.List;

/**
 * A list of the global configuration. In the form it is a text with one item on a line, as code a YAML list; it is saved
 * as the text.
 */
final class ListField {

    private ListField() {}

    /** The items of a text, for a list in YAML; a file of mirrors is one item. Null for none. */
    static List<String> items(String text) {
        if (text == null) {
            return null;
        }
        return MirrorSettings.isOne(text) ? List.of(text) : text.lines().toList();
    }

    /** The text of what a form sends, a single item of many lines, or of a list in YAML. Null for none. */
    static String text(List<String> items) {
        return items == null ? null : String.join("\n", items);
    }
}
