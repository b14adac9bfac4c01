package io.jenkins.plugins.dtk.matrix;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.registry.Descriptor;
import io.jenkins.plugins.dtk.registry.ImageIndex;
import io.jenkins.plugins.dtk.registry.ImageReference;
import io.jenkins.plugins.dtk.registry.Manifest;
import io.jenkins.plugins.dtk.registry.Platform;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * A base image.
 *
 * @param name its name and tag
 * @param digest that of its index, or of the image where there is no index; empty when it was not looked up
 * @param digests those of its images, by architecture, as the index names them
 */
record BaseImage(String name, String digest, Map<Architecture, String> digests) {

    static BaseImage notLookedUp(ImageReference image) {
        return new BaseImage(image.toString(), "", Map.of());
    }

    static BaseImage of(ImageReference image, Manifest manifest) {
        Map<Architecture, String> digests = new EnumMap<>(Architecture.class);
        if (manifest instanceof ImageIndex index) {
            for (Architecture architecture : Architecture.values()) {
                Optional<Descriptor> entry = index.forPlatform(Platform.parse(architecture.platform()));
                entry.ifPresent(found -> digests.put(architecture, found.digest()));
            }
        }
        return new BaseImage(image.toString(), manifest.digest(), digests);
    }
}
