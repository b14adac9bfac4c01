package io.jenkins.plugins.dtk.matrix;

import io.jenkins.plugins.dtk.release.NodeOs;
import io.jenkins.plugins.dtk.release.Release;
import java.util.Comparator;

/**
 * What the nodes of one release run, on one architecture and stream.
 *
 * @param release the release, with its architecture
 * @param node what its nodes run
 */
public record CatalogRow(Release release, NodeOs node) implements Comparable<CatalogRow> {

    private static final Comparator<CatalogRow> ORDER = Comparator.comparing(
                    (CatalogRow row) -> row.release().version())
            .thenComparing(row -> row.release().architecture())
            .thenComparing(row -> row.node().stream());

    @Override
    public int compareTo(CatalogRow other) {
        return ORDER.compare(this, other);
    }
}
