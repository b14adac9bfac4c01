package io.jenkins.plugins.dtk.report;

import static io.jenkins.plugins.dtk.report.ImageStatus.BUILT;
import static io.jenkins.plugins.dtk.report.ImageStatus.FAILED;
import static io.jenkins.plugins.dtk.report.ImageStatus.OPEN;
import static io.jenkins.plugins.dtk.report.ImageStatus.SKIPPED;
import static io.jenkins.plugins.dtk.report.ImageStatus.STOPPED;
import static io.jenkins.plugins.dtk.report.ImageStatus.THERE;
import static io.jenkins.plugins.dtk.report.ImageStatus.UNKNOWN;

import io.jenkins.plugins.dtk.report.RunFacts.Image;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Reads the maps, lists and texts that {@code dtkBuild} returns; what is missing or of another kind is empty. */
final class ReturnedRun {

    /** What a run returns; the others are made of these while it goes on, and where it could not be asked. */
    private static final Set<ImageStatus> STORED = EnumSet.of(THERE, BUILT, FAILED, STOPPED, SKIPPED, UNKNOWN);

    /** Only an image of a driver has them there. */
    static final String TAGS = "tags";

    private ReturnedRun() {}

    /** Whether it is of the images of a driver. */
    static boolean isOfDriver(Map<?, ?> built) {
        return kernels(built).values().stream()
                .anyMatch(kernel -> kernel.get("archs") instanceof Map<?, ?> images
                        && images.values().stream()
                                .anyMatch(image -> image instanceof Map<?, ?> map && map.containsKey(TAGS)));
    }

    /** The entries of the kernels, by kernel. */
    static Map<String, Map<?, ?>> kernels(Map<?, ?> built) {
        Map<String, Map<?, ?>> entries = new HashMap<>();
        if (built.get("kernels") instanceof Collection<?> list) {
            for (Object item : list) {
                if (item instanceof Map<?, ?> entry) {
                    entries.put(text(entry, "kernel"), entry);
                }
            }
        }
        return entries;
    }

    /** Why the index could not be published, or is published without every list of packages; else empty. */
    static String reason(Map<?, ?> entry) {
        String notAttached = text(entry, "notAttached");
        return notAttached.isEmpty() ? text(entry, "reason") : "not every list of packages is attached: " + notAttached;
    }

    static Image image(Map<?, ?> image) {
        String id = text(image, "status");
        ImageStatus status =
                STORED.stream().filter(one -> one.id().equals(id)).findFirst().orElse(OPEN);
        long duration = image.get("duration") instanceof Number number ? number.longValue() : 0;
        return new Image(
                status,
                text(image, "digest"),
                text(image, "reason"),
                duration,
                text(image, "node"),
                status == FAILED || status == SKIPPED ? outcome(image) : "",
                text(image, "knownLog"),
                text(image, "toolkit"));
    }

    private static String outcome(Map<?, ?> image) {
        return text(image, "outcome") + (Boolean.TRUE.equals(image.get("known")) ? " (known)" : "");
    }

    static String text(Map<?, ?> map, String key) {
        return map.get(key) instanceof CharSequence text ? text.toString() : "";
    }
}
