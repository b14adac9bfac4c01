package io.jenkins.plugins.dtk.report;

import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.kernel.Stream;
import io.jenkins.plugins.dtk.matrix.Catalog;
import io.jenkins.plugins.dtk.release.NodeOs;
import io.jenkins.plugins.dtk.release.Release;
import java.util.List;
import java.util.Map;

/** The catalog as comma-separated values, a line for each release, architecture and stream. */
final class CatalogCsv {

    private static final List<String> TITLES = List.of(
            "release", "arch", "stream", "default", "build", "rhel", "kernel", "kernelRt", "kernel64k", "payload");

    private CatalogCsv() {}

    /** The lines, with one of titles first. What could not be read is not among them. */
    public static String of(Catalog catalog) {
        Map<Release, Stream> defaults = catalog.defaultStreams();
        Csv csv = new Csv(TITLES);
        for (Catalog.Row row : catalog.rows()) {
            NodeOs node = row.node();
            csv.add(List.of(
                    row.release().version().toString(),
                    node.architecture().rpmName(),
                    node.stream().name(),
                    Boolean.toString(node.stream().equals(defaults.get(row.release()))),
                    node.build(),
                    node.rhel().toString(),
                    node.kernel().nvr(),
                    node.kernelRt().map(KernelVersion::nvr).orElse(""),
                    node.kernel64k().map(KernelVersion::nvr).orElse(""),
                    row.release().payload().toString()));
        }
        return csv.toString();
    }
}
