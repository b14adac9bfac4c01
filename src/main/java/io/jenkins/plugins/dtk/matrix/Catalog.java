package io.jenkins.plugins.dtk.matrix;

import io.jenkins.plugins.dtk.kernel.Stream;
import io.jenkins.plugins.dtk.release.NodeOs;
import io.jenkins.plugins.dtk.release.Release;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What every release ships, one row for each release, architecture and stream; in that order, oldest release first.
 *
 * @param rows what was read
 * @param unreadable releases that could not be read and were skipped on request, each with its reason
 */
public record Catalog(List<Row> rows, List<String> unreadable) {

    /** Makes both lists unmodifiable. */
    public Catalog {
        rows = List.copyOf(rows);
        unreadable = List.copyOf(unreadable);
    }

    /** The stream that the nodes of each release run by default. */
    public Map<Release, Stream> defaultStreams() {
        return rows.stream()
                .collect(Collectors.groupingBy(
                        Row::release,
                        Collectors.collectingAndThen(
                                Collectors.toList(),
                                rowsOfOne -> DefaultStream.of(
                                        rowsOfOne.get(0).release().version(),
                                        rowsOfOne.stream()
                                                .map(row -> row.node().stream())
                                                .toList()))));
    }

    /** As JSON, a line for each row: {@code {"rows": [...], "unreadable": [...]}}. */
    public String toJson() {
        return CatalogJson.write(this);
    }

    /**
     * Reads what {@link #toJson()} wrote.
     *
     * @throws IllegalArgumentException when it is something else; one line that names the row and the key
     */
    public static Catalog parse(String json) {
        return CatalogJson.parse(json);
    }

    /**
     * What the nodes of one release run, on one architecture and stream.
     *
     * @param release the release, with its architecture
     * @param node what its nodes run
     */
    public record Row(Release release, NodeOs node) implements Comparable<Row> {

        private static final Comparator<Row> ORDER = Comparator.comparing(
                        (Row row) -> row.release().version())
                .thenComparing(row -> row.release().architecture())
                .thenComparing(row -> row.node().stream());

        @Override
        public int compareTo(Row other) {
            return ORDER.compare(this, other);
        }
    }
}
