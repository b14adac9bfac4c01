package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.text.Quote;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Where names really lead: the {@code location} of a prefix in registries.conf. */
final class Locations {

    /** Docker Hub answers its API under another name than its images carry. */
    private static final Map<String, String> KNOWN = Map.of("docker.io", "registry-1.docker.io");

    private final Map<String, String> places;

    Locations(Map<String, String> places) {
        this.places = new HashMap<>(KNOWN);
        places.forEach((prefix, place) -> this.places.put(trim(prefix), checked(prefix, trim(place))));
    }

    static String checked(String prefix, String place) {
        try {
            ImageReference.parse(place.contains("/") ? place : place + "/any");
            return place;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "not a place for " + Quote.shorten(prefix) + ": " + Quote.of(place) + "; write host[:port][/path]");
        }
    }

    /** The image with its longest known prefix exchanged for the place of that prefix. */
    ImageReference apply(ImageReference image) {
        String name = trim(image.name());
        for (int end = name.length(); end > 0; end = name.lastIndexOf('/', end - 1)) {
            String place = places.get(name.substring(0, end));
            if (place != null) {
                return moved(image, place, name.substring(end));
            }
        }
        return image;
    }

    /** An image at a place, under what is left of its name. */
    static ImageReference moved(ImageReference image, String place, String rest) {
        String moved = place + rest;
        int slash = moved.indexOf('/');
        return new ImageReference(moved.substring(0, slash), moved.substring(slash + 1), image.tag(), image.digest());
    }

    /** A prefix or a name as they are compared: without a slash at the end, the host in lower case. */
    static String trim(String prefix) {
        String trimmed = prefix.strip();
        while (trimmed.endsWith("/")) {
            trimmed = trimmed.substring(0, trimmed.length() - 1);
        }
        int host = (trimmed + "/").indexOf('/');
        return trimmed.substring(0, host).toLowerCase(Locale.ROOT) + trimmed.substring(host);
    }
}
