package io.jenkins.plugins.dtk.report;

import io.jenkins.plugins.dtk.driver.DriverImage;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.text.TextTable;
import java.util.List;
import java.util.Locale;

/**
 * Which image of a driver is for which kernel and which OpenShift releases: the table that vendors keep by hand. Columns:
 * kernel, flavour, architecture, RHEL, OpenShift releases, image.
 */
public final class DriverCompatibility {

    private static final List<String> TITLES = List.of("kernel", "flavour", "arch", "rhel", "openshift", "image");

    private final ImageReference repository;
    private final List<DriverImage> images;

    /**
     * @param images those that exist
     */
    public DriverCompatibility(ImageReference repository, List<DriverImage> images) {
        this.repository = repository;
        this.images = List.copyOf(images);
    }

    private List<String> row(DriverImage image) {
        return List.of(
                image.target().uname(),
                image.target().flavour().word(),
                image.target().architecture().rpmName(),
                image.values().get("rhel"),
                Csv.list(image.releases()),
                repository.withTag(image.tags().get(0)).toString());
    }

    /** For a terminal. */
    public String table() {
        TextTable table = new TextTable(
                TITLES.stream().map(title -> title.toUpperCase(Locale.ROOT)).toList());
        images.forEach(image -> table.add(row(image)));
        return table.toString();
    }

    /** For programs. */
    public String csv() {
        Csv csv = new Csv(TITLES);
        images.forEach(image -> csv.add(row(image)));
        return csv.toString();
    }

    /** For a README. */
    public String markdown() {
        StringBuilder text = new StringBuilder(line(TITLES))
                .append("|---".repeat(TITLES.size()))
                .append("|\n");
        images.forEach(image -> text.append(line(row(image))));
        return text.toString();
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
