package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.kernel.Architecture;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which images of a driver go into which index: those of one kernel and flavour, for several architectures. No I/O. */
public final class IndexTags {

    /** By tag, the image for each architecture. */
    private final Map<String, Map<Architecture, DriverImage>> wanted = new LinkedHashMap<>();

    /**
     * @param patterns of the indexes' tags; empty: there are none
     * @throws IllegalArgumentException when an index would have two images for one architecture, images of two flavours,
     *     or the tag of an image; one line
     */
    public IndexTags(List<TagPattern> patterns, List<DriverImage> images) {
        for (DriverImage image : images) {
            patterns.forEach(
                    pattern -> pattern.tags(image.minors(), image.values()).forEach(tag -> add(tag, image)));
        }
        images.forEach(
                image -> image.tags().stream().filter(wanted::containsKey).forEach(tag -> {
                    throw new IllegalArgumentException("the tag '" + tag + "' would be both an image's and an index's");
                }));
    }

    private void add(String tag, DriverImage image) {
        Map<Architecture, DriverImage> its = wanted.computeIfAbsent(tag, none -> new EnumMap<>(Architecture.class));
        DriverTarget target = image.target();
        DriverImage other = its.put(target.architecture(), image);
        if (other != null) {
            throw new IllegalArgumentException("the index '" + tag + "' would have two images for "
                    + target.architecture() + ": " + other.target() + " and " + target);
        }
        its.values().stream()
                .filter(one -> one.target().flavour() != target.flavour())
                .findFirst()
                .ifPresent(one -> {
                    throw new IllegalArgumentException("the index '" + tag + "' would have images for two flavours, "
                            + one.target() + " and " + target + ": add {flavour} to its pattern");
                });
    }

    /** The tags of all indexes, each with its images. */
    public Map<String, Map<Architecture, DriverImage>> all() {
        return Collections.unmodifiableMap(wanted);
    }

    /** The tags of the indexes that an image belongs to. */
    List<String> of(DriverImage image) {
        return wanted.entrySet().stream()
                .filter(index ->
                        image.equals(index.getValue().get(image.target().architecture())))
                .map(Map.Entry::getKey)
                .toList();
    }
}
