package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.Digest;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What joining the architectures of a kernel came to.
 *
 * @param digest of the index as it now is; null when no image was there and so no index either
 * @param written whether the index had to be written
 * @param joined the architectures it names, with the digest of each image
 * @param missing the wanted architectures that it does not name, because no such image is there
 * @param rejected images that were there under the tag but are not what it claims, with the reason in one line
 * @param bases the digest of the base that the image under each architecture's tag says it was built on
 */
public record JoinResult(
        Digest digest,
        boolean written,
        Map<Architecture, Digest> joined,
        Set<Architecture> missing,
        Map<Architecture, String> rejected,
        Map<Architecture, String> bases) {

    /** Puts the architectures into their fixed order and makes the collections unmodifiable. */
    public JoinResult {
        joined = Collections.unmodifiableMap(new TreeMap<>(joined));
        missing = Collections.unmodifiableSet(new TreeSet<>(missing));
        rejected = Collections.unmodifiableMap(new TreeMap<>(rejected));
        bases = Collections.unmodifiableMap(new TreeMap<>(bases));
    }
}
