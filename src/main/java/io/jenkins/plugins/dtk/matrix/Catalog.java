package io.jenkins.plugins.dtk.matrix;

import java.util.List;

/**
 * What every release ships, one row for each release, architecture and stream; in that order, oldest release first.
 *
 * @param rows what was read
 * @param unreadable releases that could not be read and were skipped on request, each with its reason
 */
public record Catalog(List<CatalogRow> rows, List<String> unreadable) {

    /** Makes both lists unmodifiable. */
    public Catalog {
        rows = List.copyOf(rows);
        unreadable = List.copyOf(unreadable);
    }
}
