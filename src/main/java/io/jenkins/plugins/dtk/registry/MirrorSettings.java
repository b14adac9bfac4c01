package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.text.Foreign;
import io.jenkins.plugins.dtk.text.Quote;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Mirrors as disconnected sites have them: a registries.conf of version 2 (containers/image
 * docs/containers-registries.conf.5.md), or OpenShift's ImageDigestMirrorSet, ImageTagMirrorSet and
 * ImageContentSourcePolicy in YAML (openshift/api config/v1, operator/v1alpha1).
 *
 * @param locations by prefix, where images really are
 * @param mirrors by prefix, where images are read first; a place may have {@code digest-only} or {@code tag-only} in
 *     front, and {@link #BLOCKED} in the list says that the source itself is never asked
 * @param unverified hosts whose certificate is not verified
 * @param notes what cannot be followed, one line each
 */
public record MirrorSettings(
        Map<String, String> locations, Map<String, List<String>> mirrors, Set<String> unverified, List<String> notes) {

    /** Stands in a list of mirrors for a source that is never asked. */
    static final String BLOCKED = "blocked";

    static final String DIGEST_ONLY = "digest-only ";
    static final String TAG_ONLY = "tag-only ";

    private static final int LONGEST = 4 << 20;
    private static final Pattern CONF =
            Pattern.compile("(?m)^\\s*\\[\\[?\\s*registr(y|ies)\\b|^\\s*unqualified-search-registries\\s*=");
    private static final Pattern OBJECTS = Pattern.compile("(?m)^\\s*\\{?\\s*\"?(apiVersion|kind|items)\"?\\s*:");

    private MirrorSettings() {
        this(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashSet<>(), new ArrayList<>());
    }

    /** Whether a text is of one of these forms, and not lines of {@code PREFIX=PLACE}. */
    public static boolean isOne(String text) {
        return CONF.matcher(text).find() || OBJECTS.matcher(text).find();
    }

    /**
     * Reads one.
     *
     * @param what names it in errors and notes
     * @throws IllegalArgumentException when it is none of these, or malformed; one line
     */
    public static MirrorSettings parse(String text, String what) {
        String plain = Foreign.withoutMark(text);
        if (plain.length() > LONGEST) {
            throw new IllegalArgumentException(what + " is larger than " + (LONGEST >> 20) + " MiB");
        }
        MirrorSettings found = new MirrorSettings();
        try {
            if (CONF.matcher(plain).find()) {
                RegistriesConf.addTo(plain, found);
            } else if (OBJECTS.matcher(plain).find()) {
                MirrorObjects.addTo(plain, found);
            } else {
                throw new IllegalArgumentException("is neither a registries.conf of version 2 nor an"
                        + " ImageDigestMirrorSet, ImageTagMirrorSet or ImageContentSourcePolicy in YAML");
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(what + " " + e.getMessage());
        }
        return found;
    }

    /** Adds a mirror for a prefix. */
    void mirror(String prefix, String mode, String place) {
        if (isUsable(prefix) && isUsable(place)) {
            mirrors.computeIfAbsent(Locations.trim(prefix), any -> new ArrayList<>())
                    .add(mode + place);
        }
    }

    /** Says that the source of a prefix is never asked. */
    void block(String prefix) {
        if (isUsable(prefix)) {
            mirrors.computeIfAbsent(Locations.trim(prefix), any -> new ArrayList<>())
                    .add(BLOCKED);
        }
    }

    void location(String prefix, String place) {
        if (!prefix.equals(place) && isUsable(prefix) && isUsable(place)) {
            locations.put(Locations.trim(prefix), place);
        }
    }

    void unverified(String place) {
        int slash = place.indexOf('/');
        unverified.add(slash < 0 ? place : place.substring(0, slash));
    }

    void note(String line) {
        if (!notes.contains(line)) {
            notes.add(line);
        }
    }

    private boolean isUsable(String place) {
        String trimmed = Locations.trim(place);
        String plain = trimmed.startsWith("*.") ? trimmed.substring(2) : trimmed;
        try {
            ImageReference image = ImageReference.parse(plain.contains("/") ? plain : plain + "/any");
            if (image.tag() == null && image.digest() == null) {
                return true;
            }
            note(Quote.of(place) + " names one image; only prefixes of names can be followed");
        } catch (IllegalArgumentException e) {
            note(Quote.of(place) + " is not HOST[:PORT][/PATH], which alone can be followed");
        }
        return false;
    }
}
