package io.jenkins.plugins.dtk.report;

import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.library.LibraryCatalog;
import io.jenkins.plugins.dtk.matrix.Catalog;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.release.NodeOs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes what releases ship beside the library's images for it. */
final class CatalogWithDigests {

    private static final List<String> TITLES = List.of(
            "release",
            "arch",
            "stream",
            "build",
            "rhel",
            "kernel",
            "kernelRt",
            "kernel64k",
            "image",
            "digest",
            "index");

    private CatalogWithDigests() {}

    static Map<String, Object> document(LibraryCatalog catalog) {
        List<Object> releases = new ArrayList<>();
        catalog.rows().forEach(row -> {
            Map<String, Object> release = new LinkedHashMap<>();
            values(catalog, row).forEach((title, value) -> {
                if (!value.isEmpty()) {
                    release.put(title, value);
                }
            });
            releases.add(release);
        });
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("image", catalog.repository().toString());
        document.put("releases", releases);
        return document;
    }

    static String csv(LibraryCatalog catalog) {
        Csv csv = new Csv(TITLES);
        catalog.rows().forEach(row -> csv.add(List.copyOf(values(catalog, row).values())));
        return csv.toString();
    }

    /** Empty where there is nothing to show. */
    private static Map<String, String> values(LibraryCatalog catalog, Catalog.Row row) {
        NodeOs node = row.node();
        List<String> values = List.of(
                row.release().version().toString(),
                node.architecture().rpmName(),
                node.stream().name(),
                node.build(),
                node.rhel().toString(),
                node.kernel().nvr(),
                node.kernelRt().map(KernelVersion::nvr).orElse(""),
                node.kernel64k().map(KernelVersion::nvr).orElse(""),
                catalog.digest(row)
                        .map(digest ->
                                catalog.name(node.kernel(), node.architecture()).toString())
                        .orElse(""),
                catalog.digest(row).map(Digest::toString).orElse(""),
                catalog.images()
                        .get(node.kernel())
                        .index()
                        .map(Digest::toString)
                        .orElse(""));
        Map<String, String> titled = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            titled.put(TITLES.get(i), values.get(i));
        }
        return titled;
    }
}
