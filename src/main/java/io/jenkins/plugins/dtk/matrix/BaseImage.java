package io.jenkins.plugins.dtk.matrix;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.oci.Platform;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A base image.
 *
 * @param name its name and tag; empty when it is not known
 * @param digest that of its index, or of the image where there is no index; nothing when it was not looked up
 * @param digests those of its images, by architecture, as the index names them
 */
public record BaseImage(String name, Optional<Digest> digest, Map<Architecture, Digest> digests) {

    /** None is known. */
    public static final BaseImage NONE = new BaseImage("", Optional.empty(), Map.of());

    /** Puts the architectures into their fixed order and makes the map unmodifiable. */
    public BaseImage {
        digests = Collections.unmodifiableMap(new TreeMap<>(digests));
    }

    /** The same base image with the digests for some architectures alone. */
    BaseImage on(Collection<Architecture> architectures) {
        Map<Architecture, Digest> some = new TreeMap<>(digests);
        some.keySet().retainAll(architectures);
        return new BaseImage(name, digest, some);
    }

    /** The digest as a variable and a table have it; empty when the image was not looked up. */
    public String digestText() {
        return digest.map(Digest::toString).orElse("");
    }

    static BaseImage notLookedUp(ImageReference image) {
        return new BaseImage(image.toString(), Optional.empty(), Map.of());
    }

    static BaseImage of(ImageReference image, Manifest manifest) {
        Map<Architecture, Digest> digests = new EnumMap<>(Architecture.class);
        if (manifest instanceof ImageIndex index) {
            for (Architecture architecture : Architecture.values()) {
                Optional<Descriptor> entry = index.forPlatform(Platform.of(architecture));
                entry.ifPresent(found -> digests.put(architecture, found.digest()));
            }
        }
        return new BaseImage(image.toString(), Optional.of(manifest.digest()), digests);
    }
}
