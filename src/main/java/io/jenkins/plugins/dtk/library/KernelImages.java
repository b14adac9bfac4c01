package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.kernel.Architecture;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The images that the library has for one kernel.
 *
 * @param index the digest of what its own tag names
 * @param images the digest of the image for each architecture, by its tag or else by the index
 * @param tagged the architectures that have a tag of their own
 */
public record KernelImages(Optional<String> index, Map<Architecture, String> images, Set<Architecture> tagged) {

    /** Puts the architectures into their fixed order and makes the collections unmodifiable. */
    public KernelImages {
        images = Collections.unmodifiableMap(new TreeMap<>(images));
        tagged = Collections.unmodifiableSet(new TreeSet<>(tagged));
    }
}
