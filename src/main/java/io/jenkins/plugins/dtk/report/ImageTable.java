package io.jenkins.plugins.dtk.report;

import io.jenkins.plugins.dtk.library.ImageInspection;
import io.jenkins.plugins.dtk.text.TextTable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What images say of themselves, as a table for a terminal: a column for each image. */
final class ImageTable {

    /** What a driver's image was built in. */
    private static final String TOOLKIT = "io.jenkins.plugins.dtk.toolkit";

    private static final String BASE = "org.opencontainers.image.base.";

    private ImageTable() {}

    /** The table; ends with a line break. */
    public static String of(List<ImageInspection.Image> images) {
        StringBuilder text = new StringBuilder();
        for (ImageInspection.Image image : images) {
            TextTable table = new TextTable(List.of("PLATFORM", image.platform().toString()));
            if (image.labels().containsKey(TOOLKIT)) {
                add(table, "kernel", image.labels().get("kernel-version"));
                add(table, "driver version", image.labels().get("io.jenkins.plugins.dtk.driver-version"));
                add(table, "toolkit", image.labels().get(TOOLKIT));
            } else {
                add(table, "kernel", image.release().get("KERNEL_VERSION"));
                add(table, "real-time kernel", image.release().get("RT_KERNEL_VERSION"));
                add(table, "64 KiB kernel", image.release().get("KERNEL_64K_VERSION"));
                add(table, "RHEL", image.release().get("RHEL_VERSION"));
            }
            add(table, "releases", releases(image.labels().get("io.jenkins.plugins.dtk.openshift-releases")));
            add(table, "base", image.labels().get(BASE + "name"));
            add(table, "base digest", image.labels().get(BASE + "digest"));
            add(table, "built from", image.labels().get("org.opencontainers.image.revision"));
            add(table, "size", String.format(Locale.ROOT, "%.1f MB compressed", image.bytes() / 1e6));
            add(table, "digest", image.digest().toString());
            text.append(text.isEmpty() ? "" : "\n").append(table);
        }
        return text.toString();
    }

    private static void add(TextTable table, String name, String value) {
        table.add(List.of(name, value == null || value.isEmpty() ? Shown.NONE : value));
    }

    private static String releases(String list) {
        return list == null ? null : Shown.releases(Arrays.asList(list.split(",")));
    }
}
