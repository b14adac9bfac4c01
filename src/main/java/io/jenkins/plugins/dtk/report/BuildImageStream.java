package io.jenkins.plugins.dtk.report;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.library.LibraryCatalog;
import io.jenkins.plugins.dtk.matrix.Catalog;
import io.jenkins.plugins.dtk.oci.Digest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Writes an ImageStream with a tag for each RHEL CoreOS build. */
final class BuildImageStream {

    private final LibraryCatalog catalog;
    private final Consumer<String> warnings;

    BuildImageStream(LibraryCatalog catalog, Consumer<String> warnings) {
        this.catalog = catalog;
        this.warnings = warnings;
    }

    Map<String, Object> document() {
        Map<String, List<Catalog.Row>> builds = catalog.rows().stream()
                .filter(row -> !row.node().build().isEmpty())
                .collect(Collectors.groupingBy(row -> row.node().build(), LinkedHashMap::new, Collectors.toList()));
        List<Object> tags = new ArrayList<>();
        builds.forEach((build, rows) -> tag(build, rows).ifPresent(tags::add));
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("lookupPolicy", Map.of("local", false));
        spec.put("tags", tags);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("apiVersion", "image.openshift.io/v1");
        document.put("kind", "ImageStream");
        document.put("metadata", Map.of("name", "driver-toolkit"));
        document.put("spec", spec);
        return document;
    }

    private Optional<Map<String, Object>> tag(String build, List<Catalog.Row> rows) {
        Set<KernelVersion> kernels =
                rows.stream().map(row -> row.node().kernel()).collect(Collectors.toCollection(TreeSet::new));
        if (kernels.size() > 1) {
            warnings.accept("build " + build + " has another kernel on each architecture and is left out");
            return Optional.empty();
        }
        KernelVersion kernel = kernels.iterator().next();
        Set<Architecture> architectures = EnumSet.noneOf(Architecture.class);
        rows.forEach(row -> architectures.add(row.node().architecture()));
        Optional<Digest> digest = digest(catalog.images().get(kernel), architectures);
        if (digest.isEmpty()) {
            warnings.accept("build " + build + " is left out: the library has no image of kernel " + kernel.nvr()
                    + " for " + Shown.architectures(architectures));
        }
        return digest.map(found -> tag(build, kernel, rows, found));
    }

    /** The multi-arch image, or the single one where nodes of one architecture are all that is asked for. */
    private static Optional<Digest> digest(LibraryCatalog.KernelImages images, Set<Architecture> architectures) {
        return images.index().isPresent() || architectures.size() > 1
                ? images.index()
                : Optional.ofNullable(
                        images.images().get(architectures.iterator().next()));
    }

    private Map<String, Object> tag(String build, KernelVersion kernel, List<Catalog.Row> rows, Digest digest) {
        Map<String, Object> annotations = new LinkedHashMap<>();
        annotations.put("io.jenkins.plugins.dtk.kernel", kernel.nvr());
        annotations.put(
                "io.jenkins.plugins.dtk.openshift-releases",
                rows.stream()
                        .map(row -> row.release().version().toString())
                        .distinct()
                        .collect(Collectors.joining(",")));
        Map<String, Object> from = new LinkedHashMap<>();
        from.put("kind", "DockerImage");
        from.put("name", catalog.repository().withDigest(digest).toString());
        Map<String, Object> tag = new LinkedHashMap<>();
        tag.put("name", build);
        tag.put("annotations", annotations);
        tag.put("from", from);
        tag.put("importPolicy", Map.of("importMode", "PreserveOriginal")); // all architectures, not the cluster's alone
        tag.put("referencePolicy", Map.of("type", "Source"));
        return tag;
    }
}
