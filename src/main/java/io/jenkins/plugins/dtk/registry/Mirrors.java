package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.oci.ImageReference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Where images are read before their source: the {@code mirror} of a prefix in registries.conf. */
final class Mirrors {

    static final Mirrors NONE = new Mirrors(Map.of());

    /** So long a mirror that cannot be reached is left alone: each request would wait for it anew. */
    private static final long REST = TimeUnit.MINUTES.toNanos(5);

    private final Map<String, List<Mirror>> places = new HashMap<>();
    private final Set<String> blocked = new HashSet<>();
    private final Map<String, Long> resting = new ConcurrentHashMap<>();

    /** A place, and which images are read there. */
    private record Mirror(String place, boolean tags, boolean digests) {

        static Mirror of(String prefix, String text) {
            boolean digestOnly = text.startsWith(MirrorSettings.DIGEST_ONLY);
            boolean tagOnly = text.startsWith(MirrorSettings.TAG_ONLY);
            String place = digestOnly || tagOnly ? text.substring(text.indexOf(' ') + 1) : text;
            return new Mirror(Locations.checked(prefix, Locations.trim(place)), !digestOnly, !tagOnly);
        }

        boolean has(ImageReference image) {
            return image.digest() != null ? digests : tags;
        }
    }

    /** @param places as {@link MirrorSettings#mirrors} has them */
    Mirrors(Map<String, List<String>> places) {
        places.forEach((prefix, mirrors) -> {
            this.places.put(
                    Locations.trim(prefix),
                    mirrors.stream()
                            .filter(place -> !place.equals(MirrorSettings.BLOCKED))
                            .map(place -> Mirror.of(prefix, place))
                            .toList());
            if (mirrors.contains(MirrorSettings.BLOCKED)) {
                blocked.add(Locations.trim(prefix));
            }
        });
    }

    /** The image at the mirrors of its longest known prefix, in their order, without those that rest. */
    List<ImageReference> of(ImageReference image) {
        String name = Locations.trim(image.name());
        String prefix = prefix(name);
        if (prefix == null) {
            return List.of();
        }
        String rest = name.substring(prefix.startsWith("*") ? image.registry().length() : prefix.length());
        return places.get(prefix).stream()
                .filter(mirror -> mirror.has(image))
                .map(mirror -> Locations.moved(image, mirror.place(), rest))
                .filter(mirror -> !isResting(mirror.registry()))
                .toList();
    }

    /** Whether the source of an image is never asked. */
    boolean isBlocked(ImageReference image) {
        String prefix = prefix(Locations.trim(image.name()));
        return prefix != null && blocked.contains(prefix);
    }

    /** The longest known prefix of a name; else the longest {@code *.host} that fits; null for none. */
    private String prefix(String name) {
        for (int end = name.length(); end > 0; end = name.lastIndexOf('/', end - 1)) {
            if (places.containsKey(name.substring(0, end))) {
                return name.substring(0, end);
            }
        }
        String host = name.substring(0, name.indexOf('/'));
        for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
            if (places.containsKey("*" + host.substring(dot))) {
                return "*" + host.substring(dot);
            }
        }
        return null;
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
