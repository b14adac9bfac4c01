package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.http.HostNames;
import io.jenkins.plugins.dtk.oci.ImageReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Where images are read before their source: the {@code mirror} of a prefix in registries.conf. */
final class Mirrors {

    static final Mirrors NONE = new Mirrors(Map.of());

    /** So long a mirror that cannot be reached is left alone: each request would wait for it anew. */
    private static final long REST = TimeUnit.MINUTES.toNanos(5);

    private final Map<String, List<String>> places = new HashMap<>();
    private final Map<String, Long> resting = new ConcurrentHashMap<>();

    Mirrors(Map<String, List<String>> places) {
        places.forEach((prefix, mirrors) -> this.places.put(
                Locations.trim(prefix),
                mirrors.stream()
                        .map(place -> Locations.checked(prefix, Locations.trim(place)))
                        .toList()));
    }

    /** The image at the mirrors of its longest known prefix, in their order, without those that rest. */
    List<ImageReference> of(ImageReference image) {
        String name = HostNames.lower(image.registry()) + "/" + image.repository();
        for (int end = name.length(); end > 0; end = name.lastIndexOf('/', end - 1)) {
            List<String> found = places.get(name.substring(0, end));
            if (found != null) {
                String rest = name.substring(end);
                return found.stream()
                        .map(place -> Locations.moved(image, place, rest))
                        .filter(mirror -> !isResting(mirror.registry()))
                        .toList();
            }
        }
        return List.of();
    }

    private boolean isResting(String registry) {
        Long since = resting.get(registry);
        return since != null && System.nanoTime() - since < REST;
    }

    /** Notes that a mirror cannot be reached. */
    void rest(String registry) {
        resting.put(registry, System.nanoTime());
    }
}
