package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.Platform;
import java.util.Collection;
import java.util.List;

/** Reads platforms as users write them. */
public final class Platforms {

    private Platforms() {}

    /**
     * Reads {@code linux/arm64}, {@code linux/arm64/v8}, or an architecture's name such as {@code aarch64}.
     *
     * @throws IllegalArgumentException when one is neither; one line
     */
    public static List<Platform> parse(Collection<String> names) {
        return names.stream().map(Platforms::parse).toList();
    }

    private static Platform parse(String name) {
        return Platform.parse(
                name.contains("/") ? name : Architecture.parse(name).platform());
    }
}
