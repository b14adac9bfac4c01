package io.jenkins.plugins.dtk.matrix;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.kernel.Stream;
import io.jenkins.plugins.dtk.release.Release;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one catalog has and another one has not. A release that the newer one could not read is not taken for gone.
 *
 * @param newKernels kernels, by stream and with their architectures, that the older one has not for those
 * @param goneKernels kernels that the newer one has not
 * @param added rows of releases, architectures and streams that are new
 * @param gone those that are no more
 * @param changed those that say something else than before
 * @param unreadable what the newer catalog could not read
 */
public record CatalogDiff(
        List<MatrixKernel> newKernels,
        List<MatrixKernel> goneKernels,
        List<Catalog.Row> added,
        List<Catalog.Row> gone,
        List<Change> changed,
        List<String> unreadable) {

    /**
     * A row that says something else.
     *
     * @param before what it said
     * @param after what it says
     */
    public record Change(Catalog.Row before, Catalog.Row after) {}

    /**
     * The difference on one line. {@code newKernels} and {@code goneKernels} hold {@code kernel}, {@code stream},
     * {@code rhel}, {@code archs} and {@code releases}; {@code added} and {@code gone} rows of the catalog;
     * {@code changed} rows {@code before} and {@code after}; {@code unreadable} reasons.
     */
    public String toJson() {
        return CatalogDiffJson.write(this);
    }

    /** Compares two catalogs. */
    public static CatalogDiff of(Catalog older, Catalog newer) {
        Map<Catalog.Row, Catalog.Row> before = byPlace(older);
        Map<Catalog.Row, Catalog.Row> after = byPlace(newer);
        List<Catalog.Row> added = new ArrayList<>();
        List<Change> changed = new ArrayList<>();
        after.forEach((place, row) -> {
            Catalog.Row known = before.get(place);
            if (known == null) {
                added.add(row);
            } else if (!known.node().equals(row.node())
                    || !known.release().payload().equals(row.release().payload())) {
                changed.add(new Change(known, row));
            }
        });
        List<Catalog.Row> gone = before.keySet().stream()
                .filter(row -> !after.containsKey(row) && !isUnreadable(row.release(), newer))
                .toList();
        return new CatalogDiff(
                kernels(newer.rows(), older.rows()),
                kernels(gone(older, newer), newer.rows()),
                added,
                gone,
                changed,
                newer.unreadable());
    }

    private static List<Catalog.Row> gone(Catalog older, Catalog newer) {
        return older.rows().stream()
                .filter(row -> !isUnreadable(row.release(), newer))
                .toList();
    }

    /** Rows by release, architecture and stream: their own order looks at nothing else. */
    private static Map<Catalog.Row, Catalog.Row> byPlace(Catalog catalog) {
        Map<Catalog.Row, Catalog.Row> rows = new TreeMap<>(Comparator.naturalOrder());
        catalog.rows().forEach(row -> rows.put(row, row));
        return rows;
    }

    private static boolean isUnreadable(Release release, Catalog catalog) {
        return catalog.unreadable().stream().anyMatch(reason -> reason.startsWith("release " + release + ":"));
    }

    /** The kernels of some rows, for the architectures for which no other row has them. */
    private static List<MatrixKernel> kernels(List<Catalog.Row> rows, List<Catalog.Row> others) {
        Set<KernelKey> known = others.stream().map(KernelKey::of).collect(Collectors.toSet());
        KernelCollector kernels = new KernelCollector(MatrixProgress.SILENT);
        rows.stream().filter(row -> !known.contains(KernelKey.of(row))).forEach(kernels::add);
        return kernels.kernels();
    }

    private record KernelKey(Stream stream, KernelVersion kernel, Architecture architecture) {
        static KernelKey of(Catalog.Row row) {
            return new KernelKey(
                    row.node().stream(), row.node().kernel(), row.node().architecture());
        }
    }

    /** Whether the newer catalog says all that the older one says, and no more. */
    public boolean isEmpty() {
        return added.isEmpty() && gone.isEmpty() && changed.isEmpty();
    }
}
