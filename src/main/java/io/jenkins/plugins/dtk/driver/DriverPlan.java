package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.kernel.KernelFlavour;
import io.jenkins.plugins.dtk.matrix.Catalog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which images of a driver there shall be: one for each kernel, architecture and flavour, under the vendor's tags. */
public final class DriverPlan {

    private final List<TagPattern> patterns;
    private final String version;

    /**
     * @param version of the driver; empty for none
     * @throws IllegalArgumentException when a pattern needs the version and there is none; one line
     */
    public DriverPlan(List<TagPattern> patterns, String version) {
        this.patterns = List.copyOf(patterns);
        this.version = version;
        for (TagPattern pattern : patterns) {
            if (version.isEmpty() && pattern.needsVersion()) {
                throw new IllegalArgumentException(
                        "the pattern of tags '" + pattern + "' needs the driver's version, which is missing");
            }
        }
    }

    /**
     * The images, oldest kernel first.
     *
     * @throws IllegalArgumentException when two would get one tag, or a text is no tag; one line
     */
    public List<DriverImage> images(Catalog catalog, Collection<KernelFlavour> flavours) {
        List<DriverImage> images = new ArrayList<>();
        Map<String, DriverTarget> taken = new HashMap<>();
        DriverTargets.of(catalog, flavours).forEach((target, rows) -> {
            DriverImage image = image(target, rows);
            for (String tag : image.tags()) {
                DriverTarget other = taken.put(tag, target);
                if (other != null) {
                    throw new IllegalArgumentException("the images for kernels " + other + " and " + target
                            + " would both get the tag '" + tag + "': add {arch} or {flavour} to the pattern of tags");
                }
            }
            images.add(image);
        });
        return images;
    }

    private DriverImage image(DriverTarget target, List<Catalog.Row> rows) {
        Map<String, String> values = new HashMap<>();
        values.put("version", version);
        values.put("kernel", target.uname());
        values.put("nvr", target.kernel().nvr());
        values.put("rhel", rows.get(0).node().rhel().toString());
        values.put("arch", target.architecture().rpmName());
        values.put("goarch", target.architecture().goName());
        values.put("flavour", target.flavour().word());
        List<String> openshift = rows.stream()
                .map(row -> row.release().version().line().toString())
                .distinct()
                .toList();
        Set<String> tags = new LinkedHashSet<>();
        patterns.forEach(pattern -> tags.addAll(pattern.tags(openshift, values)));
        return new DriverImage(target, List.copyOf(tags), List.copyOf(rows), Map.copyOf(values));
    }
}
