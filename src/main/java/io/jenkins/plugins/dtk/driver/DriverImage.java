package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.matrix.Catalog;
import java.util.List;
import java.util.Map;

/**
 * An image of a driver: for one target, under its tags.
 *
 * @param target the kernel it is for
 * @param tags all tags it has, in the order of the patterns
 * @param rows the releases that ship the kernel, oldest first
 * @param values what the placeholders stand for: {@code version}, {@code kernel}, {@code nvr}, {@code rhel},
 *     {@code arch}, {@code goarch}, {@code flavour}
 */
public record DriverImage(DriverTarget target, List<String> tags, List<Catalog.Row> rows, Map<String, String> values) {

    /** The releases that ship the kernel, oldest first, each once. */
    public List<String> releases() {
        return rows.stream()
                .map(row -> row.release().version().toString())
                .distinct()
                .toList();
    }

    /** The minor releases that ship the kernel, such as {@code 4.16}, each once. */
    List<String> minors() {
        return rows.stream()
                .map(row -> row.release().version().line().toString())
                .distinct()
                .toList();
    }

    /** A text with its placeholders filled, as in a build argument; here {@code {kernel}} keeps its {@code +}. */
    public String fill(String text) {
        return TagPattern.fill(text, values);
    }
}
